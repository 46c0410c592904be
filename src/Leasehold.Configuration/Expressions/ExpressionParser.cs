using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Expressions;

/// <summary>Text to a typed tree, by recursive descent: or, and, not, a comparison, + and −, * / %, a minus, values.</summary>
/// <remarks>docs/expressions.md is the language's reference.</remarks>
public sealed partial class ExpressionParser
{
    /// <summary>Brackets, functions and negations inside each other; deeper is no expression of a person, and would exhaust the stack.</summary>
    public const int MaxDepth = 100;

    private readonly string text;
    private readonly List<ExpressionToken> tokens;
    private readonly ExpressionOptions options;
    private readonly List<string> classNames = [];
    private int next;
    private int depth;
    private ExpressionError? failure;

    private ExpressionParser(string text, List<ExpressionToken> tokens, ExpressionOptions options)
    {
        this.text = text;
        this.tokens = tokens;
        this.options = options;
    }

    private ExpressionToken Current => tokens[next];

    /// <summary>The part from the given place to the token before the current one.</summary>
    private ExpressionSpan From(ExpressionSpan start) => start.To(tokens[next - 1].Span);

    /// <summary>Reads a condition. Options have their standard names.</summary>
    /// <returns>False with the first mistake; never throws.</returns>
    public static bool TryParseCondition(
        string text, ExpressionFamily family, [NotNullWhen(true)] out BooleanExpression? expression, out ExpressionError error) =>
        TryParseCondition(text, new ExpressionOptions(family, catalog: null), out expression, out error);

    /// <summary>Reads what gives a value. Options have their standard names.</summary>
    /// <returns>False with the first mistake; never throws.</returns>
    public static bool TryParseValue(
        string text, ExpressionFamily family, [NotNullWhen(true)] out OctetsExpression? expression, out ExpressionError error) =>
        TryParseValue(text, new ExpressionOptions(family, catalog: null), out expression, out error);

    /// <summary>Reads the condition that a text of a configuration is. A mistake is told with its place; null then.</summary>
    internal static BooleanExpression? ParseCondition(ConfigString source, Reading reading, ExpressionFamily family)
    {
        if (TryParseCondition(source.Value, new ExpressionOptions(family, reading.Options), out BooleanExpression? expression, out ExpressionError error)) return expression;
        reading.Error(source.At(error.Offset), error.Message, error.Remedy);
        return null;
    }

    /// <summary>Reads what gives a value, from a text of a configuration. A mistake is told with its place; null then.</summary>
    internal static OctetsExpression? ParseValue(ConfigString source, Reading reading, ExpressionFamily family)
    {
        if (TryParseValue(source.Value, new ExpressionOptions(family, reading.Options), out OctetsExpression? expression, out ExpressionError error)) return expression;
        reading.Error(source.At(error.Offset), error.Message, error.Remedy);
        return null;
    }

    private static bool TryParseCondition(
        string text, ExpressionOptions options, [NotNullWhen(true)] out BooleanExpression? expression, out ExpressionError error)
    {
        expression = TryParse(text, options, static (p, n) => p.AsBoolean(n), out BooleanNode? root, out ImmutableArray<string> classes, out error)
            ? new(text, classes, root)
            : null;
        return expression is not null;
    }

    private static bool TryParseValue(
        string text, ExpressionOptions options, [NotNullWhen(true)] out OctetsExpression? expression, out ExpressionError error)
    {
        expression = TryParse(text, options, static (p, n) => p.AsOctets(n), out OctetsNode? root, out ImmutableArray<string> classes, out error)
            ? new(text, classes, root)
            : null;
        return expression is not null;
    }

    private static bool TryParse<TNode>(
        string text,
        ExpressionOptions options,
        Func<ExpressionParser, ExpressionNode, TNode?> typed,
        [NotNullWhen(true)] out TNode? root,
        out ImmutableArray<string> classes,
        out ExpressionError error)
        where TNode : ExpressionNode
    {
        root = null;
        classes = [];
        if (!ExpressionLexer.TrySplit(text, out List<ExpressionToken> tokens, out error)) return false;
        var parser = new ExpressionParser(text, tokens, options);
        ExpressionNode? found = parser.Or();
        if (found is not null && parser.Current.Kind != ExpressionTokenKind.End)
            parser.Fail($"{parser.Current.Quoted} was not expected here", "join parts with and, or, == or +");
        else if (found is not null) root = typed(parser, found);
        error = parser.failure ?? default;
        if (parser.failure is not null) root = null;
        classes = [.. parser.classNames];
        return root is not null;
    }

    private BooleanNode? AsBoolean(ExpressionNode node)
    {
        if (node is BooleanNode boolean) return boolean;
        string found = node is NumberNode ? "a number" : "octets";
        FailAt(node.Span.Offset, $"this gives {found} where true or false was expected", "compare it with ==, or ask for .exists");
        return null;
    }

    /// <summary>Octets, also of a number.</summary>
    private OctetsNode? AsOctets(ExpressionNode node)
    {
        switch (node)
        {
            case OctetsNode octets:
                return octets;
            case NumberNode number:
                return number.ToOctets();
            default:
                FailAt(node.Span.Offset, "this gives true or false where octets were expected", "write ifelse(CONDITION, VALUE, VALUE)");
                return null;
        }
    }

    private NumberNode? AsNumber(ExpressionNode node)
    {
        if (node is NumberNode number) return number;
        bool octets = node is OctetsNode;
        FailAt(
            node.Span.Offset,
            $"this gives {(octets ? "octets" : "true or false")} where a number was expected",
            octets ? "write uint(…) for octets, number(…) for decimal digits, or length(…)" : "write ifelse(CONDITION, NUMBER, NUMBER)");
        return null;
    }

    private TNode? Nested<TNode>(Func<TNode?> inner)
        where TNode : ExpressionNode
    {
        if (++depth > MaxDepth)
        {
            Fail($"the expression is nested more than {MaxDepth} deep", "make it simpler");
            return null;
        }

        TNode? found = inner();
        depth--;
        return found;
    }

    private bool Take(string symbol, string? form = null)
    {
        if (Current.Is(symbol))
        {
            next++;
            return true;
        }

        Fail($"{Current.Stands} where '{symbol}' was expected", form is null ? null : $"the form is {form}");
        return false;
    }

    /// <summary>The current token is none of the parts that a word has.</summary>
    private ExpressionNode? FailPart(string owner, string remedy) => Fail(
        Current.Kind == ExpressionTokenKind.End
            ? $"the expression ends where a part of {owner} was expected"
            : $"{Current.Quoted} is not a part of {owner}",
        remedy);

    private ExpressionNode? Fail(string message, string? remedy) => FailAt(Current.Span.Offset, message, remedy);

    private ExpressionNode? FailAt(int offset, string message, string? remedy)
    {
        failure ??= new(offset, message, remedy);
        return null;
    }
}
