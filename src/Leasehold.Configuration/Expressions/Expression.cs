using System.Collections.Immutable;

namespace Leasehold.Configuration.Expressions;

/// <summary>What an expression gives.</summary>
public enum ExpressionType
{
    /// <summary>Octets, none at all where the packet lacks what is asked for.</summary>
    Text,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A constant number: a position or a length, or "all".</summary>
    Number,
}

/// <summary>A node of an expression over a packet. Immutable and typed: the parser builds no tree whose types do not fit.</summary>
/// <param name="Offset">Where it begins in the expression's text, from 0.</param>
public abstract record Expression(int Offset)
{
    public abstract ExpressionType Type { get; }
}

/// <summary>Octets that stand in the expression: 'text', 0x0a0b or an address.</summary>
public sealed record LiteralExpression(int Offset, ImmutableArray<byte> Octets) : Expression(Offset)
{
    public override ExpressionType Type => ExpressionType.Text;
}

/// <summary>A number that stands in the expression; "all" is int.MaxValue.</summary>
public sealed record NumberExpression(int Offset, int Value) : Expression(Offset)
{
    public override ExpressionType Type => ExpressionType.Number;
}

/// <summary>Which part of an option is wanted.</summary>
public enum OptionAspect
{
    /// <summary>.hex: the value's octets; nothing when the option is absent.</summary>
    Hex,

    /// <summary>.text: the value as its type is written; nothing when the option is absent.</summary>
    Text,

    /// <summary>.exists: a Boolean.</summary>
    Exists,
}

/// <summary>option[61].hex, option[43].option[1].exists or relay4[1].hex.</summary>
/// <param name="Code">The option of the message; 82 for relay4[…].</param>
/// <param name="SubCode">A sub-option of it; null for the option itself.</param>
public sealed record OptionExpression(int Offset, byte Code, byte? SubCode, OptionAspect Aspect) : Expression(Offset)
{
    public override ExpressionType Type => Aspect == OptionAspect.Exists ? ExpressionType.Boolean : ExpressionType.Text;
}

/// <summary>The fields of a DHCPv4 message that an expression may name (RFC 2131 §2).</summary>
public enum MessageField4
{
    /// <summary>pkt4.mac: the used octets of chaddr.</summary>
    Mac,

    /// <summary>pkt4.hlen, four octets.</summary>
    Hlen,

    /// <summary>pkt4.htype, four octets.</summary>
    Htype,

    Ciaddr,
    Giaddr,
    Yiaddr,
    Siaddr,

    /// <summary>pkt4.msgtype: the message type (option 53), four octets.</summary>
    MessageType,

    /// <summary>pkt4.transid: xid, four octets.</summary>
    TransactionId,
}

/// <summary>pkt4.FIELD. Numbers come as four octets, most significant first.</summary>
public sealed record MessageFieldExpression(int Offset, MessageField4 Field) : Expression(Offset)
{
    public override ExpressionType Type => ExpressionType.Text;
}

/// <summary>What an operator or a function does.</summary>
public enum ExpressionOperation
{
    Not,
    And,
    Or,
    Equal,

    /// <summary>concat(a, b) and a + b.</summary>
    Concat,

    /// <summary>substring(text, start, length): a negative start counts from the end, a negative length goes backwards, "all" to the end.</summary>
    Substring,

    /// <summary>hexstring(text, separator): lower-case hexadecimal.</summary>
    HexString,

    /// <summary>ifelse(condition, then, else).</summary>
    IfElse,
}

/// <summary>An operator or a function with its arguments.</summary>
public sealed record OperationExpression(int Offset, ExpressionOperation Operation, ExpressionType Result, ImmutableArray<Expression> Arguments)
    : Expression(Offset)
{
    public override ExpressionType Type => Result;
}

/// <summary>What is wrong with an expression.</summary>
/// <param name="Offset">Where, from 0.</param>
/// <param name="Message">What and why, as in <see cref="ConfigDiagnostic"/>.</param>
public readonly record struct ExpressionError(int Offset, string Message, string? Remedy);
