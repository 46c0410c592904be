using System.Text.Json;
using Leasehold.Configuration.Model;
using Leasehold.Engine.V6;
using Leasehold.Leases;
using Leasehold.Log;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;
using Leasehold.Serve;
using Leasehold.UnitTests.Configuration;
using Leasehold.UnitTests.Log;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Leasehold.UnitTests.Serve;

/// <summary>bench/allocations.json is the budget: what a DHCPv6 exchange for an address and a prefix allocates on the packet thread.</summary>
public sealed class AllocationTests6 : IDisposable
{
    private const int Exchanges = 100;

    private static readonly byte[] ServerId = [0, 3, 0, 1, 2, 0, 0, 0, 0, 1];
    private static readonly ServedInterface6 Link = new(2, "eth0", Ipv6.Parse("fe80::1"), []);

    private readonly TemporaryFolder folder = new();
    private readonly LogTree log;
    private readonly PacketLog6 packetLog;
    private readonly LeaseStore6 store;
    private readonly Server6 server;
    private readonly List<LeaseEvent6> events = [];
    private readonly byte[] reply = new byte[Server6.MaxReply];
    private long now = 1_700_000_000;

    public AllocationTests6()
    {
        log = new(folder.At("log"), verbose: false, TimeProvider.System, "dhcp6");
        packetLog = new(log);
        store = LeaseStore6.TryOpen(folder.At("leases.csv"), new(), NullLogger.Instance, progress: null) ?? throw new InvalidOperationException("the lease file was not opened");
        Subnet6 subnet = new()
        {
            Id = 1,
            Prefix = new(Ipv6.Parse("2001:db8:1::"), 64),
            Interface = "eth0",
            Pools = [new() { Range = new(Ipv6.Parse("2001:db8:1::10"), Ipv6.Parse("2001:db8:1::ffff")) }],
            PdPools = [new() { Prefix = new(Ipv6.Parse("2001:db8:8000::"), 40), DelegatedLength = 56 }],
            Reservations = [new() { IdentifierType = ReservationIdentifierType.Duid, Identifier = [0, 3, 0, 1, 9], Addresses = [Ipv6.Parse("2001:db8:1::99")] }],
            Options = [new() { Space = "dhcp6", Code = OptionCode6.DnsServers, Data = [.. new byte[16]] }],
        };
        server = new(new() { Subnets = [subnet] }, ServerId, store.Table, Server6Ports.Standard, new Random(1));
    }

    public void Dispose()
    {
        store.Dispose();
        log.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("sarr")]
    [InlineData("renew6")]
    public void An_exchange_allocates_what_its_budget_allows(string exchange)
    {
        using var budget = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "bench/allocations.json")));
        byte[][] packets = exchange == "sarr" ? [Packet(MessageType6.Solicit), Packet(MessageType6.Request)] : [Packet(MessageType6.Renew)];
        foreach (byte[] packet in packets) Handle(packet);

        // The runtime itself may allocate while it makes faster code; the least of some rounds is what the exchange needs.
        long least = long.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Exchanges; i++)
            {
                foreach (byte[] packet in packets) Handle(packet);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(2, store.Table.Count);
        Assert.InRange(least / (double)Exchanges, 0, budget.RootElement.GetProperty(exchange).GetInt64());
        Assert.True(SpinWait.SpinUntil(() => folder.Read("log").Contains("DHCP6_PD_LEASE_ALLOC", StringComparison.Ordinal), TimeSpan.FromSeconds(60)));
    }

    /// <summary>What a batch of one packet goes through, the sockets apart.</summary>
    private void Handle(byte[] packet)
    {
        Instant moment = new(now++);
        Datagram6 datagram = new() { Payload = packet, Source = Ipv6.Parse("fe80::2"), SourcePort = 546, Destination = Ipv6.Parse("ff02::1:2"), Interface = Link };
        Outcome6 outcome = server.Handle(datagram, moment, reply);
        if (outcome.Drop != DropReason6.None) throw new InvalidOperationException($"dropped: {outcome.Drop}");
        events.Clear();
        var record = PacketRecord6.Of(outcome, 0);
        for (int i = 0; i < outcome.Changes.Count; i++)
        {
            LeaseChange6 change = outcome.Changes[i];
            events.Add(LeaseEvent6.Of(change));
            if (change.IsDurable) store.Append(change, moment);
            store.Table.Apply(change, moment);
        }

        if (!store.TryCommit(moment)) throw new InvalidOperationException("the leases were not stored");
        store.Table.Accept();
        packetLog.Write(datagram, record, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(events));
    }

    private static byte[] Packet(MessageType6 type) =>
    [
        (byte)type, 1, 2, 3,
        0, 1, 0, 10, 0, 3, 0, 1, 2, 0, 0x5e, 0x10, 0, 1,
        .. type == MessageType6.Solicit ? (byte[])[] : [0, 2, 0, 10, .. ServerId],
        0, 3, 0, 12, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 25, 0, 12, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 6, 0, 4, 0, 23, 0, 24,
        0, 39, 0, 3, 0, 1, (byte)'a',
    ];
}
