using System.Collections.Immutable;

namespace Leasehold.Configuration.Expressions;

/// <summary>One function of the language whose arguments have fixed types; a new one is a row here and a node.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Form">How it is written, for messages.</param>
/// <param name="Parameters">One letter an argument: o octets, n number, l a length ("all" allowed), b Boolean, v octets or a number.</param>
/// <param name="Make">The node of arguments that have these types.</param>
internal sealed record ExpressionFunction(string Name, string Form, string Parameters, Func<ExpressionSpan, ImmutableArray<ExpressionNode>, ExpressionNode> Make)
{
    public static readonly ImmutableArray<ExpressionFunction> All =
    [
        new("substring", "substring(VALUE, START, LENGTH) with \"all\" for the rest", "onl", static (s, a) => new SubstringNode(s, Octets(a[0]), Number(a[1]), Number(a[2]))),
        new("split", "split(VALUE, DELIMITERS, FIELD)", "oon", static (s, a) => new SplitNode(s, Octets(a[0]), Octets(a[1]), Number(a[2]))),
        new("concat", "concat(VALUE, VALUE)", "oo", static (s, a) => new ConcatNode(s, [Octets(a[0]), Octets(a[1])])),
        new("ifelse", "ifelse(CONDITION, VALUE, VALUE)", "bvv", Choice),
        new("hexstring", "hexstring(VALUE, SEPARATOR)", "oo", static (s, a) => new HexStringNode(s, Octets(a[0]), Octets(a[1]))),
        new("lcase", "lcase(VALUE)", "o", static (s, a) => new CaseNode(s, Octets(a[0]), ToUpper: false)),
        new("ucase", "ucase(VALUE)", "o", static (s, a) => new CaseNode(s, Octets(a[0]), ToUpper: true)),
        new("addrtotext", "addrtotext(ADDRESS)", "o", static (s, a) => new AddressTextNode(s, Octets(a[0]))),
        ToText("int8totext", width: 1, signed: true),
        ToText("int16totext", width: 2, signed: true),
        ToText("int32totext", width: 4, signed: true),
        ToText("uint8totext", width: 1, signed: false),
        ToText("uint16totext", width: 2, signed: false),
        ToText("uint32totext", width: 4, signed: false),
        new("uint", "uint(VALUE)", "o", static (s, a) => new OctetsAsNumberNode(s, Octets(a[0]), Signed: false)),
        new("int", "int(VALUE)", "o", static (s, a) => new OctetsAsNumberNode(s, Octets(a[0]), Signed: true)),
        new("number", "number(TEXT)", "o", static (s, a) => new TextAsNumberNode(s, Octets(a[0]))),
        new("length", "length(VALUE)", "o", static (s, a) => new LengthNode(s, Octets(a[0]))),
    ];

    private static ExpressionFunction ToText(string name, int width, bool signed) => new(name, $"{name}(VALUE)", "v", (s, a) =>
        a[0] is NumberNode number ? new NumberAsDecimalNode(s, number, width, signed) : new OctetsAsDecimalNode(s, Octets(a[0]), width, signed));

    private static ExpressionNode Choice(ExpressionSpan span, ImmutableArray<ExpressionNode> arguments)
    {
        var condition = (BooleanNode)arguments[0];
        return arguments[1] is NumberNode then && arguments[2] is NumberNode otherwise
            ? new NumberChoiceNode(span, condition, then, otherwise)
            : new ChoiceNode(span, condition, Octets(arguments[1]), Octets(arguments[2]));
    }

    // The parser has seen to the types; a number becomes octets where the other branch is octets.
    private static OctetsNode Octets(ExpressionNode node) => node is NumberNode number ? number.ToOctets() : (OctetsNode)node;

    private static NumberNode Number(ExpressionNode node) => (NumberNode)node;
}
