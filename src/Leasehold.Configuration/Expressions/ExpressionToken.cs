using System.Collections.Immutable;

namespace Leasehold.Configuration.Expressions;

internal enum ExpressionTokenKind
{
    Word,
    Number,

    /// <summary>Text in quotes.</summary>
    Text,

    /// <summary>0x… or an address.</summary>
    Octets,
    Prefix,
    Symbol,
    End,
}

/// <summary>A token: its text as written, and what it means.</summary>
/// <param name="Octets">Of Text and Octets: their octets. Of a prefix: its network.</param>
/// <param name="Number">Of a number: its value. Of a prefix: its length.</param>
internal readonly record struct ExpressionToken(
    ExpressionTokenKind Kind, ExpressionSpan Span, string Text, ImmutableArray<byte> Octets = default, long Number = 0)
{
    public bool Is(string symbol) => Kind == ExpressionTokenKind.Symbol && Text == symbol;

    public bool IsWord(string word) => Kind == ExpressionTokenKind.Word && Text == word;

    /// <summary>For a message: "'abc'", or "the expression ends".</summary>
    public string Stands => Kind == ExpressionTokenKind.End ? "the expression ends" : $"{Quoted} stands";

    /// <summary>The text between quotes; a text that has quotes itself stays as it is.</summary>
    public string Quoted => Kind == ExpressionTokenKind.Text ? Text : $"'{Text}'";
}
