using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Leasehold.Configuration.Kea;

namespace Leasehold.Configuration.Expressions;

/// <summary>Finds an option's code by its name and space; null when there is no such option.</summary>
public delegate uint? OptionCodeOf(string space, string name);

/// <summary>Text to a typed tree, by recursive descent: or, and, not, ==, +, then values.</summary>
public sealed class ExpressionParser
{
    /// <summary>Brackets and operators inside each other; deeper is no expression of a person, and would exhaust the stack.</summary>
    public const int MaxDepth = 100;

    private const byte RelayAgentInformation = 82;

    private readonly List<ExpressionToken> tokens;
    private readonly OptionCodeOf codeOf;
    private int next;
    private int depth;
    private ExpressionError? failure;

    private ExpressionParser(List<ExpressionToken> tokens, OptionCodeOf codeOf)
    {
        this.tokens = tokens;
        this.codeOf = codeOf;
    }

    private ExpressionToken Current => tokens[next];

    /// <summary>Reads an expression that must give the wanted type.</summary>
    /// <param name="codeOf">Resolves option[NAME]; null when only codes are known.</param>
    /// <returns>False with the first mistake; never throws.</returns>
    public static bool TryParse(
        string text, ExpressionType wanted, [NotNullWhen(true)] out Expression? expression, out ExpressionError error, OptionCodeOf? codeOf = null)
    {
        expression = null;
        if (!ExpressionLexer.TrySplit(text, out List<ExpressionToken> tokens, out error)) return false;
        var parser = new ExpressionParser(tokens, codeOf ?? (static (_, _) => null));
        Expression? found = parser.Or();
        if (found is not null && parser.Current.Kind != ExpressionTokenKind.End)
            parser.Fail($"'{parser.Current.Text}' was not expected here", "join parts with and, or, == or +");
        else if (found is not null) parser.Require(found, wanted);
        error = parser.failure ?? default;
        expression = parser.failure is null ? found : null;
        return expression is not null;
    }

    private Expression? Or() => Chain("or", ExpressionOperation.Or, And);

    private Expression? And() => Chain("and", ExpressionOperation.And, Not);

    private Expression? Chain(string word, ExpressionOperation operation, Func<Expression?> inner)
    {
        Expression? left = inner();
        while (left is not null && Current is { Kind: ExpressionTokenKind.Word } token && token.Text == word)
        {
            next++;
            Expression? right = inner();
            if (right is null || !Require(left, ExpressionType.Boolean) || !Require(right, ExpressionType.Boolean)) return null;
            left = new OperationExpression(token.Offset, operation, ExpressionType.Boolean, [left, right]);
        }

        return left;
    }

    private Expression? Not()
    {
        if (Current is not { Kind: ExpressionTokenKind.Word, Text: "not" } token) return Equal();
        next++;
        if (Nested(Not) is not { } operand || !Require(operand, ExpressionType.Boolean)) return null;
        return new OperationExpression(token.Offset, ExpressionOperation.Not, ExpressionType.Boolean, [operand]);
    }

    private Expression? Equal()
    {
        Expression? left = Sum();
        if (left is null || Current is not { Text: "==", Kind: ExpressionTokenKind.Symbol } token) return left;
        next++;
        Expression? right = Sum();
        if (right is null || !Require(left, ExpressionType.Text) || !Require(right, ExpressionType.Text)) return null;
        return new OperationExpression(token.Offset, ExpressionOperation.Equal, ExpressionType.Boolean, [left, right]);
    }

    private Expression? Sum()
    {
        Expression? left = Value();
        while (left is not null && Current is { Text: "+", Kind: ExpressionTokenKind.Symbol } token)
        {
            next++;
            Expression? right = Value();
            if (right is null || !Require(left, ExpressionType.Text) || !Require(right, ExpressionType.Text)) return null;
            left = new OperationExpression(token.Offset, ExpressionOperation.Concat, ExpressionType.Text, [left, right]);
        }

        return left;
    }

    private Expression? Value()
    {
        ExpressionToken token = Current;
        switch (token.Kind)
        {
            case ExpressionTokenKind.Literal:
                next++;
                return new LiteralExpression(token.Offset, [.. token.Octets ?? []]);
            case ExpressionTokenKind.Symbol when token.Text == "(":
                next++;
                Expression? inner = Nested(Or);
                return inner is not null && Take(")") ? inner : null;
            case ExpressionTokenKind.Word:
                next++;
                return Named(token);
            case ExpressionTokenKind.End:
                return Fail("the expression ends where a value was expected", "complete it");
            default:
                return Fail(
                    $"'{token.Text}' stands where a value was expected",
                    "write a text in single quotes, 0x…, option[…], pkt4.… or a function");
        }
    }

    private Expression? Named(ExpressionToken token)
    {
        if (token.Text is "option" or "relay4") return Option(token);
        if (token.Text == "pkt4") return Field(token);
        if (ExpressionFunctions.All.FirstOrDefault(f => f.Name == token.Text) is { } function) return Call(token, function);
        next--;
        if (ExpressionFunctions.Later.Contains(token.Text, StringComparer.Ordinal))
            return Fail($"{token.Text} is not supported yet in expressions", "write the expression without it");
        string? near = NearestName.Of(token.Text, [.. ExpressionFunctions.All.Select(f => f.Name), "option", "relay4", "pkt4", "not"]);
        return Fail($"{token.Text} is not a word of expressions", near is null ? "texts stand in single quotes" : $"did you mean {near}?");
    }

    private MessageFieldExpression? Field(ExpressionToken token)
    {
        if (!Take(".")) return null;
        ExpressionToken name = Current;
        foreach ((string known, MessageField4 field) in ExpressionFunctions.MessageFields)
        {
            if (known != name.Text) continue;
            next++;
            return new(token.Offset, field);
        }

        IEnumerable<string> fields = ExpressionFunctions.MessageFields.Select(f => f.Name);
        string? near = NearestName.Of(name.Text, fields);
        Fail(
            $"'{name.Text}' is not a field of pkt4",
            near is null ? $"the fields are {string.Join(", ", fields)}" : $"did you mean {near}?");
        return null;
    }

    private OptionExpression? Option(ExpressionToken token)
    {
        bool relay = token.Text == "relay4";
        if (Code(relay ? "dhcp-agent-options-space" : "dhcp4") is not { } code || !Take(".")) return null;
        byte? sub = null;
        if (!relay && Current is { Kind: ExpressionTokenKind.Word, Text: "option" })
        {
            next++;
            if (Code(space: null) is not { } inner || !Take(".")) return null;
            sub = inner;
        }

        OptionAspect? aspect = Current.Text switch
        {
            "hex" => OptionAspect.Hex,
            "text" => OptionAspect.Text,
            "exists" => OptionAspect.Exists,
            _ => null,
        };
        if (aspect is null)
        {
            Fail($"'{Current.Text}' is not what an option has", "write .hex, .text or .exists");
            return null;
        }

        next++;
        return relay
            ? new(token.Offset, RelayAgentInformation, code, aspect.Value)
            : new(token.Offset, code, sub, aspect.Value);
    }

    private byte? Code(string? space)
    {
        if (!Take("[")) return null;
        ExpressionToken token = Current;
        uint? code = token.Kind switch
        {
            ExpressionTokenKind.Number when uint.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) => number,
            ExpressionTokenKind.Word when space is not null => codeOf(space, token.Text),
            _ => null,
        };
        if (code is not (>= 0 and <= 255))
        {
            Fail(
                $"'{token.Text}' is not an option{(space is null ? "'s code" : $" of {space}")}",
                "write a code from 0 to 255, or the name of a known option");
            return null;
        }

        next++;
        return Take("]") ? (byte)code : null;
    }

    private OperationExpression? Call(ExpressionToken token, ExpressionFunction function)
    {
        if (!Take("(")) return null;
        var arguments = ImmutableArray.CreateBuilder<Expression>(function.Parameters.Length);
        foreach (ExpressionType wanted in function.Parameters)
        {
            if (arguments.Count > 0 && !Take(",", function.Form)) return null;
            Expression? argument = wanted == ExpressionType.Number ? Number(function) : Nested(Or);
            if (argument is null || !Require(argument, wanted)) return null;
            arguments.Add(argument);
        }

        return Take(")", function.Form) ? new(token.Offset, function.Operation, function.Result, arguments.DrainToImmutable()) : null;
    }

    private NumberExpression? Number(ExpressionFunction function)
    {
        ExpressionToken token = Current;
        int value = int.MaxValue;
        bool valid = token is { Kind: ExpressionTokenKind.Word, Text: "all" }
            || (token.Kind == ExpressionTokenKind.Number && int.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value));
        if (!valid)
        {
            Fail($"'{token.Text}' stands where a number was expected", $"the form is {function.Form}");
            return null;
        }

        next++;
        return new(token.Offset, value);
    }

    private Expression? Nested(Func<Expression?> inner)
    {
        if (++depth > MaxDepth) return Fail($"the expression is nested more than {MaxDepth} deep", "make it simpler");
        Expression? found = inner();
        depth--;
        return found;
    }

    private bool Take(string symbol, string? form = null)
    {
        if (Current.Kind == ExpressionTokenKind.Symbol && Current.Text == symbol)
        {
            next++;
            return true;
        }

        string found = Current.Kind == ExpressionTokenKind.End ? "the expression ends" : $"'{Current.Text}' stands";
        Fail($"{found} where '{symbol}' was expected", form is null ? null : $"the form is {form}");
        return false;
    }

    private bool Require(Expression expression, ExpressionType wanted)
    {
        if (expression.Type == wanted) return true;
        failure ??= wanted == ExpressionType.Boolean
            ? new(expression.Offset, "this gives a text where true or false was expected", "compare it with == , or ask for .exists")
            : new(expression.Offset, "this gives true or false where a text was expected", "write ifelse(CONDITION, TEXT, TEXT)");
        return false;
    }

    private Expression? Fail(string message, string? remedy)
    {
        failure ??= new(Current.Offset, message, remedy);
        return null;
    }
}
