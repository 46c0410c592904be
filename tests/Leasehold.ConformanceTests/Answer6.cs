using System.Buffers.Binary;
using Leasehold.Engine.V6;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.ConformanceTests;

/// <summary>What the DHCPv6 server did with a packet, kept for assertions. It reads the octets by itself, not with the server's reader.</summary>
internal sealed class Answer6
{
    public Answer6(in Outcome6 outcome, ReadOnlySpan<byte> reply)
    {
        Drop = outcome.Drop;
        Error = outcome.Error;
        Sent = outcome.Sent;
        Destination = outcome.Destination;
        SubnetId = outcome.SubnetId;
        Octets = reply[..outcome.ReplyLength].ToArray();
        for (int i = 0; i < outcome.Changes.Count; i++)
        {
            LeaseChange6 change = outcome.Changes[i];
            Changes.Add(new(change.Kind, change.Lease.Prefix.ToString(), change.Lease.Iaid, change.Lease.ValidLifetime.Seconds, change.IsDurable)
            {
                Hostname = System.Text.Encoding.ASCII.GetString(change.Lease.Hostname),
                Hardware = $"{Convert.ToHexStringLower(change.Lease.HardwareAddress)} {change.Lease.HardwareSource}",
                SubnetId = change.Lease.SubnetId,
            });
        }

        ReadOnlySpan<byte> message = Octets;
        while (message.Length > 0 && message[0] == 13)
        {
            List<(ushort Code, byte[] Value)> around = ReadOptions(message[34..]);
            RelayOptions.Add(around);
            Hops.Add(message[1]);
            message = around.Single(static o => o.Code == 9).Value;
        }

        Message = message.ToArray();
        Options = message.IsEmpty ? [] : ReadOptions(message[4..]);
    }

    public DropReason6 Drop { get; }
    public WireError Error { get; }
    public MessageType6 Sent { get; }
    public ReplyAddress6 Destination { get; }
    public uint SubnetId { get; }
    public List<Change6> Changes { get; } = [];

    /// <summary>Empty when there is no reply.</summary>
    public byte[] Octets { get; }

    /// <summary>What the client gets when all relays have taken off theirs.</summary>
    public byte[] Message { get; }

    /// <summary>Of each Relay-reply, the one nearest to the server first.</summary>
    public List<List<(ushort Code, byte[] Value)>> RelayOptions { get; } = [];

    /// <summary>hop-count of each, likewise.</summary>
    public List<byte> Hops { get; } = [];

    /// <summary>In the order of the message.</summary>
    public List<(ushort Code, byte[] Value)> Options { get; }

    public IEnumerable<ushort> Codes => Options.Select(static option => option.Code);

    /// <summary>The first instance; null when absent.</summary>
    public byte[]? Option(ushort code) => Options.Where(option => option.Code == code).Select(static option => option.Value).FirstOrDefault();

    /// <summary>Of the message; null when there is none.</summary>
    public StatusCode6? Status => StatusOf(Options);

    /// <summary>Of an association; null when there is none in it.</summary>
    public StatusCode6? StatusOf(ushort code, uint iaid) => StatusOf(InsideOf(code, iaid));

    public StatusCode6? StatusOfNa(uint iaid) => StatusOf(3, iaid);

    public StatusCode6? StatusOfPd(uint iaid) => StatusOf(25, iaid);

    /// <summary>T1 and T2 of an association.</summary>
    public (uint T1, uint T2) Timers(ushort code, uint iaid)
    {
        byte[] value = ValueOf(code, iaid) ?? throw new InvalidOperationException("there is no such association");
        return (BinaryPrimitives.ReadUInt32BigEndian(value.AsSpan(4)), BinaryPrimitives.ReadUInt32BigEndian(value.AsSpan(8)));
    }

    public bool HasAssociation(ushort code, uint iaid) => ValueOf(code, iaid) is not null;

    /// <summary>What an IA_NA has, lifetimes above zero.</summary>
    public IEnumerable<string> Addresses(uint iaid = 1) => Leases(3, iaid).Where(static l => l.Valid > 0).Select(static l => l.Lease);

    /// <summary>What an IA_PD has, lifetimes above zero.</summary>
    public IEnumerable<string> Prefixes(uint iaid = 1) => Leases(25, iaid).Where(static l => l.Valid > 0).Select(static l => l.Lease);

    /// <summary>What an association must not use any more.</summary>
    public IEnumerable<string> Lost(ushort code = 3, uint iaid = 1) => Leases(code, iaid).Where(static l => l.Valid == 0).Select(static l => l.Lease);

    /// <summary>All of an association with its lifetimes.</summary>
    public IEnumerable<(string Lease, uint Preferred, uint Valid, byte[] Options)> Leases(ushort code, uint iaid)
    {
        foreach ((ushort inner, byte[] value) in InsideOf(code, iaid))
        {
            if (inner == 5)
            {
                yield return (Ipv6.Read(value).ToString(), BinaryPrimitives.ReadUInt32BigEndian(value.AsSpan(16)), BinaryPrimitives.ReadUInt32BigEndian(value.AsSpan(20)), value[24..]);
            }
            else if (inner == 26)
            {
                yield return ($"{Ipv6.Read(value.AsSpan(9))}/{value[8]}", BinaryPrimitives.ReadUInt32BigEndian(value), BinaryPrimitives.ReadUInt32BigEndian(value.AsSpan(4)), value[25..]);
            }
        }
    }

    public static List<(ushort Code, byte[] Value)> ReadOptions(ReadOnlySpan<byte> field)
    {
        List<(ushort, byte[])> options = [];
        while (!field.IsEmpty)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(field[2..]);
            options.Add((BinaryPrimitives.ReadUInt16BigEndian(field), field.Slice(4, length).ToArray()));
            field = field[(4 + length)..];
        }

        return options;
    }

    private static StatusCode6? StatusOf(IEnumerable<(ushort Code, byte[] Value)> options) =>
        options.Where(static o => o.Code == 13).Select(static o => (StatusCode6?)BinaryPrimitives.ReadUInt16BigEndian(o.Value)).FirstOrDefault();

    private byte[]? ValueOf(ushort code, uint iaid) => Options
        .Where(option => option.Code == code && BinaryPrimitives.ReadUInt32BigEndian(option.Value) == iaid)
        .Select(static option => option.Value).FirstOrDefault();

    private List<(ushort Code, byte[] Value)> InsideOf(ushort code, uint iaid) => ValueOf(code, iaid) is { } value ? ReadOptions(value.AsSpan(12)) : [];
}

/// <summary>What became of a lease.</summary>
internal sealed record Change6(LeaseChangeKind Kind, string Lease, uint Iaid, uint Valid, bool IsDurable)
{
    public string Hostname { get; init; } = "";

    /// <summary>Octets and source.</summary>
    public string Hardware { get; init; } = "";

    public uint SubnetId { get; init; }

    public override string ToString() => $"{Kind} {Lease}";
}
