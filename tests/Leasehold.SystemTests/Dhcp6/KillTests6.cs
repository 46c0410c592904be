using System.Buffers.Binary;
using Leasehold.Net;
using Leasehold.Protocol;
using Leasehold.SystemTests.Net;
using Xunit;
using static Leasehold.SystemTests.Dhcp6.ServedNetwork6;

namespace Leasehold.SystemTests.Dhcp6;

/// <summary>SIGKILL in the middle of a load: what a REPLY gave is in the lease file, and still its client's.</summary>
public class KillTests6
{
    private const int Kills = 3;
    private const int RepliesBetweenKills = 2000;

    [Fact]
    public async Task No_lease_that_was_given_is_lost_by_kills_under_load()
    {
        await using ServedNetwork6 network = await Create(
            """
            { "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "pools": [ { "pool": "2001:db8:1::/80" } ] } ] }
            """);
        await network.StartServer();
        Crowd crowd = network.Hosts.In("client", () => new Crowd(Sockets.IndexOf("eth0")));
        try
        {
            for (int kill = 1; kill <= Kills; kill++)
            {
                int enough = crowd.Given.Count + RepliesBetweenKills;
                while (crowd.Given.Count < enough) crowd.Turn();
                network.Server.Kill();
                crowd.Turn();
                await network.StartServer();
            }
        }
        finally
        {
            crowd.Dispose();
        }

        IReadOnlyDictionary<string, string[]> recorded = network.Leases();
        Assert.Equal(crowd.Given.Count, crowd.Given.Values.Distinct().Count());
        Assert.DoesNotContain(crowd.Given, given => !recorded.TryGetValue(given.Key.ToString(), out string[]? lease) || lease[1] != given.Value || lease[13] != "0");
    }

    /// <summary>Clients that each send one REQUEST, and what they were given.</summary>
    private sealed class Crowd : IDisposable
    {
        private const int Window = 200;

        private readonly Udp6Socket socket;
        private readonly EventLoop loop = new();
        private readonly DatagramBatch batch = new(capacity: Window);
        private uint last;

        public Crowd(int interfaceIndex)
        {
            socket = Udp6Socket.Open((Ipv6.Any, 546), (Ipv6.Parse("ff02::1:2"), 547), interfaceIndex);
            loop.Add(socket);
        }

        /// <summary>Who was given which address, by DUID as the lease file has it.</summary>
        public Dictionary<Ipv6, string> Given { get; } = [];

        /// <summary>Sends a window of requests of new clients, and takes what comes for a moment.</summary>
        public void Turn()
        {
            batch.Clear();
            for (int i = 0; i < Window; i++) batch.Queue(socket, Request(++last), new());
            batch.Flush();
            for (int waits = 0; waits < 3; waits++)
            {
                batch.Clear();
                foreach (PollSource ready in loop.Wait(TimeSpan.FromMilliseconds(100))) batch.Receive((DatagramSocket)ready);
                for (int i = 0; i < batch.Count; i++) Take(batch[i].Payload);
            }
        }

        public void Dispose()
        {
            loop.Remove(socket);
            loop.Dispose();
            socket.Dispose();
        }

        private static byte[] Request(uint client) =>
        [
            3, (byte)(client >> 16), (byte)(client >> 8), (byte)client,
            0, 1, 0, 10, .. DuidOf(client),
            0, 2, 0, 10, .. ServerId,
            0, 3, 0, 12, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0,
        ];

        private static byte[] DuidOf(uint client) => [0, 3, 0, 1, 2, 0, (byte)(client >> 24), (byte)(client >> 16), (byte)(client >> 8), (byte)client];

        // REPLY, client identifier, server identifier, then the IA_NA with its address: 4, 14, 14 octets, and 16 before the IAADDR.
        private void Take(ReadOnlySpan<byte> reply)
        {
            const int AddressOption = 4 + 14 + 14 + 16;
            if (reply.Length < AddressOption + 20 || reply[0] != 7 || BinaryPrimitives.ReadUInt16BigEndian(reply[AddressOption..]) != 5) return;
            Given.TryAdd(Ipv6.Read(reply[(AddressOption + 4)..]), HexText.Format(reply.Slice(8, 10), ':'));
        }
    }
}
