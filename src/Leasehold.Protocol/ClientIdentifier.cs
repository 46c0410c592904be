using System.Buffers.Binary;

namespace Leasehold.Protocol;

/* RFC 2132 §9.14                                RFC 4361 §6.1
    Code   Len   Type  Client-Identifier         Code   Len   Type  IAID                DUID
   +-----+-----+-----+-----+-----+---           +-----+-----+-----+----+----+----+----+-----+-----+---
   |  61 |  n  |  t1 |  i1 |  i2 | ...          |  61 |  n  | 255 | i1 | i2 | i3 | i4 |  d1 |  d2 | ...
   +-----+-----+-----+-----+-----+---           +-----+-----+-----+----+----+----+----+-----+-----+---   */

/// <summary>Option 61: a view over its octets.</summary>
/// <remarks>RFC 2132 §9.14: a server takes it as an opaque key. The parts are for people, and for finding a client by its DUID.</remarks>
public readonly ref struct ClientIdentifier
{
    /// <summary>RFC 2132 §9.14: at least two octets. Shorter ones are no identifiers.</summary>
    public const int MinLength = 2;

    /// <summary>RFC 4361 §6.1: IAID and DUID follow.</summary>
    public const byte NodeSpecific = 255;

    private readonly ReadOnlySpan<byte> octets;

    private ClientIdentifier(ReadOnlySpan<byte> octets) => this.octets = octets;

    /// <summary>The whole identifier with its type: the key.</summary>
    public ReadOnlySpan<byte> Octets => octets;

    /// <summary>An IANA hardware type, 0 for something else (a name, an UUID), or 255 for IAID and DUID.</summary>
    public byte Type => octets[0];

    /// <summary>The octets after the type.</summary>
    public ReadOnlySpan<byte> Value => octets[1..];

    /// <summary>Takes octets as an identifier. False for fewer than two; never throws.</summary>
    public static bool TryRead(ReadOnlySpan<byte> octets, out ClientIdentifier identifier)
    {
        bool fits = octets.Length >= MinLength;
        identifier = fits ? new(octets) : default;
        return fits;
    }

    /// <summary>The parts of an identifier of type 255.</summary>
    /// <returns>False for another type, and when no DUID fits after the IAID.</returns>
    public bool TryGetDuid(out uint iaid, out Duid duid)
    {
        iaid = 0;
        duid = default;
        if (Type != NodeSpecific || octets.Length < 5) return false;
        iaid = BinaryPrimitives.ReadUInt32BigEndian(octets[1..]);
        return Duid.TryRead(octets[5..], out duid);
    }

    /// <summary>The hardware address that the type announces.</summary>
    /// <returns>False for types 0 and 255, for more than 16 octets, and for an Ethernet address without 6 octets.</returns>
    public bool TryGetHardwareAddress(out HardwareAddress address)
    {
        address = default;
        if (Type is 0 or NodeSpecific || Value.Length > HardwareAddress.MaxLength) return false;
        if (Type == HardwareAddress.Ethernet && Value.Length != 6) return false;
        address = new(Type, Value);
        return true;
    }

    /// <summary>Lower-case hexadecimal with colons, type included, as lease files and logs show it.</summary>
    public override string ToString() => HexText.Format(octets, ':');
}
