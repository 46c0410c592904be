using System.Collections.Immutable;

namespace Leasehold.Configuration.Expressions;

/// <summary>Octets that stand in the expression: 'text', 0x0a0b or an address.</summary>
public sealed record LiteralNode(ExpressionSpan Span, ImmutableArray<byte> Octets) : OctetsNode(Span);

/// <summary>.hex of an option: the octets of its value; none when it is absent.</summary>
public sealed record OptionHexNode(ExpressionSpan Span, OptionPath Path) : OctetsNode(Span);

/// <summary>.text of an option: its value as its definition writes it; none when it is absent.</summary>
public sealed record OptionTextNode(ExpressionSpan Span, OptionPath Path) : OctetsNode(Span);

/// <summary>A field that is octets.</summary>
public sealed record FieldNode(ExpressionSpan Span, PacketField Field) : OctetsNode(Span);

/// <summary>relay6[N].peeraddr and .linkaddr.</summary>
/// <param name="Nest">0 is the relay next to the server, −1 the one next to the client.</param>
public sealed record RelayAddressNode(ExpressionSpan Span, int Nest, RelayAddress Address) : OctetsNode(Span);

/// <summary>vendor-class[…].data[…].</summary>
/// <param name="Enterprise">The enterprise's number; null for any.</param>
/// <param name="Index">Which piece of data, from 0.</param>
public sealed record VendorClassDataNode(ExpressionSpan Span, uint? Enterprise, int Index) : OctetsNode(Span);

/// <summary>substring(octets, start, length).</summary>
public sealed record SubstringNode(ExpressionSpan Span, OctetsNode Operand, NumberNode Start, NumberNode Length) : OctetsNode(Span);

/// <summary>concat(a, b) and a + b.</summary>
public sealed record ConcatNode(ExpressionSpan Span, ImmutableArray<OctetsNode> Operands) : OctetsNode(Span);

/// <summary>ifelse(condition, then, else).</summary>
public sealed record ChoiceNode(ExpressionSpan Span, BooleanNode Condition, OctetsNode Then, OctetsNode Else) : OctetsNode(Span);

/// <summary>hexstring(octets, separator): lower-case hexadecimal.</summary>
public sealed record HexStringNode(ExpressionSpan Span, OctetsNode Operand, OctetsNode Separator) : OctetsNode(Span);

/// <summary>split(octets, delimiters, field), the first field is 1.</summary>
public sealed record SplitNode(ExpressionSpan Span, OctetsNode Operand, OctetsNode Delimiters, NumberNode Field) : OctetsNode(Span);

/// <summary>lcase(octets) and ucase(octets): the letters a to z alone.</summary>
public sealed record CaseNode(ExpressionSpan Span, OctetsNode Operand, bool ToUpper) : OctetsNode(Span);

/// <summary>addrtotext(octets): 4 octets as an IPv4 address, 16 as an IPv6 address, nothing for other lengths.</summary>
public sealed record AddressTextNode(ExpressionSpan Span, OctetsNode Operand) : OctetsNode(Span);

/// <summary>int8totext(octets) … uint32totext(octets): nothing for another length.</summary>
/// <param name="Width">1, 2 or 4 octets.</param>
public sealed record OctetsAsDecimalNode(ExpressionSpan Span, OctetsNode Operand, int Width, bool Signed) : OctetsNode(Span);

/// <summary>int8totext(number) … uint32totext(number): nothing for a number that does not fit.</summary>
/// <param name="Width">1, 2 or 4 octets.</param>
public sealed record NumberAsDecimalNode(ExpressionSpan Span, NumberNode Operand, int Width, bool Signed) : OctetsNode(Span);

/// <summary>A number where octets are wanted: four octets, most significant first; eight where four do not hold it.</summary>
public sealed record NumberOctetsNode(ExpressionSpan Span, NumberNode Operand) : OctetsNode(Span);
