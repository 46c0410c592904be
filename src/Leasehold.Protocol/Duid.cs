using System.Buffers.Binary;

namespace Leasehold.Protocol;

/* RFC 8415 §11.2 to §11.5
    type 1  DUID-LLT   | 1 (2) | hardware type (2) | time (4) | link-layer address |
    type 2  DUID-EN    | 2 (2) | enterprise number (4) | identifier |
    type 3  DUID-LL    | 3 (2) | hardware type (2) | link-layer address |
    type 4  DUID-UUID  | 4 (2) | UUID (16) |   */

/// <summary>A DHCP unique identifier: a view over its octets.</summary>
/// <remarks>RFC 8415 §11: two DUIDs are compared octet by octet, whatever their type. The parts are for people and for policies.</remarks>
public readonly ref struct Duid
{
    /// <summary>RFC 8415 §11.1: 128 octets, not counting the type.</summary>
    public const int MaxLength = 130;

    /// <summary>DUID-LLT: its time counts from 2000-01-01, RFC 8415 §11.2.</summary>
    public const long TimeEpoch = 946_684_800;

    private readonly ReadOnlySpan<byte> octets;

    private Duid(ReadOnlySpan<byte> octets) => this.octets = octets;

    /// <summary>The whole DUID with its type.</summary>
    public ReadOnlySpan<byte> Octets => octets;

    /// <summary>The type; values outside the enumeration exist, and are as good to compare.</summary>
    public DuidType Type => (DuidType)BinaryPrimitives.ReadUInt16BigEndian(octets);

    /// <summary>The IANA hardware type of types 1 and 3; null for others and for one too short.</summary>
    public ushort? HardwareType =>
        Type is DuidType.LinkLayerTime or DuidType.LinkLayer && octets.Length >= 4 ? BinaryPrimitives.ReadUInt16BigEndian(octets[2..]) : null;

    /// <summary>When a DUID of type 1 was made; null for others and for one too short.</summary>
    public Instant? Time =>
        Type == DuidType.LinkLayerTime && octets.Length >= 8 ? new(TimeEpoch + BinaryPrimitives.ReadUInt32BigEndian(octets[4..])) : null;

    /// <summary>The link-layer address of types 1 and 3; empty for others.</summary>
    public ReadOnlySpan<byte> LinkLayerAddress => Type switch
    {
        DuidType.LinkLayerTime when octets.Length > 8 => octets[8..],
        DuidType.LinkLayer when octets.Length > 4 => octets[4..],
        _ => default,
    };

    /// <summary>The IANA enterprise number of type 2; null for others and for one too short.</summary>
    public uint? EnterpriseNumber =>
        Type == DuidType.Enterprise && octets.Length >= 6 ? BinaryPrimitives.ReadUInt32BigEndian(octets[2..]) : null;

    /// <summary>Takes octets as a DUID.</summary>
    /// <returns>False below 3 octets (a type and an identifier) and above <see cref="MaxLength"/>. Never throws.</returns>
    public static bool TryRead(ReadOnlySpan<byte> octets, out Duid duid)
    {
        bool fits = octets.Length is >= 3 and <= MaxLength;
        duid = fits ? new(octets) : default;
        return fits;
    }

    /// <summary>Reads hexadecimal with colons, hyphens or nothing between octets.</summary>
    /// <param name="scratch">At least <see cref="MaxLength"/> octets, where the DUID goes.</param>
    public static bool TryParse(ReadOnlySpan<char> text, Span<byte> scratch, out Duid duid)
    {
        duid = default;
        return HexText.TryParse(text, scratch, out int length) && TryRead(scratch[..length], out duid);
    }

    /// <summary>Lower-case hexadecimal with colons, as lease files and logs show it.</summary>
    public override string ToString() => HexText.Format(octets, ':');
}

/// <summary>Types of DUIDs (IANA "DUIDs").</summary>
public enum DuidType : ushort
{
    /// <summary>Link-layer address and time, RFC 8415 §11.2.</summary>
    LinkLayerTime = 1,

    /// <summary>Assigned by a vendor, RFC 8415 §11.3.</summary>
    Enterprise = 2,

    /// <summary>Link-layer address, RFC 8415 §11.4.</summary>
    LinkLayer = 3,

    /// <summary>UUID, RFC 8415 §11.5.</summary>
    Uuid = 4,
}
