using System.Collections.Immutable;
using Leasehold.Configuration.Kea;

namespace Leasehold.Configuration.Expressions;

/// <content>Literals, fields of the packet, and words.</content>
public sealed partial class ExpressionParser
{
    private static readonly string[] Sources = ["option", "relay4", "relay6", "pkt", "pkt4", "pkt6", "vendor", "vendor-class", "member", "match", "known", "unknown", "not"];

    private ExpressionNode? Value()
    {
        ExpressionToken token = Current;
        switch (token.Kind)
        {
            case ExpressionTokenKind.Text or ExpressionTokenKind.Octets:
                next++;
                return new LiteralNode(token.Span, token.Octets);
            case ExpressionTokenKind.Number:
                next++;
                return new NumberLiteralNode(token.Span, token.Number);
            case ExpressionTokenKind.Prefix:
                return Fail($"the prefix {token.Text} stands where a value was expected", "a prefix stands after in, as in pkt4.giaddr in 10.0.0.0/8");
            case ExpressionTokenKind.Symbol when token.Text == "(":
                next++;
                ExpressionNode? inner = Nested(Or);
                return inner is not null && Take(")") ? inner : null;
            case ExpressionTokenKind.Word:
                next++;
                return Named(token);
            case ExpressionTokenKind.End:
                return Fail("the expression ends where a value was expected", "complete it");
            default:
                return Fail(
                    $"'{token.Text}' stands where a value was expected",
                    "write a text in single quotes, 0x…, a number, option[…], pkt4.… or a function");
        }
    }

    private ExpressionNode? Named(ExpressionToken token)
    {
        switch (token.Text)
        {
            case "option": return Option(token);
            case "relay4": return IsOf(token, ExpressionFamily.V4, "relay6[0].option[…]") ? Relay4(token) : null;
            case "relay6": return IsOf(token, ExpressionFamily.V6, "relay4[…]") ? Relay6(token) : null;
            case "vendor": return Vendor(token, VendorOption.Options);
            case "vendor-class": return Vendor(token, VendorOption.Class);
            case "pkt": return Field(token, PacketFields.Any);
            case "pkt4": return IsOf(token, ExpressionFamily.V4, "pkt6.…") ? Field(token, PacketFields.V4) : null;
            case "pkt6": return IsOf(token, ExpressionFamily.V6, "pkt4.…") ? Field(token, PacketFields.V6) : null;
            case "member": return Member(token);
            case "known": return MemberOf(token.Span, "KNOWN");
            case "unknown": return new NotNode(token.Span, MemberOf(token.Span, "KNOWN"));
            case "match": return Match(token);
        }

        foreach (ExpressionFunction function in ExpressionFunction.All)
        {
            if (function.Name == token.Text) return Call(token, function);
        }

        next--;
        string? near = NearestName.Of(token.Text, [.. ExpressionFunction.All.Select(static f => f.Name), .. Sources]);
        return Fail($"{token.Text} is not a word of expressions", near is null ? "texts stand in single quotes" : $"did you mean {near}?");
    }

    /// <summary>True when the word exists in the family; otherwise that is told.</summary>
    private bool IsOf(ExpressionToken token, ExpressionFamily family, string instead)
    {
        if (options.Family == family) return true;
        (string of, string here) = family == ExpressionFamily.V4 ? ("DHCPv4", "DHCPv6") : ("DHCPv6", "DHCPv4");
        FailAt(token.Span.Offset, $"{token.Text} exists in {of} only, and this expression is for {here}", $"write {instead}");
        return false;
    }

    private ExpressionNode? Field(ExpressionToken token, ImmutableArray<PacketFields.Row> fields)
    {
        if (!Take(".")) return null;
        ExpressionToken name = Current;
        foreach (PacketFields.Row row in fields)
        {
            if (row.Name != name.Text) continue;
            next++;
            ExpressionSpan span = From(token.Span);
            if (row.Octets is { } octets) return new FieldNode(span, octets);
            if (row.Number is { } number) return new NumberFieldNode(span, number);
        }

        IEnumerable<string> names = fields.Select(static row => row.Name);
        string? near = NearestName.Of(name.Text, names);
        return FailPart(
            token.Text,
            near is null ? $"its parts are {string.Join(", ", names)}" : $"did you mean {near}?");
    }

    private MemberNode? Member(ExpressionToken token)
    {
        const string form = "member('NAME')";
        if (!Take("(", form)) return null;
        ExpressionToken name = Current;
        if (name.Kind != ExpressionTokenKind.Text || name.Octets.IsEmpty)
        {
            Fail($"{name.Stands} where the name of a class was expected", $"the form is {form}");
            return null;
        }

        next++;
        return Take(")", form) ? MemberOf(From(token.Span), name.Text[1..^1]) : null;
    }

    private MemberNode MemberOf(ExpressionSpan span, string name)
    {
        int slot = classNames.IndexOf(name);
        if (slot < 0)
        {
            slot = classNames.Count;
            classNames.Add(name);
        }

        return new(span, name, slot);
    }

    private MatchNode? Match(ExpressionToken token)
    {
        const string form = "match('PATTERN', VALUE)";
        if (!Take("(", form)) return null;
        ExpressionToken pattern = Current;
        if (pattern.Kind != ExpressionTokenKind.Text)
        {
            Fail($"{pattern.Stands} where a pattern was expected", $"write it as a text: the form is {form}");
            return null;
        }

        next++;
        if (OctetsPattern.TryCompile(pattern.Text[1..^1], out OctetsPattern.Result compiled))
            return Take(",", form) && Nested(Or) is { } value && AsOctets(value) is { } octets && Take(")", form)
                ? new(From(token.Span), compiled.Pattern, octets)
                : null;
        FailAt(pattern.Span.Offset + 1 + compiled.Offset, compiled.Problem, compiled.Remedy);
        return null;
    }
}
