using System.Collections.Immutable;
using System.Text;
using Leasehold.Configuration.Expressions;

namespace Leasehold.UnitTests.Configuration.Expressions;

/// <summary>Shows a tree in one line, so that a test can say what it must be.</summary>
internal static class Tree
{
    public static string Show(ExpressionNode node) => node switch
    {
        OptionExistsNode n => $"{Show(n.Path)}.exists",
        VendorExistsNode n => $"{Show(n.Option, n.Enterprise)}.exists",
        MemberNode n => $"member({n.ClassName}#{n.Slot})",
        NotNode n => $"(not {Show(n.Operand)})",
        AndNode n => $"(and {Show(n.Operands)})",
        OrNode n => $"(or {Show(n.Operands)})",
        OctetsEqualNode n => $"(== {Show(n.Left)} {Show(n.Right)})",
        CompareNode n => $"({n.Comparison} {Show(n.Left)} {Show(n.Right)})",
        OctetsInNode n => $"(in {Show(n.Operand)} {string.Join(' ', n.Set.Select(Show))})",
        NumberInNode n => $"(in {Show(n.Operand)} {Show(n.Set)})",
        MatchNode n => $"(match {n.Pattern} {Show(n.Operand)})",
        LiteralNode n => Show(n.Octets),
        OptionHexNode n => $"{Show(n.Path)}.hex",
        OptionTextNode n => $"{Show(n.Path)}.text",
        FieldNode n => $"{n.Field}",
        RelayAddressNode n => $"relay6[{n.Nest}].{n.Address}",
        VendorClassDataNode n => $"{Show(VendorOption.Class, n.Enterprise)}.data[{n.Index}]",
        SubstringNode n => $"(substring {Show(n.Operand)} {Show(n.Start)} {Show(n.Length)})",
        ConcatNode n => $"(concat {Show(n.Operands)})",
        ChoiceNode n => $"(ifelse {Show(n.Condition)} {Show(n.Then)} {Show(n.Else)})",
        HexStringNode n => $"(hexstring {Show(n.Operand)} {Show(n.Separator)})",
        SplitNode n => $"(split {Show(n.Operand)} {Show(n.Delimiters)} {Show(n.Field)})",
        CaseNode n => $"({(n.ToUpper ? "ucase" : "lcase")} {Show(n.Operand)})",
        AddressTextNode n => $"(addrtotext {Show(n.Operand)})",
        OctetsAsDecimalNode n => $"(decimal{(n.Signed ? "-" : "+")}{n.Width} {Show(n.Operand)})",
        NumberAsDecimalNode n => $"(decimal{(n.Signed ? "-" : "+")}{n.Width} {Show(n.Operand)})",
        NumberOctetsNode n => $"(octets {Show(n.Operand)})",
        NumberLiteralNode { Value: long.MaxValue } => "all",
        NumberLiteralNode n => $"{n.Value}",
        NumberFieldNode n => $"{n.Field}",
        VendorEnterpriseNode n => $"{Show(n.Option, n.Enterprise)}.enterprise",
        ArithmeticNode n => $"({Show(n.First)}{string.Concat(n.Steps.Select(s => $" {s.Operator} {Show(s.Operand)}"))})",
        NegateNode n => $"(- {Show(n.Operand)})",
        OctetsAsNumberNode n => $"({(n.Signed ? "int" : "uint")} {Show(n.Operand)})",
        TextAsNumberNode n => $"(number {Show(n.Operand)})",
        LengthNode n => $"(length {Show(n.Operand)})",
        NumberChoiceNode n => $"(ifelse {Show(n.Condition)} {Show(n.Then)} {Show(n.Else)})",
        _ => throw new InvalidOperationException($"the tree does not know {node.GetType()}"),
    };

    private static string Show<TNode>(ImmutableArray<TNode> nodes)
        where TNode : ExpressionNode => string.Join(' ', nodes.Select(Show));

    private static string Show(SetElement element) =>
        element.Prefix is { } prefix ? $"{Show(prefix.Network)}/{prefix.Length}" : Show(element.Octets!);

    private static string Show(ImmutableArray<byte> octets) => octets.All(o => char.IsAsciiLetter((char)o) || o == ':')
        ? $"'{Encoding.ASCII.GetString(octets.AsSpan())}'"
        : $"0x{Convert.ToHexStringLower(octets.AsSpan())}";

    private static string Show(VendorOption option, uint? enterprise) =>
        $"{(option == VendorOption.Class ? "vendor-class" : "vendor")}[{(enterprise is { } number ? number : "*")}]";

    private static string Show(OptionPath path) => path.Source switch
    {
        OptionSource.Relay => $"relay6[{path.Nest}].",
        OptionSource.Vendor => $"{Show(VendorOption.Options, path.Enterprise)}.",
        _ => "",
    } + string.Join('.', path.Steps.Select(step => $"option[{step.Code}]"));
}
