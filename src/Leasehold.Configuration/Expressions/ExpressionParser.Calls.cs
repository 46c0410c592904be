using System.Collections.Immutable;

namespace Leasehold.Configuration.Expressions;

/// <content>Functions.</content>
public sealed partial class ExpressionParser
{
    private ExpressionNode? Call(ExpressionToken token, ExpressionFunction function)
    {
        if (!Take("(", function.Form)) return null;
        var arguments = ImmutableArray.CreateBuilder<ExpressionNode>(function.Parameters.Length);
        foreach (char parameter in function.Parameters)
        {
            if (arguments.Count > 0 && !Take(",", function.Form)) return null;
            if (Argument(parameter) is not { } argument) return null;
            arguments.Add(argument);
        }

        return Take(")", function.Form) ? function.Make(From(token.Span), arguments.DrainToImmutable()) : null;
    }

    private ExpressionNode? Argument(char parameter)
    {
        if (parameter == 'l' && Current.IsWord("all"))
        {
            next++;
            return new NumberLiteralNode(tokens[next - 1].Span, long.MaxValue);
        }

        if (Nested(Or) is not { } argument) return null;
        return parameter switch
        {
            'b' => AsBoolean(argument),
            'o' => AsOctets(argument),
            'v' when argument is NumberNode => argument,
            'v' => AsOctets(argument),
            _ => AsNumber(argument),
        };
    }
}
