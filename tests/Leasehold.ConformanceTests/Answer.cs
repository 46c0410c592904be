using System.Buffers.Binary;
using Leasehold.Engine;
using Leasehold.Engine.V4;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests;

/// <summary>What the server did with a packet, kept for assertions. It reads the octets by itself, not with the server's reader.</summary>
internal sealed class Answer
{
    public Answer(in Outcome4 outcome, ReadOnlySpan<byte> reply)
    {
        Drop = outcome.Drop;
        Sent = outcome.Sent;
        Nak = outcome.Nak;
        Destination = outcome.Destination;
        Change = outcome.Change.Kind;
        ChangedAddress = outcome.Change.Lease.Address;
        Expire = outcome.Change.Lease.Expire;
        Hostname = System.Text.Encoding.ASCII.GetString(outcome.Change.Lease.Hostname);
        FqdnForward = outcome.Change.Lease.FqdnForward;
        FqdnReverse = outcome.Change.Lease.FqdnReverse;
        Vacates = outcome.Change.Vacates;
        IsRenewal = outcome.IsRenewal;
        Probe = outcome.Probe;
        SubnetId = outcome.SubnetId;
        RelayInformationOmitted = outcome.RelayInformationOmitted;
        Octets = reply[..outcome.ReplyLength].ToArray();
        Options = Octets.Length == 0 ? [] : ReadAll(Octets);
    }

    public DropReason Drop { get; }
    public MessageType4 Sent { get; }
    public NakReason Nak { get; }
    public ReplyAddress Destination { get; }
    public LeaseChangeKind Change { get; }
    public Ipv4 ChangedAddress { get; }
    public Instant Expire { get; }
    public string Hostname { get; }
    public bool FqdnForward { get; }
    public bool FqdnReverse { get; }
    public Ipv4? Vacates { get; }
    public bool IsRenewal { get; }
    public ProbeOrder? Probe { get; }
    public uint SubnetId { get; }
    public bool RelayInformationOmitted { get; }

    /// <summary>Empty when there is no reply.</summary>
    public byte[] Octets { get; }

    /// <summary>In the order of the reply, END and PAD left out.</summary>
    public IReadOnlyList<(byte Code, byte[] Value)> Options { get; }

    public IEnumerable<byte> Codes => Options.Select(option => option.Code);
    public Ipv4 Ciaddr => Ipv4.Read(Octets.AsSpan(12));
    public Ipv4 Yiaddr => Ipv4.Read(Octets.AsSpan(16));
    public Ipv4 Siaddr => Ipv4.Read(Octets.AsSpan(20));
    public Ipv4 Giaddr => Ipv4.Read(Octets.AsSpan(24));
    public ushort Flags => BinaryPrimitives.ReadUInt16BigEndian(Octets.AsSpan(10));

    /// <summary>All instances joined; null when absent.</summary>
    public byte[]? Option(byte code) =>
        Options.Any(option => option.Code == code) ? [.. Options.Where(option => option.Code == code).SelectMany(option => option.Value)] : null;

    /// <summary>An option's octets as "C0 00 02 01"; null when it is absent.</summary>
    public string? Hex(byte code) => Option(code) is { } value ? BitConverter.ToString(value).Replace('-', ' ') : null;

    public string Sname => Text(Octets.AsSpan(44, 64));
    public string File => Text(Octets.AsSpan(108, 128));

    public uint? Seconds(byte code) => Option(code) is { Length: 4 } value ? BinaryPrimitives.ReadUInt32BigEndian(value) : null;

    /// <summary>RFC 2132 §9.3, RFC 3396 §5: with option 52 the field file goes on, then sname.</summary>
    private static List<(byte Code, byte[] Value)> ReadAll(ReadOnlySpan<byte> octets)
    {
        List<(byte Code, byte[] Value)> options = ReadOptions(octets[240..]);
        byte overload = options.Find(option => option.Code == 52).Value?[0] ?? 0;
        if ((overload & 1) != 0) options.AddRange(ReadOptions(octets[108..236]));
        if ((overload & 2) != 0) options.AddRange(ReadOptions(octets[44..108]));
        return options;
    }

    private static List<(byte Code, byte[] Value)> ReadOptions(ReadOnlySpan<byte> field)
    {
        List<(byte, byte[])> options = [];
        int at = 0;
        while (field[at] != 255)
        {
            int length = field[at + 1];
            options.Add((field[at], field.Slice(at + 2, length).ToArray()));
            at += 2 + length;
        }

        // RFC 2131 §4.1: nothing but PAD after END.
        Assert.Equal(-1, field[(at + 1)..].IndexOfAnyExcept((byte)0));
        return options;
    }

    private static string Text(ReadOnlySpan<byte> field) => System.Text.Encoding.ASCII.GetString(field).TrimEnd('\0');
}
