using System.Buffers.Binary;
using System.Text;

namespace Leasehold.Protocol;

/// <content>Values whose length is not fixed.</content>
public static partial class OptionText
{
    private static bool TryAppendTuple(int lengthOctets, ReadOnlySpan<byte> octets, ref int at, StringBuilder text)
    {
        if (octets.Length - at < lengthOctets) return false;
        int length = lengthOctets == 1 ? octets[at] : BinaryPrimitives.ReadUInt16BigEndian(octets[at..]);
        at += lengthOctets;
        if (octets.Length - at < length) return false;
        AppendQuoted(octets.Slice(at, length), text);
        at += length;
        return true;
    }

    private static bool TryAppendName(bool allowRelative, ReadOnlySpan<byte> octets, ref int at, StringBuilder text)
    {
        if (allowRelative && at == octets.Length)
        {
            text.Append("(empty)");
            return true;
        }

        Span<byte> scratch = stackalloc byte[DomainName.MaxLength];
        if (!DomainName.TryRead(octets, ref at, allowRelative, scratch, out DomainName name, out _)) return false;
        text.Append(name.ToString());
        return true;
    }

    private static bool TryAppendPrefix(ReadOnlySpan<byte> octets, ref int at, StringBuilder text)
    {
        if (at == octets.Length || octets[at] > 128) return false;
        int length = octets[at++];
        int size = (length + 7) / 8;
        if (octets.Length - at < size) return false;
        Span<byte> whole = stackalloc byte[16];
        whole.Clear();
        octets.Slice(at, size).CopyTo(whole);
        at += size;
        text.Append(Ipv6.Read(whole)).Append('/').Append(length);
        return true;
    }

    private static bool TryAppendPsid(ReadOnlySpan<byte> octets, ref int at, StringBuilder text)
    {
        if (octets.Length - at < 3 || octets[at] > 16) return false;
        int length = octets[at];
        int number = BinaryPrimitives.ReadUInt16BigEndian(octets[(at + 1)..]);
        at += 3;

        // RFC 7618 §9: bits after the length are zero.
        if ((number & ((1 << (16 - length)) - 1)) != 0) return false;
        text.Append(number >> (16 - length)).Append('/').Append(length);
        return true;
    }

    private static bool TryAppendRoutes(ReadOnlySpan<byte> octets, ref int at, StringBuilder text)
    {
        Span<byte> network = stackalloc byte[4];
        do
        {
            if (at == octets.Length || octets[at] > 32) return false;
            int width = octets[at++];
            int size = (width + 7) / 8;
            if (octets.Length - at < size + 4) return false;
            network.Clear();
            octets.Slice(at, size).CopyTo(network);
            if (text.Length > 0) text.Append(", ");
            text.Append($"{Ipv4.Read(network)}/{width} - {Ipv4.Read(octets[(at + size)..])}");
            at += size + 4;
        }
        while (at < octets.Length);
        return true;
    }

    private static bool TryAppendResolvers(OptionType type, ReadOnlySpan<byte> octets, ref int at, StringBuilder text)
    {
        if (type == OptionType.EncryptedDns6)
        {
            if (!TryAppendResolver(type, octets, text)) return false;
            at = octets.Length;
            return true;
        }

        do
        {
            if (octets.Length - at < 2) return false;
            int length = BinaryPrimitives.ReadUInt16BigEndian(octets[at..]);
            at += 2;
            if (octets.Length - at < length) return false;
            if (text.Length > 0) text.Append(" | ");
            if (!TryAppendResolver(type, octets.Slice(at, length), text)) return false;
            at += length;
        }
        while (at < octets.Length);
        return true;
    }

    private static bool TryAppendResolver(OptionType type, ReadOnlySpan<byte> octets, StringBuilder text)
    {
        WireReader reader = new(octets);
        if (!reader.TryReadUInt16(out ushort priority) || !TryReadCounted(type, ref reader, out ReadOnlySpan<byte> labels)) return false;
        text.Append(priority).Append(", ");
        int end = 0;
        if (!TryAppendName(allowRelative: false, labels, ref end, text) || end != labels.Length) return false;
        if (reader.IsAtEnd) return true;

        int size = type == OptionType.EncryptedDns4 ? 4 : 16;
        if (!TryReadCounted(type, ref reader, out ReadOnlySpan<byte> addresses) || addresses.IsEmpty || addresses.Length % size != 0) return false;
        text.Append(',');
        for (; !addresses.IsEmpty; addresses = addresses[size..])
        {
            text.Append(' ');
            TryAppendFixed(size == 4 ? OptionType.Ipv4Address : OptionType.Ipv6Address, addresses, text);
        }

        if (!reader.IsAtEnd) text.Append(',');
        while (!reader.IsAtEnd)
        {
            if (!reader.TryReadUInt16(out ushort key) || !reader.TryReadUInt16(out ushort length) || !reader.TryReadOctets(length, out ReadOnlySpan<byte> value)) return false;
            if (!TryAppendParameter(key, value, text)) return false;
        }

        return true;
    }

    private static bool TryReadCounted(OptionType type, scoped ref WireReader reader, out ReadOnlySpan<byte> value)
    {
        value = default;
        int length;
        if (type == OptionType.EncryptedDns4)
        {
            if (!reader.TryReadByte(out byte one)) return false;
            length = one;
        }
        else
        {
            if (!reader.TryReadUInt16(out ushort two)) return false;
            length = two;
        }

        return reader.TryReadOctets(length, out value);
    }

    // RFC 9460 §14.3.2: 1 alpn, 3 port; RFC 9461 §5: 7 dohpath.
    private static bool TryAppendParameter(ushort key, ReadOnlySpan<byte> value, StringBuilder text)
    {
        switch (key)
        {
            case 1:
                text.Append(" alpn=");
                for (int at = 0; at < value.Length; at += 1 + value[at])
                {
                    if (at + 1 + value[at] > value.Length) return false;
                    if (at > 0) text.Append("\\,");
                    AppendPlain(value.Slice(at + 1, value[at]), text);
                }

                return true;
            case 3:
                if (value.Length != 2) return false;
                text.Append(" port=").Append(BinaryPrimitives.ReadUInt16BigEndian(value));
                return true;
            case 7:
                text.Append(" dohpath=");
                AppendPlain(value, text);
                return true;
            default:
                text.Append($" key{key}={Hex(value)}");
                return true;
        }
    }

    private static void AppendPlain(ReadOnlySpan<byte> octets, StringBuilder text)
    {
        int start = text.Length;
        AppendQuoted(octets, text);
        text.Remove(text.Length - 1, 1).Remove(start, 1);
    }
}
