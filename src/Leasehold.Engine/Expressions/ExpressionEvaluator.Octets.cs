using System.Buffers.Binary;
using Leasehold.Configuration.Expressions;
using Leasehold.Protocol;

namespace Leasehold.Engine.Expressions;

/// <content>Parts that give octets.</content>
internal readonly partial struct ExpressionEvaluator<TObserver>
{
    public ReadOnlySpan<byte> Octets<TPacket>(OctetsNode node, scoped ref TPacket packet)
        where TPacket : IExpressionPacket, allows ref struct
    {
        ReadOnlySpan<byte> value = node switch
        {
            LiteralNode literal => literal.Octets.AsSpan(),
            OptionHexNode option => TryOption(option.Path, ref packet, out ReadOnlySpan<byte> found) ? found : default,
            OptionTextNode option => TryOption(option.Path, ref packet, out ReadOnlySpan<byte> found) ? Text(option.Path.Last.Format, found) : default,
            FieldNode field => Kept(packet.Field(field.Field, scratch.Rest)),
            SubstringNode part => Substring(part, ref packet),
            ConcatNode concat => Concat(concat, ref packet),
            ChoiceNode choice => Octets(Boolean(choice.Condition, ref packet) ? choice.Then : choice.Else, ref packet),
            HexStringNode hex => Hexadecimal(Octets(hex.Operand, ref packet), Octets(hex.Separator, ref packet)),
            SplitNode split => Split(split, ref packet),
            CaseNode letters => InCase(Octets(letters.Operand, ref packet), letters.ToUpper),
            NumberOctetsNode number => FromNumber(Number(number.Operand, ref packet)),
            AddressTextNode address => AddressText.TryWrite(Octets(address.Operand, ref packet), scratch.Rest, out int written) ? scratch.Take(written) : default,
            OctetsAsDecimalNode octets => Decimal(FromOctets(Octets(octets.Operand, ref packet), octets.Signed, octets.Width), octets.Width, octets.Signed),
            NumberAsDecimalNode number => Decimal(Number(number.Operand, ref packet), number.Width, number.Signed),
            RelayAddressNode relay => packet.TryGetRelay(relay.Nest, out ReadOnlySpan<byte> link, out ReadOnlySpan<byte> peer, out _)
                ? relay.Address == RelayAddress.Link ? link : peer
                : default,
            VendorClassDataNode data => VendorClassData(data, ref packet),
            _ => throw new InvalidOperationException($"{node.GetType().Name} has no evaluation"),
        };
        if (IsObserved && node.Span.Length > 0) observer.SawOctets(Part(node), value);
        return value;
    }

    private ReadOnlySpan<byte> Kept(ReadOnlySpan<byte> value)
    {
        scratch.Keep(value);
        return value;
    }

    private ReadOnlySpan<byte> Concat<TPacket>(ConcatNode concat, scoped ref TPacket packet)
        where TPacket : IExpressionPacket, allows ref struct
    {
        int start = scratch.Used;
        int end = start;
        foreach (OctetsNode operand in concat.Operands)
        {
            // A part that was put together stands behind those before it, and is moved up to them.
            if (!scratch.TryMove(Octets(operand, ref packet), ref end)) return default;
        }

        return scratch.Between(start, end);
    }

    /// <summary>A start below zero counts from the end; a length below zero takes what is before the start.</summary>
    private ReadOnlySpan<byte> Substring<TPacket>(SubstringNode node, scoped ref TPacket packet)
        where TPacket : IExpressionPacket, allows ref struct
    {
        ReadOnlySpan<byte> value = Octets(node.Operand, ref packet);
        if (Number(node.Start, ref packet) is not { } start || Number(node.Length, ref packet) is not { } length) return default;
        if (start < 0) start += value.Length;
        if (start < 0 || start >= value.Length) return default;
        if (length >= 0) return value.Slice((int)start, (int)Math.Min(length, value.Length - start));
        int before = length < -start ? (int)start : (int)-length;
        return value.Slice((int)start - before, before);
    }

    private ReadOnlySpan<byte> Split<TPacket>(SplitNode node, scoped ref TPacket packet)
        where TPacket : IExpressionPacket, allows ref struct
    {
        ReadOnlySpan<byte> rest = Octets(node.Operand, ref packet);
        ReadOnlySpan<byte> delimiters = Octets(node.Delimiters, ref packet);
        if (Number(node.Field, ref packet) is not { } field) return default;
        if (delimiters.IsEmpty) return rest;
        if (field < 1) return default;
        while (true)
        {
            int end = rest.IndexOfAny(delimiters);
            if (--field == 0) return end < 0 ? rest : rest[..end];
            if (end < 0) return default;
            rest = rest[(end + 1)..];
        }
    }

    private ReadOnlySpan<byte> Hexadecimal(ReadOnlySpan<byte> value, ReadOnlySpan<byte> separator)
    {
        if (value.IsEmpty) return default;
        long length = (2L * value.Length) + ((long)separator.Length * (value.Length - 1));
        if (length > ExpressionScratch.Size) return default;
        Span<byte> place = scratch.Take((int)length);
        if (place.IsEmpty) return default;
        WireWriter writer = new(place);
        for (int i = 0; i < value.Length; i++)
        {
            if (i > 0) writer.WriteOctets(separator);
            writer.WriteByte(Digit(value[i] >> 4));
            writer.WriteByte(Digit(value[i] & 15));
        }

        return place;

        static byte Digit(int value) => (byte)(value < 10 ? '0' + value : 'a' + value - 10);
    }

    private ReadOnlySpan<byte> InCase(ReadOnlySpan<byte> value, bool toUpper)
    {
        Span<byte> place = scratch.Take(value.Length);
        for (int i = 0; i < place.Length; i++)
        {
            byte octet = value[i];
            place[i] = toUpper
                ? (byte)(octet is >= (byte)'a' and <= (byte)'z' ? octet - 32 : octet)
                : (byte)(octet is >= (byte)'A' and <= (byte)'Z' ? octet + 32 : octet);
        }

        return place;
    }

    /// <summary>The value as its definition writes it.</summary>
    private ReadOnlySpan<byte> Text(OptionFormat? format, ReadOnlySpan<byte> value)
    {
        if (format is { Type: OptionType.String, IsArray: false }) return value.TrimEnd((byte)0);
        if (!OptionValueText.TryWrite(format ?? OptionFormat.Binary, value, scratch.Rest, out int written)) return default;
        return scratch.Take(written);
    }

    /// <summary>Four octets; eight for what four do not hold.</summary>
    private ReadOnlySpan<byte> FromNumber(long? number)
    {
        if (number is not { } value) return default;
        bool fits = value is >= 0 and <= uint.MaxValue;
        Span<byte> place = scratch.Take(fits ? 4 : 8);
        if (place.IsEmpty) return default;
        if (fits) BinaryPrimitives.WriteUInt32BigEndian(place, (uint)value);
        else BinaryPrimitives.WriteInt64BigEndian(place, value);
        return place;
    }

    /// <summary>Decimal digits of a number that so many octets hold; nothing for another.</summary>
    private ReadOnlySpan<byte> Decimal(long? number, int width, bool signed)
    {
        int bits = 8 * width;
        (long least, long greatest) = signed ? (-(1L << (bits - 1)), (1L << (bits - 1)) - 1) : (0, (1L << bits) - 1);
        if (number is not { } value || value < least || value > greatest) return default;
        return value.TryFormat(scratch.Rest, out int written) ? scratch.Take(written) : default;
    }
}
