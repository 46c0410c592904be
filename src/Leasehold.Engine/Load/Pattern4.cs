using System.Buffers.Binary;
using Leasehold.Protocol.V4;

namespace Leasehold.Engine.Load;

/// <summary>A DHCPv4 message to copy, and where its varying fields are.</summary>
internal sealed class Pattern4
{
    private const int DefaultXidAt = 4;
    private const int DefaultSecsAt = 8;
    private const int ChaddrEnd = 33;
    private const int OptionHead = 2;
    private const int ClientIdentifierLength = 7;

    private readonly int? serverAt;
    private readonly int? addressAt;

    private Pattern4(byte[] octets, TemplateFields? fields)
    {
        Octets = octets;
        HasOurGiaddr = fields is null;
        XidAt = fields?.XidAt ?? DefaultXidAt;
        SecsAt = fields is null ? DefaultSecsAt : fields.ElapsedAt switch { null => DefaultSecsAt, 0 => null, { } at => at };
        serverAt = fields?.ServerAt + OptionHead ?? Find(octets, OptionCode4.ServerIdentifier, 4);
        addressAt = fields?.AddressAt + OptionHead ?? Find(octets, OptionCode4.RequestedAddress, 4);
        if (fields?.ServerAt is { } server) WriteHead(octets, server, OptionCode4.ServerIdentifier);
        if (fields?.AddressAt is { } address) WriteHead(octets, address, OptionCode4.RequestedAddress);
        ClientEnds = fields?.ClientEnd is { } end ? [end] : DefaultClientEnds(octets);
    }

    public ReadOnlyMemory<byte> Octets { get; }
    public int XidAt { get; }

    /// <summary>Null when secs stays as it is.</summary>
    public int? SecsAt { get; }

    /// <summary>False for a template, whose giaddr is its own.</summary>
    public bool HasOurGiaddr { get; }

    /// <summary>The last octet of each place that tells clients apart.</summary>
    public int[] ClientEnds { get; }

    public static Pattern4 OfOwn(byte[] octets) => new(octets, fields: null);

    public static Pattern4 Of(TemplateFields fields) => new([.. fields.Octets], fields);

    public void PutServer(Span<byte> octets, ReadOnlySpan<byte> server)
    {
        if (serverAt is { } at && server.Length == 4) server.CopyTo(octets[at..]);
    }

    public void PutAddress(Span<byte> octets, uint address)
    {
        if (addressAt is { } at) BinaryPrimitives.WriteUInt32BigEndian(octets[at..], address);
    }

    /// <summary>chaddr, and a client identifier that is made of it.</summary>
    private static int[] DefaultClientEnds(byte[] octets)
    {
        int? identifier = Find(octets, OptionCode4.ClientIdentifier, ClientIdentifierLength);
        bool isChaddr = identifier is { } at && octets.AsSpan(at + 1, 6).SequenceEqual(octets.AsSpan(28, 6));
        return identifier is { } start && isChaddr ? [ChaddrEnd, start + ClientIdentifierLength - 1] : [ChaddrEnd];
    }

    /// <summary>Where an option's value begins; null when there is none of that length.</summary>
    private static int? Find(byte[] octets, byte wanted, int length)
    {
        OptionReader4 options = OptionReader4.OfMessage(octets, OptionOverload.None);
        while (options.TryRead(out byte code, out ReadOnlySpan<byte> value))
        {
            if (code == wanted && value.Length == length) return options.Offset + OptionHead;
        }

        return null;
    }

    private static void WriteHead(byte[] octets, int at, byte code)
    {
        octets[at] = code;
        octets[at + 1] = 4;
    }
}
