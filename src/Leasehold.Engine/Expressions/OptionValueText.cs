using System.Buffers.Binary;
using Leasehold.Protocol;

namespace Leasehold.Engine.Expressions;

/// <summary>Writes an option's value as expressions know it: plain, without quotes, "," between the values of a list or record.</summary>
/// <remarks>Octets are upper-case hexadecimal. It allocates nothing, unlike <see cref="OptionText"/>, which is for people.</remarks>
internal ref struct OptionValueText
{
    private readonly OptionFormat format;
    private readonly ReadOnlySpan<byte> octets;
    private WireWriter writer;
    private int at;
    private bool separated;

    private OptionValueText(OptionFormat format, ReadOnlySpan<byte> octets, Span<byte> place)
    {
        this.format = format;
        this.octets = octets;
        writer = new(place);
    }

    /// <summary>Writes the value.</summary>
    /// <returns>False when it does not have the format, or its text does not fit.</returns>
    public static bool TryWrite(OptionFormat format, ReadOnlySpan<byte> octets, Span<byte> place, out int written)
    {
        OptionValueText text = new(format, octets, place);
        bool whole = text.TryWriteAll() && !text.writer.Overflowed;
        written = whole ? text.writer.Length : 0;
        return whole;
    }

    /// <summary>How many octets the value has; options inside it begin behind them.</summary>
    /// <returns>False when the octets end before the value does.</returns>
    public static bool TryMeasure(OptionFormat format, ReadOnlySpan<byte> octets, out int length)
    {
        OptionValueText text = new(format, octets, default);
        bool whole = text.TryWriteAll();
        length = whole ? text.at : 0;
        return whole;
    }

    private bool TryWriteAll()
    {
        switch (format.Type)
        {
            case OptionType.Empty:
                return true;
            case OptionType.Record:
                foreach (OptionType field in format.Fields)
                {
                    if (!TryValue(field)) return false;
                }

                while (format.IsArray && at < octets.Length)
                {
                    if (!TryValue(format.Fields[^1])) return false;
                }

                return true;
            case OptionType.ClasslessRoutes:
                while (at < octets.Length)
                {
                    if (!TryRoute()) return false;
                }

                return true;
            default:
                do
                {
                    if (!TryValue(format.Type)) return false;
                }
                while (format.IsArray && at < octets.Length);
                return true;
        }
    }

    private bool TryValue(OptionType type)
    {
        Separate();
        switch (type)
        {
            case OptionType.Boolean:
                if (!TryTake(1, out ReadOnlySpan<byte> flag) || flag[0] > 1) return false;
                writer.WriteOctets(flag[0] == 0 ? "false"u8 : "true"u8);
                return true;
            case OptionType.Int8: return TryTake(1, out ReadOnlySpan<byte> int8) && Decimal((sbyte)int8[0]);
            case OptionType.UInt8: return TryTake(1, out ReadOnlySpan<byte> uint8) && Decimal(uint8[0]);
            case OptionType.Int16: return TryTake(2, out ReadOnlySpan<byte> int16) && Decimal(BinaryPrimitives.ReadInt16BigEndian(int16));
            case OptionType.UInt16: return TryTake(2, out ReadOnlySpan<byte> uint16) && Decimal(BinaryPrimitives.ReadUInt16BigEndian(uint16));
            case OptionType.Int32: return TryTake(4, out ReadOnlySpan<byte> int32) && Decimal(BinaryPrimitives.ReadInt32BigEndian(int32));
            case OptionType.UInt32: return TryTake(4, out ReadOnlySpan<byte> uint32) && Decimal(BinaryPrimitives.ReadUInt32BigEndian(uint32));
            case OptionType.Ipv4Address: return TryTake(4, out ReadOnlySpan<byte> ipv4) && Address(ipv4);
            case OptionType.Ipv6Address: return TryTake(16, out ReadOnlySpan<byte> ipv6) && Address(ipv6);
            case OptionType.Ipv6Prefix: return TryPrefix();
            case OptionType.Psid: return TryPsid();
            case OptionType.Fqdn or OptionType.PartialFqdn: return TryName(allowRelative: type == OptionType.PartialFqdn);
            case OptionType.Tuple: return TryTuple();
            case OptionType.String:
                writer.WriteOctets(octets[at..].TrimEnd((byte)0));
                at = octets.Length;
                return true;
            default:
                Hexadecimal(octets[at..]);
                at = octets.Length;
                return true;
        }
    }

    private void Separate()
    {
        if (separated) writer.WriteByte((byte)',');
        separated = true;
    }

    private bool TryTake(int length, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (octets.Length - at < length) return false;
        taken = octets.Slice(at, length);
        at += length;
        return true;
    }

    private bool Decimal(long value)
    {
        Span<byte> digits = stackalloc byte[20];
        _ = value.TryFormat(digits, out int length);
        writer.WriteOctets(digits[..length]);
        return true;
    }

    private bool Address(scoped ReadOnlySpan<byte> address)
    {
        Span<byte> text = stackalloc byte[Ipv6.MaxTextLength];
        _ = AddressText.TryWrite(address, text, out int length);
        writer.WriteOctets(text[..length]);
        return true;
    }

    private bool TryPrefix()
    {
        if (!TryTake(1, out ReadOnlySpan<byte> length) || length[0] > 128 || !TryTake((length[0] + 7) / 8, out ReadOnlySpan<byte> bits)) return false;
        Span<byte> network = stackalloc byte[16];
        network.Clear();
        bits.CopyTo(network);
        Address(network);
        writer.WriteByte((byte)'/');
        return Decimal(length[0]);
    }

    // RFC 7618 §3: the number is in the leading bits.
    private bool TryPsid()
    {
        if (!TryTake(3, out ReadOnlySpan<byte> psid) || psid[0] > 16) return false;
        Decimal(BinaryPrimitives.ReadUInt16BigEndian(psid[1..]) >> (16 - psid[0]));
        writer.WriteByte((byte)'/');
        return Decimal(psid[0]);
    }

    // RFC 3442: a width, the octets of the network that it covers, the router.
    private bool TryRoute()
    {
        Separate();
        if (!TryTake(1, out ReadOnlySpan<byte> width) || width[0] > 32 || !TryTake((width[0] + 7) / 8, out ReadOnlySpan<byte> bits)) return false;
        Span<byte> network = stackalloc byte[4];
        network.Clear();
        bits.CopyTo(network);
        Address(network);
        writer.WriteByte((byte)'/');
        Decimal(width[0]);
        writer.WriteOctets(" - "u8);
        return TryTake(4, out ReadOnlySpan<byte> router) && Address(router);
    }

    private bool TryTuple()
    {
        if (!TryTake(format.TupleLengthOctets, out ReadOnlySpan<byte> length)) return false;
        int count = length.Length == 1 ? length[0] : BinaryPrimitives.ReadUInt16BigEndian(length);
        if (!TryTake(count, out ReadOnlySpan<byte> tuple)) return false;
        writer.WriteOctets(tuple);
        return true;
    }

    private bool TryName(bool allowRelative)
    {
        if (allowRelative && at == octets.Length) return true;
        Span<byte> scratch = stackalloc byte[DomainName.MaxLength];
        if (!DomainName.TryRead(octets, ref at, allowRelative, scratch, out DomainName name, out _)) return false;
        ReadOnlySpan<byte> labels = name.Labels;
        if (labels.Length == 1) writer.WriteByte((byte)'.');
        while (!labels.IsEmpty && labels[0] != 0)
        {
            writer.WriteOctets(labels.Slice(1, labels[0]));
            labels = labels[(1 + labels[0])..];
            if (!labels.IsEmpty) writer.WriteByte((byte)'.');
        }

        return true;
    }

    private void Hexadecimal(ReadOnlySpan<byte> value)
    {
        Span<byte> pair = stackalloc byte[2];
        foreach (byte octet in value)
        {
            _ = octet.TryFormat(pair, out _, "X2");
            writer.WriteOctets(pair);
        }
    }
}
