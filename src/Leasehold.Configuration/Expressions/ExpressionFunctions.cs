using System.Collections.Immutable;

namespace Leasehold.Configuration.Expressions;

/// <summary>One function of the language.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Parameters">The types of its arguments.</param>
/// <param name="Form">How it is written, for messages.</param>
internal sealed record ExpressionFunction(
    string Name, ExpressionOperation Operation, ExpressionType Result, ImmutableArray<ExpressionType> Parameters, string Form);

/// <summary>The functions and fields of the language: a new one is a row here and a branch of the evaluator.</summary>
internal static class ExpressionFunctions
{
    private const ExpressionType Text = ExpressionType.Text;
    private const ExpressionType Number = ExpressionType.Number;
    private const ExpressionType Boolean = ExpressionType.Boolean;

    public static readonly ImmutableArray<ExpressionFunction> All =
    [
        new("concat", ExpressionOperation.Concat, Text, [Text, Text], "concat(TEXT, TEXT)"),
        new(
            "substring",
            ExpressionOperation.Substring,
            Text,
            [Text, Number, Number],
            "substring(TEXT, START, LENGTH) with \"all\" for the rest"),
        new("hexstring", ExpressionOperation.HexString, Text, [Text, Text], "hexstring(TEXT, SEPARATOR)"),
        new("ifelse", ExpressionOperation.IfElse, Text, [Boolean, Text, Text], "ifelse(CONDITION, TEXT, TEXT)"),
    ];

    public static readonly ImmutableArray<(string Name, MessageField4 Field)> MessageFields =
    [
        ("mac", MessageField4.Mac),
        ("hlen", MessageField4.Hlen),
        ("htype", MessageField4.Htype),
        ("ciaddr", MessageField4.Ciaddr),
        ("giaddr", MessageField4.Giaddr),
        ("yiaddr", MessageField4.Yiaddr),
        ("siaddr", MessageField4.Siaddr),
        ("msgtype", MessageField4.MessageType),
        ("transid", MessageField4.TransactionId),
    ];

    /// <summary>Words of the whole language that this version cannot evaluate; they get an answer of their own.</summary>
    public static readonly ImmutableArray<string> Later =
    [
        "member", "pkt", "pkt6", "relay6", "vendor", "vendor-class", "addrtotext", "lcase", "ucase", "split", "match",
        "int8totext", "int16totext", "int32totext", "uint8totext", "uint16totext", "uint32totext",
    ];
}
