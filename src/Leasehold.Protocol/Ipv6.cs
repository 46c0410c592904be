using System.Buffers.Binary;
using System.Globalization;

namespace Leasehold.Protocol;

/// <summary>An IPv6 address as one number, most significant octet first.</summary>
public readonly record struct Ipv6(UInt128 Value) : IComparable<Ipv6>, ISpanFormattable
{
    /// <summary>Characters of the longest text: eight groups of four digits and seven colons.</summary>
    public const int MaxTextLength = 39;

    /// <summary>::, the unspecified address (RFC 4291 §2.5.2). On the wire it means "no address".</summary>
    public static readonly Ipv6 Any = new(UInt128.Zero);

    /// <summary>True for ::.</summary>
    public bool IsAny => Value == UInt128.Zero;

    /// <summary>True for ff00::/8 (RFC 4291 §2.7).</summary>
    public bool IsMulticast => Value >> 120 == 0xFF;

    /// <summary>True for fe80::/10 (RFC 4291 §2.5.6): it means something on its link alone.</summary>
    public bool IsLinkLocal => Value >> 118 == 0xFE80 >> 6;

    /// <summary>The first sixteen octets, network order. The span must hold at least sixteen.</summary>
    public static Ipv6 Read(ReadOnlySpan<byte> octets) => new(BinaryPrimitives.ReadUInt128BigEndian(octets));

    /// <summary>Writes sixteen octets, network order.</summary>
    public void Write(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, Value);

    /// <summary>Reads the text forms of RFC 4291 §2.2: groups, one "::", an IPv4 address in place of the last two groups.</summary>
    /// <returns>False for everything else, such as a zone, a prefix length or brackets; never throws.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Ipv6 address)
    {
        address = default;
        Span<ushort> groups = stackalloc ushort[8];
        int count = 0;
        int gap = -1;
        if (text.StartsWith("::"))
        {
            gap = 0;
            text = text[2..];
        }

        while (!text.IsEmpty)
        {
            if (count == 8) return false;
            int colon = text.IndexOf(':');
            ReadOnlySpan<char> group = colon < 0 ? text : text[..colon];
            if (colon < 0 && group.Contains('.'))
            {
                if (count > 6 || !Ipv4.TryParse(group, out Ipv4 tail)) return false;
                groups[count++] = (ushort)(tail.Value >> 16);
                groups[count++] = (ushort)tail.Value;
                break;
            }

            if (!TryParseGroup(group, out groups[count])) return false;
            count++;
            if (colon < 0) break;
            text = text[(colon + 1)..];
            if (text.IsEmpty) return false;
            if (text[0] != ':') continue;
            if (gap >= 0) return false;
            gap = count;
            text = text[1..];
        }

        // RFC 4291 §2.2: "::" stands for one or more groups.
        if (gap < 0 ? count != 8 : count > 7) return false;
        UInt128 value = UInt128.Zero;
        int missing = 8 - count;
        for (int i = 0; i < 8; i++)
        {
            ushort group = gap < 0 || i < gap ? groups[i] : i < gap + missing ? (ushort)0 : groups[i - missing];
            value = (value << 16) | group;
        }

        address = new(value);
        return true;
    }

    /// <summary>Reads an address.</summary>
    /// <exception cref="FormatException">The text is not an IPv6 address; for text of a person use TryParse.</exception>
    public static Ipv6 Parse(string text) =>
        TryParse(text, out Ipv6 address) ? address : throw new FormatException($"'{text}' is not an IPv6 address");

    public int CompareTo(Ipv6 other) => Value.CompareTo(other.Value);
    public static bool operator <(Ipv6 left, Ipv6 right) => left.Value < right.Value;
    public static bool operator >(Ipv6 left, Ipv6 right) => left.Value > right.Value;
    public static bool operator <=(Ipv6 left, Ipv6 right) => left.Value <= right.Value;
    public static bool operator >=(Ipv6 left, Ipv6 right) => left.Value >= right.Value;

    /// <summary>The one canonical text of RFC 5952 §4.</summary>
    public override string ToString()
    {
        Span<char> text = stackalloc char[MaxTextLength];
        _ = TryFormat(text, out int length, default, provider: null);
        return new(text[..length]);
    }

    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>The canonical text: lower case, no leading zeros, the first longest run of two or more zero groups as "::" (RFC 5952 §4).</summary>
    /// <remarks>IPv4-mapped addresses end in dotted decimal (RFC 5952 §5).</remarks>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        charsWritten = 0;
        if (Value >> 32 == 0xFFFF)
        {
            return destination.TryWrite(CultureInfo.InvariantCulture, $"::ffff:{new Ipv4((uint)Value)}", out charsWritten);
        }

        (int start, int length) = LongestZeroRun();
        int position = 0;
        for (int i = 0; i < 8; i++)
        {
            if (i == start)
            {
                if (!"::".TryCopyTo(destination[position..])) return false;
                position += 2;
                i += length - 1;
                continue;
            }

            if (i > 0 && i != start + length)
            {
                if (position == destination.Length) return false;
                destination[position++] = ':';
            }

            if (!Group(i).TryFormat(destination[position..], out int digits, "x", CultureInfo.InvariantCulture)) return false;
            position += digits;
        }

        charsWritten = position;
        return true;
    }

    private ushort Group(int index) => (ushort)(Value >> ((7 - index) * 16));

    // Start 8 (never reached) when no run has two groups.
    private (int Start, int Length) LongestZeroRun()
    {
        (int Start, int Length) best = (8, 1);
        int run = 0;
        for (int i = 0; i < 8; i++)
        {
            run = Group(i) == 0 ? run + 1 : 0;
            if (run > best.Length) best = (i - run + 1, run);
        }

        return best;
    }

    private static bool TryParseGroup(ReadOnlySpan<char> text, out ushort value)
    {
        value = 0;
        if (text.Length is < 1 or > 4) return false;
        foreach (char c in text)
        {
            if (!char.IsAsciiHexDigit(c)) return false;
            value = (ushort)((value << 4) | HexText.ValueOf(c));
        }

        return true;
    }
}
