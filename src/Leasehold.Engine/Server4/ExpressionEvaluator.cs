using System.Buffers.Binary;
using Leasehold.Configuration.Expressions;
using Leasehold.Protocol;
using Leasehold.Protocol.V4.Options;

namespace Leasehold.Engine.V4;

/// <summary>Works out an expression of the configuration over one packet. It never fails: what the packet lacks is empty.</summary>
/// <param name="scratch">Where texts are put together that are not in the packet as they are; one that does not fit is empty.</param>
internal ref struct ExpressionEvaluator(byte[] scratch)
{
    private int used;

    public ReadOnlySpan<byte> Text(scoped in Exchange4 x, Expression expression) => expression switch
    {
        LiteralExpression literal => literal.Octets.AsSpan(),
        OptionExpression option => TryOption(in x, option, out ReadOnlySpan<byte> value) ? value : default,
        MessageFieldExpression field => Field(in x, field.Field),
        OperationExpression { Operation: ExpressionOperation.Concat } concat => Concat(Text(in x, concat.Arguments[0]), Text(in x, concat.Arguments[1])),
        OperationExpression { Operation: ExpressionOperation.Substring } part =>
            Substring(Text(in x, part.Arguments[0]), Number(part.Arguments[1]), Number(part.Arguments[2])),
        OperationExpression { Operation: ExpressionOperation.HexString } hex => Hexadecimal(Text(in x, hex.Arguments[0]), Text(in x, hex.Arguments[1])),
        OperationExpression { Operation: ExpressionOperation.IfElse } choice =>
            Text(in x, Boolean(in x, choice.Arguments[0]) ? choice.Arguments[1] : choice.Arguments[2]),
        _ => throw new InvalidOperationException($"{expression} is no text: the parser let it pass"),
    };

    public bool Boolean(scoped in Exchange4 x, Expression expression) => expression switch
    {
        OptionExpression { Aspect: OptionAspect.Exists } option => TryOption(in x, option, out _),
        OperationExpression { Operation: ExpressionOperation.Not } not => !Boolean(in x, not.Arguments[0]),
        OperationExpression { Operation: ExpressionOperation.And } and => Boolean(in x, and.Arguments[0]) && Boolean(in x, and.Arguments[1]),
        OperationExpression { Operation: ExpressionOperation.Or } or => Boolean(in x, or.Arguments[0]) || Boolean(in x, or.Arguments[1]),
        OperationExpression { Operation: ExpressionOperation.Equal } equal => Text(in x, equal.Arguments[0]).SequenceEqual(Text(in x, equal.Arguments[1])),
        _ => throw new InvalidOperationException($"{expression} is neither true nor false: the parser let it pass"),
    };

    private static int Number(Expression expression) => expression is NumberExpression number
        ? number.Value
        : throw new InvalidOperationException($"{expression} is no number: the parser let it pass");

    private bool TryOption(scoped in Exchange4 x, OptionExpression option, out ReadOnlySpan<byte> value)
    {
        if (!x.Message.TryGetOption(option.Code, scratch.AsSpan(used), out value)) return false;
        if (value.Overlaps(scratch)) used += value.Length;
        if (option.SubCode is not { } wanted) return true;

        SubOptionReader4 subOptions = new(value);
        while (subOptions.TryRead(out byte code, out value))
        {
            if (code == wanted) return true;
        }

        return false;
    }

    private ReadOnlySpan<byte> Field(scoped in Exchange4 x, MessageField4 field) => field switch
    {
        MessageField4.Mac => x.Message.Octets.Slice(28, x.Chaddr.Length),
        MessageField4.Hlen => Number(x.Chaddr.Length),
        MessageField4.Htype => Number(x.Chaddr.Type),
        MessageField4.Ciaddr => Number(x.Ciaddr.Value),
        MessageField4.Giaddr => Number(x.Giaddr.Value),
        MessageField4.Yiaddr => Number(x.Message.Yiaddr.Value),
        MessageField4.Siaddr => Number(x.Message.Siaddr.Value),
        MessageField4.MessageType => Number((uint)x.Message.MessageType),
        MessageField4.TransactionId => Number(x.Message.Xid),
        _ => throw new InvalidOperationException($"{field} is no field of a message"),
    };

    private ReadOnlySpan<byte> Number(uint value)
    {
        Span<byte> place = Reserve(4);
        if (!place.IsEmpty) BinaryPrimitives.WriteUInt32BigEndian(place, value);
        return place;
    }

    private ReadOnlySpan<byte> Concat(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (first.IsEmpty) return second;
        if (second.IsEmpty) return first;
        Span<byte> place = Reserve(first.Length + second.Length);
        if (place.IsEmpty) return default;
        first.CopyTo(place);
        second.CopyTo(place[first.Length..]);
        return place;
    }

    /// <summary>A start below zero counts from the end; a length below zero takes what is before the start; int.MaxValue takes the rest.</summary>
    private static ReadOnlySpan<byte> Substring(ReadOnlySpan<byte> text, int start, int length)
    {
        if (start < 0) start += text.Length;
        if (start < 0 || start >= text.Length) return default;
        if (length >= 0) return text.Slice(start, Math.Min(length, text.Length - start));
        int before = (int)Math.Min(-(long)length, start);
        return text.Slice(start - before, before);
    }

    private ReadOnlySpan<byte> Hexadecimal(ReadOnlySpan<byte> text, ReadOnlySpan<byte> separator)
    {
        if (text.IsEmpty) return default;
        Span<byte> place = Reserve((2 * text.Length) + (separator.Length * (text.Length - 1)));
        WireWriter writer = new(place);
        for (int i = 0; i < text.Length; i++)
        {
            if (i > 0) writer.WriteOctets(separator);
            writer.WriteByte(Digit(text[i] >> 4));
            writer.WriteByte(Digit(text[i] & 15));
        }

        return place;

        static byte Digit(int value) => (byte)(value < 10 ? '0' + value : 'a' + value - 10);
    }

    private Span<byte> Reserve(int length)
    {
        if (length > scratch.Length - used) return default;
        Span<byte> place = scratch.AsSpan(used, length);
        used += length;
        return place;
    }
}
