using Leasehold.Engine;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests;

/// <summary>A stranger's packet can do nothing but get an answer or be dropped with a reason.</summary>
public class StrangersPackets
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Damaged_packets_are_answered_soundly_or_dropped(int seed)
    {
        Network net = new(new()
        {
            Options = [Network.Option(6, "c0 00 02 35", alwaysSend: true), Network.Option(200, "01*255"), Network.Option(121, "07*300")],
            Subnets = [Network.Lan with { Reservations = [Network.Reserve("02:00:5e:10:00:03", "192.0.2.15") with { Hostname = "a" }] }],
        });
        Random random = new(seed);
        Client[] clients = [.. Enumerable.Range(0, 8).Select(i => net.NewClient($"02:00:5e:10:00:{i:x2}", i % 2 == 0 ? $"00 {i:x2}" : null))];
        MessageType4[] types = [MessageType4.Discover, MessageType4.Request, MessageType4.Request, MessageType4.Decline, MessageType4.Release, MessageType4.Inform];
        int answered = 0;
        for (int i = 0; i < 20_000; i++)
        {
            Client client = clients[random.Next(clients.Length)];
            client.Extra = random.Next(3) == 0 ? "52 06 01 04 61 62 63 64 39 02 02 40 0c 02 41 42" : "";
            byte[] options = random.Next(3) switch
            {
                0 => [],
                1 => Client.Option(50, 192, 0, 2, (byte)random.Next(8, 24)),
                _ => [.. Client.Option(50, 192, 0, 2, (byte)random.Next(8, 24)), .. Client.Option(54, 192, 0, 2, 1)],
            };
            Ipv4 ciaddr = random.Next(2) == 0 ? default : new(0xc0000200u + (uint)random.Next(8, 24));
            byte[] packet = Damage(client.Packet(types[random.Next(types.Length)], ciaddr, options), random);

            Answer answer = net.Deliver(packet, ciaddr, random.Next(2) == 0 ? Ipv4.Broadcast : Network.ServerAddress);
            bool silent = answer.Octets.Length == 0 && answer.Change == Leasehold.Leases.LeaseChangeKind.None;
            if (answer.Drop != DropReason.OtherServerChosen) Assert.NotEqual(answer.Drop == DropReason.None, silent);
            if (answer.Octets.Length > 0)
            {
                answered++;
                AssertSound(packet, answer);
            }

            if (random.Next(50) == 0) net.Pass(random.Next(4000));
        }

        Assert.InRange(answered, 2000, 19_000);
    }

    private static void AssertSound(byte[] request, Answer answer)
    {
        Assert.InRange(answer.Octets.Length, 300, 1472);
        Assert.Equal(2, answer.Octets[0]);
        Assert.Equal(request[1..3], answer.Octets[1..3]);
        Assert.Equal(request[4..8], answer.Octets[4..8]);
        Assert.Equal(request[28..(28 + request[2])], answer.Octets[28..(28 + request[2])]);
        Assert.Equal((byte)53, answer.Options[0].Code);
        Assert.Equal((byte)54, answer.Options[1].Code);
        Assert.False(answer.Destination.Address.IsAny);
        Assert.Equal(answer.Sent == MessageType4.Nak, answer.Nak != NakReason.None);
        Assert.True(Dhcp4Message.TryParse(answer.Octets, out Dhcp4Message message, out WireError _));
        Assert.Equal(answer.Sent, message.MessageType);
    }

    private static byte[] Damage(byte[] packet, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                return packet;
            case 1:
                return packet[..random.Next(packet.Length)];
            default:
                // Beyond the magic cookie more often than before it: that is where lengths are.
                for (int hits = random.Next(1, 4); hits > 0; hits--)
                {
                    int at = random.Next(4) == 0 ? random.Next(packet.Length) : random.Next(240, packet.Length);
                    packet[at] = random.Next(3) switch { 0 => 0, 1 => 255, _ => (byte)random.Next(256) };
                }

                return packet;
        }
    }
}
