using System.Buffers.Text;
using Leasehold.Configuration.Expressions;

namespace Leasehold.Engine.Expressions;

/// <content>Parts that give numbers: null is no number.</content>
internal readonly partial struct ExpressionEvaluator<TObserver>
{
    private long? Number<TPacket>(NumberNode node, scoped ref TPacket packet)
        where TPacket : IExpressionPacket, allows ref struct
    {
        int mark = scratch.Used;
        long? value = node switch
        {
            NumberLiteralNode literal => literal.Value,
            NumberFieldNode field => packet.Number(field.Field),
            OctetsAsNumberNode octets => FromOctets(Octets(octets.Operand, ref packet), octets.Signed, width: 0),
            ArithmeticNode arithmetic => Arithmetic(arithmetic, ref packet),
            LengthNode length => Octets(length.Operand, ref packet).Length,
            TextAsNumberNode digits => FromDigits(Octets(digits.Operand, ref packet)),
            NegateNode negate => InRange(-(Int128?)Number(negate.Operand, ref packet)),
            NumberChoiceNode choice => Number(Boolean(choice.Condition, ref packet) ? choice.Then : choice.Else, ref packet),
            VendorEnterpriseNode vendor => TryVendor(vendor.Option, vendor.Enterprise, ref packet, out uint enterprise, out _) ? enterprise : null,
            _ => throw new InvalidOperationException($"{node.GetType().Name} has no evaluation"),
        };
        scratch.Used = mark;
        if (IsObserved && node.Span.Length > 0) observer.SawNumber(Part(node), value);
        return value;
    }

    private long? Arithmetic<TPacket>(ArithmeticNode node, scoped ref TPacket packet)
        where TPacket : IExpressionPacket, allows ref struct
    {
        long? result = Number(node.First, ref packet);
        foreach (ArithmeticStep step in node.Steps)
        {
            if (result is not { } left || Number(step.Operand, ref packet) is not { } right) return null;

            // Two numbers of 64 bits cannot leave 128 bits by any of these.
            result = step.Operator switch
            {
                ArithmeticOperator.Add => InRange((Int128)left + right),
                ArithmeticOperator.Subtract => InRange((Int128)left - right),
                ArithmeticOperator.Multiply => InRange((Int128)left * right),
                ArithmeticOperator.Divide => right == 0 ? null : InRange((Int128)left / right),
                _ => right == 0 ? null : InRange((Int128)left % right),
            };
        }

        return result;
    }

    private static long? InRange(Int128? value) => value is { } number && number >= long.MinValue && number <= long.MaxValue ? (long)number : null;

    /// <summary>Octets as one number, most significant first.</summary>
    /// <param name="width">How many octets it must be; 0 for any from 1 to 8.</param>
    private static long? FromOctets(ReadOnlySpan<byte> octets, bool signed, int width)
    {
        if (octets.Length is < 1 or > 8 || (width != 0 && octets.Length != width)) return null;
        long value = signed && octets[0] >= 0x80 ? -1 : 0;
        foreach (byte octet in octets) value = (value << 8) | octet;
        return !signed && value < 0 ? null : value;
    }

    private static long? FromDigits(ReadOnlySpan<byte> text) =>
        text is not [(byte)'+', ..] && Utf8Parser.TryParse(text, out long value, out int taken) && taken == text.Length ? value : null;
}
