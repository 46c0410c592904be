using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Leasehold.Protocol;

/// <content>One value of a type.</content>
public static partial class OptionEncoder
{
    private const string HexExpected = "hexadecimal octets such as 0x0a1b, '0a 1b' or 0a:1b, or characters in single quotes";

    private static bool TryWrite(OptionType type, OptionFormat format, string text, ArrayBufferWriter<byte> octets)
    {
        switch (type)
        {
            case OptionType.Binary:
                return TryWriteBinary(text, octets);
            case OptionType.Boolean:
                return TryParseBoolean(text, out byte truth) && Write(octets, truth);
            case OptionType.Int8:
                return TryParseNumber(text, sbyte.MinValue, sbyte.MaxValue, out long int8) && Write(octets, (sbyte)int8);
            case OptionType.Int16:
                return TryParseNumber(text, short.MinValue, short.MaxValue, out long int16) && Write(octets, (short)int16);
            case OptionType.Int32:
                return TryParseNumber(text, int.MinValue, int.MaxValue, out long int32) && Write(octets, (int)int32);
            case OptionType.UInt8:
                return TryParseNumber(text, 0, byte.MaxValue, out long uint8) && Write(octets, (byte)uint8);
            case OptionType.UInt16:
                return TryParseNumber(text, 0, ushort.MaxValue, out long uint16) && Write(octets, (ushort)uint16);
            case OptionType.UInt32:
                return TryParseNumber(text, 0, uint.MaxValue, out long uint32) && Write(octets, (uint)uint32);
            case OptionType.Ipv4Address:
                return Ipv4.TryParse(text, out Ipv4 ipv4) && Write(octets, ipv4.Value);
            case OptionType.Ipv6Address:
                return Ipv6.TryParse(text, out Ipv6 ipv6) && Write(octets, ipv6.Value);
            case OptionType.Ipv6Prefix:
                return TryWritePrefix(WithoutBlanks(text), octets);
            case OptionType.Psid:
                return TryWritePsid(WithoutBlanks(text), octets);
            case OptionType.String:
                return TryWriteText(text, octets);
            case OptionType.Tuple:
                return TryWriteTuple(text, format.TupleLengthOctets, octets);
            case OptionType.Fqdn:
                return TryWriteName(text, makeAbsolute: true, format.IsCompressed, octets);
            case OptionType.PartialFqdn:
                // The established server makes a name absolute here too: a client must not guess the domain.
                return TryWriteName(text, makeAbsolute: true, compress: false, octets);
            default:
                return false;
        }
    }

    /// <summary>What a value of a type should be, as <see cref="OptionTextError.Expected"/> says it.</summary>
    public static string ExpectedOf(OptionType type) => Expected(type, OptionFormat.NoValue);

    private static string Expected(OptionType type, OptionFormat format) => type switch
    {
        OptionType.Binary => HexExpected,
        OptionType.Boolean => "true or false",
        OptionType.Int8 => "a number from -128 to 127",
        OptionType.Int16 => "a number from -32768 to 32767",
        OptionType.Int32 => "a number from -2147483648 to 2147483647",
        OptionType.UInt8 => "a number from 0 to 255",
        OptionType.UInt16 => "a number from 0 to 65535",
        OptionType.UInt32 => "a number from 0 to 4294967295",
        OptionType.Ipv4Address => "an IPv4 address",
        OptionType.Ipv6Address => "an IPv6 address",
        OptionType.Ipv6Prefix => "an IPv6 prefix such as 2001:db8::/32",
        OptionType.Psid => "a port set such as 3/4: a number, and its length of 0 to 16 bits that holds it",
        OptionType.String => "text",
        OptionType.Tuple => format.TupleLengthOctets == 1 ? "text of at most 255 octets" : "text of at most 65535 octets",
        OptionType.Fqdn or OptionType.PartialFqdn => "a domain name: labels of 1 to 63 octets with dots between, 255 octets in all",
        _ => "a value of this option",
    };

    private static bool TryParseBoolean(string text, out byte value)
    {
        value = 0;
        if (bool.TryParse(text, out bool truth)) value = truth ? (byte)1 : (byte)0;
        else if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number is 0 or 1) value = (byte)number;
        else return false;
        return true;
    }

    // Decimal first, then hexadecimal with or without 0x, as the established server reads: "10" is ten, "1f" thirty-one.
    private static bool TryParseNumber(string text, long minimum, long maximum, out long value)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)) return value >= minimum && value <= maximum;
        ReadOnlySpan<char> digits = text;
        bool negative = digits.StartsWith('-');
        if (negative) digits = digits[1..];
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) digits = digits[2..];

        // Sixteen digits would set the sign.
        if (digits.Length > 15 || !long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)) return false;
        if (negative) value = -value;
        return value >= minimum && value <= maximum;
    }

    private static bool Write<T>(ArrayBufferWriter<byte> octets, T number)
        where T : struct, IBinaryInteger<T>
    {
        octets.Advance(number.WriteBigEndian(octets.GetSpan(16)));
        return true;
    }

    private static bool TryWriteBinary(ReadOnlySpan<char> text, ArrayBufferWriter<byte> octets)
    {
        Span<byte> room = octets.GetSpan(Math.Max(text.Length, Encoding.UTF8.GetByteCount(text)) + 1);
        if (!HexText.TryParseValue(text, room, out int length)) return false;
        octets.Advance(length);
        return true;
    }

    private static bool TryWriteText(string text, ArrayBufferWriter<byte> octets)
    {
        if (text.Length == 0) return false;
        Encoding.UTF8.GetBytes(text, octets);
        return true;
    }

    private static bool TryWriteTuple(string text, int lengthOctets, ArrayBufferWriter<byte> octets)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        if (length > (lengthOctets == 1 ? byte.MaxValue : ushort.MaxValue)) return false;
        if (lengthOctets == 1) Write(octets, (byte)length);
        else Write(octets, (ushort)length);
        Encoding.UTF8.GetBytes(text, octets);
        return true;
    }

    private static bool TryWriteName(string text, bool makeAbsolute, bool compress, ArrayBufferWriter<byte> octets)
    {
        Span<byte> scratch = stackalloc byte[DomainName.MaxLength];
        if (!DomainName.TryParse(text, makeAbsolute, scratch, out DomainName name)) return false;
        if (compress) DomainNameList.Append(octets, name);
        else octets.Write(name.Labels);
        return true;
    }

    private static bool TryWritePrefix(string text, ArrayBufferWriter<byte> octets)
    {
        int slash = text.IndexOf('/');
        if (slash < 0 || !Ipv6.TryParse(text.AsSpan(0, slash), out Ipv6 address)) return false;
        if (!TryParseNumber(text[(slash + 1)..], 0, 128, out long length)) return false;

        // Bits after the length are zero on the wire, and octets that have none of its bits are left out.
        UInt128 mask = length == 0 ? UInt128.Zero : UInt128.MaxValue << (int)(128 - length);
        Span<byte> whole = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(whole, address.Value & mask);
        Write(octets, (byte)length);
        octets.Write(whole[..(int)((length + 7) / 8)]);
        return true;
    }

    private static bool TryWritePsid(string text, ArrayBufferWriter<byte> octets)
    {
        int slash = text.IndexOf('/');
        if (slash < 0 || !TryParseNumber(text[(slash + 1)..], 0, 16, out long length)) return false;
        if (!TryParseNumber(text[..slash], 0, (1 << (int)length) - 1, out long number)) return false;
        Write(octets, (byte)length);
        return Write(octets, (ushort)(number << (int)(16 - length)));
    }

    private static string WithoutBlanks(string text) => text.Replace(" ", "").Replace("\t", "");
}
