using System.Collections.Immutable;

namespace Leasehold.Configuration.Expressions;

/// <content>Operators, the weakest first.</content>
public sealed partial class ExpressionParser
{
    private ExpressionNode? Or() => Logical("or", And, static (span, operands) => new OrNode(span, operands));

    private ExpressionNode? And() => Logical("and", Not, static (span, operands) => new AndNode(span, operands));

    private ExpressionNode? Logical(
        string word, Func<ExpressionNode?> inner, Func<ExpressionSpan, ImmutableArray<BooleanNode>, BooleanNode> join)
    {
        ExpressionNode? first = inner();
        if (first is null || !Current.IsWord(word)) return first;
        var operands = ImmutableArray.CreateBuilder<BooleanNode>();
        ExpressionNode? operand = first;
        while (true)
        {
            if (operand is null || AsBoolean(operand) is not { } boolean) return null;
            operands.Add(boolean);
            if (!Current.IsWord(word)) return join(From(first.Span), operands.ToImmutable());
            next++;
            operand = inner();
        }
    }

    private ExpressionNode? Not()
    {
        if (!Current.IsWord("not")) return Comparison();
        ExpressionSpan start = Current.Span;
        next++;
        return Nested(Not) is { } operand && AsBoolean(operand) is { } boolean ? new NotNode(From(start), boolean) : null;
    }

    private ExpressionNode? Comparison()
    {
        ExpressionNode? left = Sum();
        if (left is null) return null;
        ExpressionToken token = Current;
        if (token.IsWord("in")) return In(left);
        NumberComparison? comparison = token.Kind != ExpressionTokenKind.Symbol ? null : token.Text switch
        {
            "==" or "!=" => NumberComparison.Equal,
            "<" => NumberComparison.Less,
            "<=" => NumberComparison.LessOrEqual,
            ">" => NumberComparison.Greater,
            ">=" => NumberComparison.GreaterOrEqual,
            _ => null,
        };
        if (comparison is null) return left;
        next++;
        if (Sum() is not { } right) return null;
        BooleanNode? compared = comparison == NumberComparison.Equal ? Equal(left, right) : Order(comparison.Value, left, right);
        return compared is not null && token.Text == "!=" ? new NotNode(compared.Span, compared with { Span = new(compared.Span.Offset, 0) }) : compared;
    }

    private BooleanNode? Equal(ExpressionNode left, ExpressionNode right)
    {
        if (left is NumberNode one && right is NumberNode other) return new CompareNode(From(left.Span), NumberComparison.Equal, one, other);
        if (AsOctets(left) is not { } first || AsOctets(right) is not { } second) return null;
        return new OctetsEqualNode(From(left.Span), first, second);
    }

    private CompareNode? Order(NumberComparison comparison, ExpressionNode left, ExpressionNode right) =>
        AsNumber(left) is { } one && AsNumber(right) is { } other ? new(From(left.Span), comparison, one, other) : null;

    private ExpressionNode? In(ExpressionNode left)
    {
        next++;
        List<ExpressionNode?> elements = [];
        List<AddressPrefix?> prefixes = [];
        if (Current.Kind == ExpressionTokenKind.Prefix)
        {
            prefixes.Add(Prefix());
            elements.Add(null);
        }
        else if (Current.Is("("))
        {
            do
            {
                next++;
                prefixes.Add(Current.Kind == ExpressionTokenKind.Prefix ? Prefix() : null);
                ExpressionNode? element = prefixes[^1] is null ? Nested(Sum) : null;
                if (element is null && prefixes[^1] is null) return null;
                elements.Add(element);
            }
            while (Current.Is(","));
            if (!Take(")", "in (VALUE, VALUE …)")) return null;
        }
        else
        {
            return Fail($"{Current.Stands} where a prefix or a set was expected", "write in 10.0.0.0/8, or in (VALUE, VALUE …)");
        }

        return left is NumberNode number ? NumberSet(number, elements) : OctetsSet(left, elements, prefixes);
    }

    private NumberInNode? NumberSet(NumberNode left, List<ExpressionNode?> elements)
    {
        var set = ImmutableArray.CreateBuilder<NumberNode>(elements.Count);
        foreach (ExpressionNode? element in elements)
        {
            if (element is null)
            {
                FailAt(left.Span.Offset, "this is a number, and a prefix holds addresses", "write an address before in");
                return null;
            }

            if (AsNumber(element) is not { } number) return null;
            set.Add(number);
        }

        return new(From(left.Span), left, set.DrainToImmutable());
    }

    private OctetsInNode? OctetsSet(ExpressionNode left, List<ExpressionNode?> elements, List<AddressPrefix?> prefixes)
    {
        if (AsOctets(left) is not { } operand) return null;
        var set = ImmutableArray.CreateBuilder<SetElement>(elements.Count);
        for (int i = 0; i < elements.Count; i++)
        {
            if (elements[i] is not { } element)
            {
                set.Add(new(Octets: null, prefixes[i]));
                continue;
            }

            if (element is NumberNode)
            {
                FailAt(element.Span.Offset, "this is a number, and before in stand octets", "write uint(…) before in, or octets here");
                return null;
            }

            if (AsOctets(element) is not { } octets) return null;
            set.Add(new(octets, Prefix: null));
        }

        return new(From(left.Span), operand, set.DrainToImmutable());
    }

    private AddressPrefix Prefix()
    {
        ExpressionToken token = Current;
        next++;
        return new(token.Octets, (int)token.Number);
    }

    /// <summary>Numbers are added and subtracted; as soon as one of the parts is octets, + joins all of them.</summary>
    private ExpressionNode? Sum()
    {
        ExpressionNode? first = Product();
        if (first is null || !(Current.Is("+") || Current.Is("-"))) return first;
        List<(ExpressionToken Operator, ExpressionNode Operand)> rest = [];
        while (Current.Is("+") || Current.Is("-"))
        {
            ExpressionToken token = Current;
            next++;
            if (Product() is not { } operand) return null;
            rest.Add((token, operand));
        }

        bool arithmetic = rest.Exists(static part => part.Operator.Text == "-") || (first is NumberNode && rest.TrueForAll(static part => part.Operand is NumberNode));
        return arithmetic ? Arithmetic(first, rest) : Join(first, rest);
    }

    private ConcatNode? Join(ExpressionNode first, List<(ExpressionToken Operator, ExpressionNode Operand)> rest)
    {
        var operands = ImmutableArray.CreateBuilder<OctetsNode>(rest.Count + 1);
        foreach (ExpressionNode operand in rest.Select(static part => part.Operand).Prepend(first))
        {
            if (AsOctets(operand) is not { } octets) return null;
            operands.Add(octets);
        }

        return new(From(first.Span), operands.DrainToImmutable());
    }

    private ExpressionNode? Product()
    {
        ExpressionNode? first = Signed();
        if (first is null || !IsFactor(Current)) return first;
        List<(ExpressionToken Operator, ExpressionNode Operand)> rest = [];
        while (IsFactor(Current))
        {
            ExpressionToken token = Current;
            next++;
            if (Signed() is not { } operand) return null;
            rest.Add((token, operand));
        }

        return Arithmetic(first, rest);

        static bool IsFactor(ExpressionToken token) => token.Is("*") || token.Is("/") || token.Is("%");
    }

    private ArithmeticNode? Arithmetic(ExpressionNode first, List<(ExpressionToken Operator, ExpressionNode Operand)> rest)
    {
        if (AsNumber(first) is not { } start) return null;
        var steps = ImmutableArray.CreateBuilder<ArithmeticStep>(rest.Count);
        foreach ((ExpressionToken token, ExpressionNode operand) in rest)
        {
            if (AsNumber(operand) is not { } number) return null;
            ArithmeticOperator what = token.Text switch
            {
                "+" => ArithmeticOperator.Add,
                "-" => ArithmeticOperator.Subtract,
                "*" => ArithmeticOperator.Multiply,
                "/" => ArithmeticOperator.Divide,
                _ => ArithmeticOperator.Remainder,
            };
            steps.Add(new(what, number));
        }

        return new(From(first.Span), start, steps.DrainToImmutable());
    }

    private ExpressionNode? Signed()
    {
        if (!Current.Is("-")) return Value();
        ExpressionSpan start = Current.Span;
        next++;
        if (Nested(Signed) is not { } operand || AsNumber(operand) is not { } number) return null;
        return number is NumberLiteralNode literal
            ? new NumberLiteralNode(From(start), -literal.Value)
            : new NegateNode(From(start), number);
    }
}
