using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Leasehold.Configuration.Expressions;

/// <summary>option[…].exists, and the same of relays and vendors.</summary>
public sealed record OptionExistsNode(ExpressionSpan Span, OptionPath Path) : BooleanNode(Span);

/// <summary>vendor[…].exists and vendor-class[…].exists.</summary>
/// <param name="Enterprise">The enterprise's number; null for any.</param>
public sealed record VendorExistsNode(ExpressionSpan Span, VendorOption Option, uint? Enterprise) : BooleanNode(Span);

/// <summary>member('NAME'), known and unknown.</summary>
/// <param name="Slot">The name's place in <see cref="Expression.ClassNames"/>.</param>
public sealed record MemberNode(ExpressionSpan Span, string ClassName, int Slot) : BooleanNode(Span);

/// <summary>not, and "!=" around an equality.</summary>
public sealed record NotNode(ExpressionSpan Span, BooleanNode Operand) : BooleanNode(Span);

/// <summary>and: from left to right, until one is false.</summary>
public sealed record AndNode(ExpressionSpan Span, ImmutableArray<BooleanNode> Operands) : BooleanNode(Span);

/// <summary>or: from left to right, until one is true.</summary>
public sealed record OrNode(ExpressionSpan Span, ImmutableArray<BooleanNode> Operands) : BooleanNode(Span);

/// <summary>== between octets.</summary>
public sealed record OctetsEqualNode(ExpressionSpan Span, OctetsNode Left, OctetsNode Right) : BooleanNode(Span);

/// <summary>How two numbers are compared.</summary>
public enum NumberComparison
{
    /// <summary>Also true where neither is a number.</summary>
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>A comparison of numbers. False where one of both is no number.</summary>
public sealed record CompareNode(ExpressionSpan Span, NumberComparison Comparison, NumberNode Left, NumberNode Right) : BooleanNode(Span);

/// <summary>in, with a prefix or a set of octets and prefixes.</summary>
public sealed record OctetsInNode(ExpressionSpan Span, OctetsNode Operand, ImmutableArray<SetElement> Set) : BooleanNode(Span);

/// <summary>in, with a set of numbers. False for what is no number.</summary>
public sealed record NumberInNode(ExpressionSpan Span, NumberNode Operand, ImmutableArray<NumberNode> Set) : BooleanNode(Span);

/// <summary>An element of a set: octets to be equal to, or a prefix that holds the address.</summary>
/// <param name="Octets">Null for a prefix.</param>
/// <param name="Prefix">Null for octets.</param>
public readonly record struct SetElement(OctetsNode? Octets, AddressPrefix? Prefix);

/// <summary>10.0.0.0/8 or 2001:db8::/32.</summary>
/// <param name="Network">The first address, 4 or 16 octets, bits after the length zero.</param>
/// <param name="Length">In bits.</param>
public sealed record AddressPrefix(ImmutableArray<byte> Network, int Length)
{
    /// <summary>True for an address of the prefix's family that begins with its bits.</summary>
    public bool Contains(ReadOnlySpan<byte> address)
    {
        if (address.Length != Network.Length) return false;
        int whole = Length / 8;
        ReadOnlySpan<byte> network = Network.AsSpan();
        if (!address[..whole].SequenceEqual(network[..whole])) return false;
        int rest = Length % 8;
        return rest == 0 || (address[whole] ^ network[whole]) >> (8 - rest) == 0;
    }
}

/// <summary>match('PATTERN', octets): the pattern fits all of the octets.</summary>
/// <param name="Pattern">Over characters that stand for one octet each; takes linear time.</param>
public sealed record MatchNode(ExpressionSpan Span, Regex Pattern, OctetsNode Operand) : BooleanNode(Span);
