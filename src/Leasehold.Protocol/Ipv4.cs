using System.Buffers.Binary;
using System.Globalization;

namespace Leasehold.Protocol;

/// <summary>An IPv4 address as one number, most significant octet first.</summary>
/// <remarks>A value of its own rather than IPAddress, so that the packet path neither allocates nor compares objects.</remarks>
public readonly record struct Ipv4(uint Value) : IComparable<Ipv4>, ISpanFormattable
{
    /// <summary>0.0.0.0, "this host" (RFC 1122 §3.2.1.3). On the wire it means "no address".</summary>
    public static readonly Ipv4 Any = new(0);

    /// <summary>255.255.255.255, the limited broadcast (RFC 919 §7).</summary>
    public static readonly Ipv4 Broadcast = new(uint.MaxValue);

    /// <summary>True for 0.0.0.0.</summary>
    public bool IsAny => Value == 0;

    /// <summary>The first four octets, network order. The span must hold at least four.</summary>
    public static Ipv4 Read(ReadOnlySpan<byte> octets) => new(BinaryPrimitives.ReadUInt32BigEndian(octets));

    /// <summary>Writes four octets, network order.</summary>
    public void Write(Span<byte> destination) => BinaryPrimitives.WriteUInt32BigEndian(destination, Value);

    /// <summary>Reads dotted decimal: exactly four numbers 0..255 without leading zeros, nothing around them.</summary>
    /// <returns>False for everything else; never throws.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Ipv4 address)
    {
        address = default;
        uint value = 0;
        for (int part = 0; part < 4; part++)
        {
            int end = part < 3 ? text.IndexOf('.') : text.Length;
            if (end is < 1 or > 3 || (end > 1 && text[0] == '0')) return false;
            uint number = 0;
            foreach (char c in text[..end])
            {
                if (!char.IsAsciiDigit(c)) return false;
                number = (number * 10) + (uint)(c - '0');
            }

            if (number > 255) return false;
            value = (value << 8) | number;
            text = part < 3 ? text[(end + 1)..] : default;
        }

        address = new(value);
        return true;
    }

    /// <summary>Reads dotted decimal.</summary>
    /// <exception cref="FormatException">The text is not an IPv4 address; for text of a person use TryParse.</exception>
    public static Ipv4 Parse(string text) =>
        TryParse(text, out Ipv4 address) ? address : throw new FormatException($"'{text}' is not an IPv4 address");

    public int CompareTo(Ipv4 other) => Value.CompareTo(other.Value);
    public static bool operator <(Ipv4 left, Ipv4 right) => left.Value < right.Value;
    public static bool operator >(Ipv4 left, Ipv4 right) => left.Value > right.Value;
    public static bool operator <=(Ipv4 left, Ipv4 right) => left.Value <= right.Value;
    public static bool operator >=(Ipv4 left, Ipv4 right) => left.Value >= right.Value;

    /// <summary>Dotted decimal.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{this}");

    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>Dotted decimal, 7 to 15 characters.</summary>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite(
            CultureInfo.InvariantCulture,
            $"{Value >> 24}.{(Value >> 16) & 255}.{(Value >> 8) & 255}.{Value & 255}",
            out charsWritten);

    /// <summary>Dotted decimal as ASCII octets, 7 to 15 of them; for logs and lease files.</summary>
    /// <returns>False, and nothing that counts written, when the destination is too short.</returns>
    public bool TryFormat(Span<byte> destination, out int bytesWritten) =>
        System.Text.Unicode.Utf8.TryWrite(
            destination,
            CultureInfo.InvariantCulture,
            $"{Value >> 24}.{(Value >> 16) & 255}.{(Value >> 8) & 255}.{Value & 255}",
            out bytesWritten);
}
