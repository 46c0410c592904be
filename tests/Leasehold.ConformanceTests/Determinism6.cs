using System.Security.Cryptography;
using Leasehold.Leases;
using Leasehold.Protocol.V6;
using static Leasehold.ConformanceTests.Client6;

namespace Leasehold.ConformanceTests;

/// <summary>Whatever strangers send: no exception, nothing leased twice; and the same packets at the same times give the same octets.</summary>
public class Determinism6
{
    private static readonly MessageType6[] Types =
        [MessageType6.Solicit, MessageType6.Request, MessageType6.Renew, MessageType6.Rebind, MessageType6.Release, MessageType6.Decline, MessageType6.Confirm];

    [Theory]
    [InlineData(1, "iterative")]
    [InlineData(2, "random")]
    [InlineData(3, "flq")]
    public void The_same_packets_give_the_same_octets(int seed, string allocator) => Assert.Equal(Run(seed, allocator), Run(seed, allocator));

    [Fact]
    public void Message_that_is_cut_or_changed_anywhere_does_not_throw()
    {
        Network6 net = Network6.WithLan();
        Client6 client = net.NewClient();
        client.Relays.Add(new("2001:db8:1::2") { Options = "00 12 00 04 70 6f 72 74 00 2b 00 02 00 25" });
        byte[] whole = new Relay6("2001:db8:1::2") { Options = "00 12 00 04 70 6f 72 74 00 2b 00 02 00 25" }.Forward(
            client.Packet(MessageType6.Request, ServerIdOption(), IaNa(1, "2001:db8:1::10"), IaPd(1, "::/56"), OptionRequest(23, 67), Option(39, 0, 1, 65)), 0, client.LinkLocal);
        for (int length = 0; length <= whole.Length; length++) net.Deliver(whole[..length], client.LinkLocal);
        for (int at = 0; at < whole.Length; at++)
        {
            foreach (byte value in (byte[])[0, 1, 127, 255])
            {
                byte[] changed = [.. whole];
                changed[at] = value;
                net.Deliver(changed, client.LinkLocal);
            }
        }
    }

    private static string Run(int seed, string allocator)
    {
        Network6 net = Network6.With($$"""
            { "allocator": "{{allocator}}", "pd-allocator": "{{allocator}}", "valid-lifetime": 300, "decline-probation-period": 100,
              "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::17" } ],
                             "pd-pools": [ { "prefix": "2001:db8:8000::", "prefix-len": 61, "delegated-len": 64 } ] } ] }
            """);
        Random random = new(seed);
        Client6[] clients = [.. Enumerable.Range(1, 12).Select(number => net.NewClient(number))];
        for (int i = 0; i < 3000; i++)
        {
            Client6 client = clients[random.Next(clients.Length)];
            MessageType6 type = Types[random.Next(Types.Length)];
            string address = $"2001:db8:1::{0x10 + random.Next(10):x}";
            string prefix = $"2001:db8:8000:{random.Next(10):x}::/64";
            byte[][] options =
            [
                .. type is MessageType6.Request or MessageType6.Renew or MessageType6.Release or MessageType6.Decline ? (byte[][])[ServerIdOption()] : [],
                IaNa((uint)random.Next(2), random.Next(2) == 0 ? [] : [address]),
                IaPd((uint)random.Next(2), random.Next(2) == 0 ? [] : [prefix]),
            ];
            Answer6 answer = client.Multicast(type, options);

            // Nothing is told to be this client's that another one has.
            foreach (string given in answer.Sent == MessageType6.Reply ? answer.Addresses(0).Concat(answer.Addresses(1)) : [])
            {
                Assert.True(net.Leases.TryGet(LeaseType6.NonTemporary, Leasehold.Protocol.Ipv6.Parse(given), out Lease6 lease));
                Assert.Equal((LeaseState.Assigned, true), (lease.State, lease.Duid.SequenceEqual(client.Duid)));
            }

            if (random.Next(10) == 0) net.Pass(random.Next(60));
        }

        return Convert.ToHexString(SHA256.HashData([.. net.Transcript.SelectMany(static octets => octets)]));
    }
}
