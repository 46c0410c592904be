using System.Collections.Immutable;
using System.Globalization;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Expressions;

/// <content>Options, and the options inside them; relays and vendors.</content>
public sealed partial class ExpressionParser
{
    private const ushort RelayAgentInformation = 82;

    /// <summary>RFC 8415 §7.6 lets a message come through 8 relays; the established server allows places up to 31, and so they are taken here.</summary>
    private const int MaxNest = 32;

    private ExpressionNode? Option(ExpressionToken token) =>
        Step(options.MessageSpace) is { } first ? Path(token, OptionSource.Message, 0, enterprise: null, [first]) : null;

    private ExpressionNode? Relay4(ExpressionToken token)
    {
        OptionStep container = options.Step(OptionSpace.Dhcp4, RelayAgentInformation);
        return Step(OptionSpace.RelayAgent) is { } first ? Path(token, OptionSource.Message, 0, enterprise: null, [container, first]) : null;
    }

    private ExpressionNode? Relay6(ExpressionToken token)
    {
        if (!Take("[")) return null;
        bool negative = Current.Is("-");
        if (negative) next++;
        ExpressionToken number = Current;
        if (number.Kind != ExpressionTokenKind.Number || number.Number > (negative ? MaxNest : MaxNest - 1))
            return Fail(
                $"{number.Stands} where the place of a relay was expected",
                $"write 0 for the relay next to the server, -1 for the one next to the client, at most {MaxNest - 1} and at least -{MaxNest}");
        next++;
        int nest = (int)(negative ? -number.Number : number.Number);
        if (!Take("]") || !Take(".")) return null;
        ExpressionToken what = Current;
        next++;
        switch (what.Text)
        {
            case "peeraddr": return new RelayAddressNode(From(token.Span), nest, RelayAddress.Peer);
            case "linkaddr": return new RelayAddressNode(From(token.Span), nest, RelayAddress.Link);
            case "option": return Step(options.MessageSpace) is { } first ? Path(token, OptionSource.Relay, nest, enterprise: null, [first]) : null;
        }

        next--;
        return FailPart("a relay", "write .peeraddr, .linkaddr or .option[…]");
    }

    private ExpressionNode? Vendor(ExpressionToken token, VendorOption option)
    {
        uint? enterprise = null;
        if (Current.Is("["))
        {
            next++;
            if (!TryEnterprise(token, out enterprise) || !Take("]")) return null;
        }
        else if (!(Current.Is(".") && tokens[next + 1].IsWord("enterprise")))
        {
            return Fail($"{Current.Stands} where '[' was expected", $"the form is {token.Text}[ENTERPRISE].… or {token.Text}.enterprise");
        }

        if (!Take(".")) return null;
        ExpressionToken what = Current;
        next++;
        switch (what.Text)
        {
            case "enterprise":
                return new VendorEnterpriseNode(From(token.Span), option, enterprise);
            case "exists":
                return new VendorExistsNode(From(token.Span), option, enterprise);
            case "option" when option == VendorOption.Options:
                string? space = enterprise is { } number ? ExpressionOptions.VendorSpace(number) : null;
                return Step(space) is { } first ? Path(token, OptionSource.Vendor, 0, enterprise, [first]) : null;
            case "data" when option == VendorOption.Class:
                return VendorData(token, enterprise);
        }

        next--;
        return FailPart(
            token.Text,
            option == VendorOption.Options ? "write .exists, .enterprise or .option[…]" : "write .exists, .enterprise, .data or .data[…]");
    }

    /// <summary>A number or *; 0 is * as well, as it always was.</summary>
    private bool TryEnterprise(ExpressionToken token, out uint? enterprise)
    {
        enterprise = null;
        ExpressionToken number = Current;
        if (number.Kind == ExpressionTokenKind.Number && number.Number <= uint.MaxValue)
        {
            if (number.Number > 0) enterprise = (uint)number.Number;
        }
        else if (!number.Is("*"))
        {
            Fail($"{number.Stands} where the number of an enterprise was expected", $"write it in digits, or {token.Text}[*] for any");
            return false;
        }

        next++;
        return true;
    }

    private VendorClassDataNode? VendorData(ExpressionToken token, uint? enterprise)
    {
        int index = 0;
        if (Current.Is("["))
        {
            next++;
            ExpressionToken number = Current;
            if (number.Kind != ExpressionTokenKind.Number || number.Number > byte.MaxValue)
            {
                Fail($"{number.Stands} where the place of a piece of data was expected", "write 0 for the first, at most 255");
                return null;
            }

            next++;
            index = (int)number.Number;
            if (!Take("]")) return null;
        }

        return new(From(token.Span), enterprise, index);
    }

    /// <summary>What follows the first option: options inside it, then .hex, .text or .exists.</summary>
    private ExpressionNode? Path(ExpressionToken token, OptionSource source, int nest, uint? enterprise, ImmutableArray<OptionStep> steps)
    {
        while (Take("."))
        {
            ExpressionToken what = Current;
            next++;
            OptionPath path = new(source, nest, enterprise, steps);
            switch (what.Text)
            {
                case "hex": return new OptionHexNode(From(token.Span), path);
                case "text": return new OptionTextNode(From(token.Span), path);
                case "exists": return new OptionExistsNode(From(token.Span), path);
                case "option" when steps.Length < MaxDepth:
                    if (Step(steps[^1].InnerSpace) is not { } inner) return null;
                    steps = steps.Add(inner);
                    continue;
                case "option":
                    return Fail($"options are inside each other more than {MaxDepth} deep", "a packet has no room for that");
            }

            next--;
            return FailPart("an option", "write .hex, .text, .exists or .option[…]");
        }

        return null;
    }

    /// <summary>[CODE] or [NAME].</summary>
    /// <param name="space">Where names are looked up; null when that is not known.</param>
    private OptionStep? Step(string? space)
    {
        if (!Take("[")) return null;
        ExpressionToken token = Current;
        ushort? code = null;
        if (token.Kind == ExpressionTokenKind.Number && token.Number <= options.MaxCode) code = (ushort)token.Number;
        else if (token.Kind == ExpressionTokenKind.Word && space is not null) code = options.Find(space, token.Text);
        if (code is null)
        {
            Fail(Unknown(token, space), Instead(token, space));
            return null;
        }

        next++;
        return Take("]") ? options.Step(space, code.Value) : null;
    }

    private static string Unknown(ExpressionToken token, string? space) => token.Kind switch
    {
        ExpressionTokenKind.Word when space is null => $"the name '{token.Text}' cannot be looked up: nobody defines what is inside this option",
        ExpressionTokenKind.Word or ExpressionTokenKind.Number => string.Create(CultureInfo.InvariantCulture, $"'{token.Text}' is not an option of {space ?? "this place"}"),
        _ => $"{token.Stands} where an option was expected",
    };

    private string Instead(ExpressionToken token, string? space)
    {
        string codes = string.Create(CultureInfo.InvariantCulture, $"a code from 0 to {options.MaxCode}");
        if (space is null) return $"write {codes}";
        string? near = token.Kind == ExpressionTokenKind.Word ? options.Near(space, token.Text) : null;
        return near is null ? $"write {codes}, or the name of a known option" : $"did you mean {near}?";
    }
}
