using System.Collections.Immutable;

namespace Leasehold.Configuration.Expressions;

/// <summary>A number that stands in the expression; "all" is the greatest.</summary>
public sealed record NumberLiteralNode(ExpressionSpan Span, long Value) : NumberNode(Span)
{
    public override bool IsPlain => true;
}

/// <summary>A field that is a number.</summary>
public sealed record NumberFieldNode(ExpressionSpan Span, PacketNumber Field) : NumberNode(Span)
{
    public override bool IsPlain => true;
}

/// <summary>vendor.enterprise, vendor-class.enterprise, and the same with […].</summary>
/// <param name="Enterprise">The enterprise's number; null for the first of the packet.</param>
public sealed record VendorEnterpriseNode(ExpressionSpan Span, VendorOption Option, uint? Enterprise) : NumberNode(Span)
{
    public override bool IsPlain => true;
}

/// <summary>What happens with the number before.</summary>
public enum ArithmeticOperator
{
    Add,
    Subtract,
    Multiply,

    /// <summary>Whole numbers, towards zero. No number when the divisor is 0.</summary>
    Divide,

    /// <summary>The rest of <see cref="Divide"/>, with the sign of the number before.</summary>
    Remainder,
}

/// <summary>One operator and the number behind it.</summary>
public readonly record struct ArithmeticStep(ArithmeticOperator Operator, NumberNode Operand);

/// <summary>Numbers worked out from left to right. No number where one of them is none, or a result does not fit.</summary>
public sealed record ArithmeticNode(ExpressionSpan Span, NumberNode First, ImmutableArray<ArithmeticStep> Steps) : NumberNode(Span)
{
    public override bool IsPlain { get; } =
        First.IsPlain && Steps.All(static step => step.Operator == ArithmeticOperator.Add && step.Operand.IsPlain);

    public override OctetsNode ToOctets() =>
        IsPlain ? new ConcatNode(Span, [First.ToOctets(), .. Steps.Select(static step => step.Operand.ToOctets())]) : base.ToOctets();
}

/// <summary>A minus before a number.</summary>
public sealed record NegateNode(ExpressionSpan Span, NumberNode Operand) : NumberNode(Span);

/// <summary>uint(octets) and int(octets): 1 to 8 octets, most significant first; no number for other lengths.</summary>
public sealed record OctetsAsNumberNode(ExpressionSpan Span, OctetsNode Operand, bool Signed) : NumberNode(Span);

/// <summary>number(text): decimal digits, a minus allowed before them; no number for other text.</summary>
public sealed record TextAsNumberNode(ExpressionSpan Span, OctetsNode Operand) : NumberNode(Span);

/// <summary>length(octets): how many.</summary>
public sealed record LengthNode(ExpressionSpan Span, OctetsNode Operand) : NumberNode(Span);

/// <summary>ifelse(condition, then, else) between numbers.</summary>
public sealed record NumberChoiceNode(ExpressionSpan Span, BooleanNode Condition, NumberNode Then, NumberNode Else) : NumberNode(Span)
{
    public override bool IsPlain => Then.IsPlain && Else.IsPlain;

    public override OctetsNode ToOctets() => new ChoiceNode(Span, Condition, Then.ToOctets(), Else.ToOctets());
}
