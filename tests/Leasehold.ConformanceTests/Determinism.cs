using Leasehold.Configuration.Model;
using Leasehold.Engine.V4;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.ConformanceTests;

/// <summary>Same configuration, leases, packets, times and seed: same octets. And none of them costs memory.</summary>
public class Determinism
{
    [Theory]
    [InlineData(1)]
    [InlineData(20260101)]
    public void Same_scenario_twice_gives_the_same_octets(int seed)
    {
        IReadOnlyList<byte[]> first = Scenario(seed);
        IReadOnlyList<byte[]> second = Scenario(seed);

        Assert.Equal(2000, first.Count);
        Assert.Equal(first, second);
        Assert.True(first.Count(octets => octets.Length > 0) > 1000);
    }

    /// <summary>40 clients for 30 addresses do whatever comes to their minds.</summary>
    private static IReadOnlyList<byte[]> Scenario(int seed)
    {
        Network net = new(new()
        {
            DeclineProbationPeriod = new(500),
            Options = [Network.Option(6, "c0 00 02 35")],
            Subnets =
            [
                Network.Subnet("192.0.2.0/24", id: 1, "192.0.2.10-192.0.2.39") with
                {
                    Parameters = new() { ValidLifetime = new(600), CalculateTeeTimes = true },
                    Reservations = [Network.Reserve("02:00:5e:10:00:05", "192.0.2.20"), Network.Reserve("02:00:5e:10:00:06", "192.0.2.200")],
                },
            ],
        });
        Random random = new(seed);
        Client[] clients = [.. Enumerable.Range(0, 40).Select(i => net.NewClient($"02:00:5e:10:00:{i:x2}", i % 3 == 0 ? $"00 {i:x2}" : null))];
        Dictionary<Ipv4, (Client Client, Instant Until)> bound = [];
        while (net.Transcript.Count < 2000)
        {
            Client client = clients[random.Next(clients.Length)];
            string any = $"192.0.2.{random.Next(8, 42)}";
            Answer answer = random.Next(8) switch
            {
                0 or 1 => client.Discover(random.Next(2) == 0 ? any : null),
                2 or 3 => client.Select(any),
                4 => client.Renew(any),
                5 => client.Rebind(any),
                6 => client.InitReboot(any),
                _ => random.Next(4) == 0 ? client.Decline(any) : client.Release(any),
            };
            if (answer.Change == LeaseChangeKind.Commit)
            {
                // No address has two holders.
                if (bound.TryGetValue(answer.ChangedAddress, out (Client Client, Instant Until) holder) && holder.Until > net.Now)
                {
                    Assert.Same(holder.Client, client);
                }

                bound[answer.ChangedAddress] = (client, answer.Expire);
                if (answer.Vacates is { } former) bound.Remove(former);
            }
            else if (answer.Change is LeaseChangeKind.Release or LeaseChangeKind.Decline)
            {
                bound.Remove(answer.ChangedAddress);
            }

            net.Pass(random.Next(20), advance: random.Next(3) != 0);
        }

        return net.Transcript;
    }

    [Fact]
    public void Exchange_allocates_nothing_once_warm()
    {
        LeaseTable4 leases = new();
        Dhcp4Config config = new()
        {
            Options = [Network.Option(6, "c0 00 02 35"), Network.Option(1, "01", space: "vendor-encapsulated-options-space")],
            Subnets =
            [
                Network.Lan with
                {
                    Options = [Network.Option(3, "c0 00 02 01")],
                    Reservations = [Network.Reserve("02:00:5e:10:00:01", "192.0.2.200") with { Hostname = "a", Options = [Network.Option(15, "61")] }],
                },
            ],
        };
        Server4 server = new(config, leases, Server4Ports.Standard, new Random(1));
        Network net = new(config);
        Leasehold.Engine.ServedInterface link = net.Interface;
        List<byte[]> packets = [];
        foreach (string mac in (string[])["02:00:5e:10:00:01", "02:00:5e:10:00:02"])
        {
            Client client = net.NewClient(mac, clientId: $"01 {mac}");
            client.RequestList = [1, 3, 6, 12, 15, 43, 121];
            client.Extra = "0c 03 61 42 63 52 03 01 01 61";
            Ipv4 address = Ipv4.Parse(mac.EndsWith('1') ? "192.0.2.200" : "192.0.2.10");
            packets.Add(client.Packet(Protocol.V4.MessageType4.Discover, default, []));
            packets.Add(client.Packet(Protocol.V4.MessageType4.Request, default, [.. Client.Option(50, Client.Octets(address)), .. Client.Option(54, 192, 0, 2, 1)]));
            packets.Add(client.Packet(Protocol.V4.MessageType4.Request, address, []));
            packets.Add(client.Packet(Protocol.V4.MessageType4.Request, default, Client.Option(50, 10, 0, 0, 1)));
            packets.Add(client.Packet(Protocol.V4.MessageType4.Inform, address, []));
            packets.Add(client.Packet(Protocol.V4.MessageType4.Release, address, Client.Option(54, 192, 0, 2, 1)));
        }

        byte[] reply = new byte[Server4.MaxReply];
        for (int i = 0; i < 200; i++) Round(new Instant(1_700_000_000 + i));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 200; i < 300; i++) Round(new Instant(1_700_000_000 + i));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Round(Instant now)
        {
            foreach (byte[] packet in packets)
            {
                Leasehold.Engine.Datagram datagram = new() { Payload = packet, Destination = Ipv4.Broadcast, SourcePort = 68, Interface = link };
                Leasehold.Engine.Outcome4 outcome = server.Handle(datagram, now, reply);
                leases.Apply(outcome.Change, now);
                leases.Accept();
            }
        }
    }
}
