using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Leasehold.Protocol;

/// <summary>A client's hardware type and address: htype, hlen and the used octets of chaddr (RFC 2131 §2).</summary>
/// <remarks>0 to 16 octets, held in place. Two addresses are equal when type, length and octets are.</remarks>
public readonly struct HardwareAddress : IEquatable<HardwareAddress>
{
    /// <summary>chaddr is a field of 16 octets, RFC 2131 §2.</summary>
    public const int MaxLength = 16;

    /// <summary>Hardware type 1, Ethernet (IANA "Hardware Types").</summary>
    public const byte Ethernet = 1;

    private readonly Octets16 octets;

    /// <summary>A hardware address.</summary>
    /// <param name="type">The IANA hardware type; 1 is Ethernet.</param>
    /// <param name="address">0 to 16 octets; a longer one is a bug of the caller, who checks what came from the wire.</param>
    public HardwareAddress(byte type, ReadOnlySpan<byte> address)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address.Length, MaxLength, nameof(address));
        Type = type;
        Length = (byte)address.Length;
        address.CopyTo(octets);
    }

    /// <summary>The IANA hardware type.</summary>
    public byte Type { get; }

    /// <summary>0 to 16 octets.</summary>
    public byte Length { get; }

    /// <summary>True when there is no address, as for some links that identify clients by option 61 alone (RFC 4390).</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The used octets. Valid as long as the variable it is called on.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Octets => ((ReadOnlySpan<byte>)octets)[..Length];

    /// <summary>Reads octets in hexadecimal with colons or hyphens between them, or with nothing: 02:00:5e:10:00:01.</summary>
    /// <returns>False for anything else, including an empty text; never throws.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, byte type, out HardwareAddress address)
    {
        address = default;
        Span<byte> buffer = stackalloc byte[MaxLength];
        if (!HexText.TryParse(text, buffer, out int length) || length == 0) return false;
        address = new(type, buffer[..length]);
        return true;
    }

    /// <summary>An Ethernet address from its text form.</summary>
    /// <exception cref="FormatException">Not a hardware address; for text of a person use TryParse.</exception>
    public static HardwareAddress Parse(string text) =>
        TryParse(text, Ethernet, out HardwareAddress address) ? address : throw new FormatException($"'{text}' is not a hardware address");

    public bool Equals(HardwareAddress other) => Type == other.Type && Octets.SequenceEqual(other.Octets);
    public override bool Equals(object? obj) => obj is HardwareAddress other && Equals(other);
    public static bool operator ==(HardwareAddress left, HardwareAddress right) => left.Equals(right);
    public static bool operator !=(HardwareAddress left, HardwareAddress right) => !left.Equals(right);

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Type);
        hash.AddBytes(Octets);
        return hash.ToHashCode();
    }

    /// <summary>Octets in lower-case hexadecimal with colons; empty for an empty address. The type is not shown.</summary>
    public override string ToString() => HexText.Format(Octets, ':');

    [InlineArray(MaxLength)]
    [StructLayout(LayoutKind.Sequential)]
    private struct Octets16
    {
        private byte first;
    }
}
