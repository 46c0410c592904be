using System.Collections.Immutable;

namespace Leasehold.Configuration.Expressions;

/// <summary>An expression over a packet, as a configuration has it: read, typed and checked. Immutable.</summary>
/// <param name="Text">As it is written; the nodes' spans are places in it.</param>
/// <param name="ClassNames">The classes that member() asks for, each once; <see cref="MemberNode.Slot"/> counts in here.</param>
public abstract record Expression(string Text, ImmutableArray<string> ClassNames);

/// <summary>A condition: true or false for every packet.</summary>
public sealed record BooleanExpression(string Text, ImmutableArray<string> ClassNames, BooleanNode Root) : Expression(Text, ClassNames);

/// <summary>A value: octets for every packet, none where the packet lacks what is asked for.</summary>
public sealed record OctetsExpression(string Text, ImmutableArray<string> ClassNames, OctetsNode Root) : Expression(Text, ClassNames);

/// <summary>Where a part stands in the text of its expression, in UTF-16 units. Without a length for the equality inside "!=", which is not written.</summary>
public readonly record struct ExpressionSpan(int Offset, int Length)
{
    /// <summary>From the beginning of this one to the end of another that stands behind it.</summary>
    public ExpressionSpan To(ExpressionSpan last) => new(Offset, last.Offset + last.Length - Offset);
}

/// <summary>A part of an expression. Its type is its class, so that a tree whose types do not fit cannot be built.</summary>
/// <remarks>Operators that are written several times in a row are one node with many operands: the height of a tree is bounded by its brackets.</remarks>
public abstract record ExpressionNode(ExpressionSpan Span);

/// <summary>A part that is true or false.</summary>
public abstract record BooleanNode(ExpressionSpan Span) : ExpressionNode(Span);

/// <summary>A part that gives octets.</summary>
public abstract record OctetsNode(ExpressionSpan Span) : ExpressionNode(Span);

/// <summary>A part that gives a whole number from −2^63 to 2^63−1, or no number where the packet lacks what is asked for.</summary>
public abstract record NumberNode(ExpressionSpan Span) : ExpressionNode(Span)
{
    /// <summary>True for literals, fields of the packet and sums of them: where octets are wanted, "+" joins these instead of adding them.</summary>
    public virtual bool IsPlain => false;

    /// <summary>The same where octets are wanted.</summary>
    public virtual OctetsNode ToOctets() => new NumberOctetsNode(Span, this);
}
