using System.Text.RegularExpressions;
using Leasehold.Configuration.Expressions;
using Xunit;

namespace Leasehold.UnitTests.Configuration.Expressions;

public partial class ExpressionParserTests
{
    [Theory]
    [InlineData("'abc'", "'abc'")]
    [InlineData("''", "''")]
    [InlineData("'é'", "0xc3a9")]
    [InlineData("0x0A0b", "0x0a0b")]
    [InlineData("0Xabc", "0x0abc")]
    [InlineData("192.0.2.1", "0xc0000201")]
    [InlineData("2001:db8::1", "0x20010db8000000000000000000000001")]
    [InlineData("::", "0x00000000000000000000000000000000")]
    [InlineData("::ffff:192.0.2.1", "0x00000000000000000000ffffc0000201")]
    [InlineData("fe80::a", "0xfe80000000000000000000000000000a")]
    [InlineData("7", "(octets 7)")]
    [InlineData("4294967295", "(octets 4294967295)")]
    [InlineData("('abc')", "'abc'")]
    [InlineData("option[61].hex", "option[61].hex")]
    [InlineData("option[ 61 ] . hex", "option[61].hex")]
    [InlineData("option[host-name].text", "option[12].text")]
    [InlineData("option[43].option[2].hex", "option[43].option[2].hex")]
    [InlineData("option[43].option[1].option[2].option[3].hex", "option[43].option[1].option[2].option[3].hex")]
    [InlineData("option[dhcp-agent-options].option[circuit-id].hex", "option[82].option[1].hex")]
    [InlineData("relay4[1].hex", "option[82].option[1].hex")]
    [InlineData("relay4[remote-id].text", "option[82].option[2].text")]
    [InlineData("relay4[9].option[1].hex", "option[82].option[9].option[1].hex")]
    [InlineData("pkt.iface", "Interface")]
    [InlineData("pkt.src", "Source")]
    [InlineData("pkt.dst", "Destination")]
    [InlineData("pkt.len", "(octets Length)")]
    [InlineData("pkt4.mac", "Mac")]
    [InlineData("pkt4.hlen", "(octets Hlen)")]
    [InlineData("pkt4.htype", "(octets Htype)")]
    [InlineData("pkt4.ciaddr", "Ciaddr")]
    [InlineData("pkt4.giaddr", "Giaddr")]
    [InlineData("pkt4.yiaddr", "Yiaddr")]
    [InlineData("pkt4.siaddr", "Siaddr")]
    [InlineData("pkt4.msgtype", "(octets MessageType)")]
    [InlineData("pkt4.transid", "(octets TransactionId)")]
    [InlineData("vendor.enterprise", "(octets vendor[*].enterprise)")]
    [InlineData("vendor-class.enterprise", "(octets vendor-class[*].enterprise)")]
    [InlineData("vendor[4491].enterprise", "(octets vendor[4491].enterprise)")]
    [InlineData("vendor[4491].option[2].hex", "vendor[4491].option[2].hex")]
    [InlineData("vendor[4491].option[tftp-servers].text", "vendor[4491].option[2].text")]
    [InlineData("vendor[*].option[2].hex", "vendor[*].option[2].hex")]
    [InlineData("vendor[0].option[2].hex", "vendor[*].option[2].hex")]
    [InlineData("vendor-class[4491].data", "vendor-class[4491].data[0]")]
    [InlineData("vendor-class[*].data[3]", "vendor-class[*].data[3]")]
    [InlineData("concat('a', 'b') + 'c'", "(concat (concat 'a' 'b') 'c')")]
    [InlineData("'a' + 'b' + 'c'", "(concat 'a' 'b' 'c')")]
    [InlineData("pkt4.htype + pkt4.mac", "(concat (octets Htype) Mac)")]
    [InlineData("pkt4.htype + pkt4.hlen + 1", "(concat (octets Htype) (octets Hlen) (octets 1))")]
    [InlineData("pkt4.htype + uint(0x01)", "(octets (Htype Add (uint 0x01)))")]
    [InlineData("pkt4.hlen * 2", "(octets (Hlen Multiply 2))")]
    [InlineData("pkt4.hlen - 1", "(octets (Hlen Subtract 1))")]
    [InlineData("ifelse(known, 1 + 2, 3)", "(ifelse member(KNOWN#0) (concat (octets 1) (octets 2)) (octets 3))")]
    [InlineData("ifelse(known, 1 + 2, 'a')", "(ifelse member(KNOWN#0) (concat (octets 1) (octets 2)) 'a')")]
    [InlineData("substring(option[60].hex, -3, all)", "(substring option[60].hex -3 all)")]
    [InlineData("substring('abc', pkt4.hlen - 6, length('ab'))", "(substring 'abc' (Hlen Subtract 6) (length 'ab'))")]
    [InlineData("split(option[12].text, '.', 2)", "(split option[12].text 0x2e 2)")]
    [InlineData("hexstring(pkt4.mac, ':')", "(hexstring Mac ':')")]
    [InlineData("lcase('A') + ucase('b')", "(concat (lcase 'A') (ucase 'b'))")]
    [InlineData("addrtotext(pkt4.giaddr)", "(addrtotext Giaddr)")]
    [InlineData("int8totext(0x01) + uint8totext(0x01)", "(concat (decimal-1 0x01) (decimal+1 0x01))")]
    [InlineData("int16totext(0x0001) + uint16totext(pkt4.hlen)", "(concat (decimal-2 0x0001) (decimal+2 Hlen))")]
    [InlineData("int32totext(-1) + uint32totext(pkt.len)", "(concat (decimal-4 -1) (decimal+4 Length))")]
    [InlineData("ifelse(option[61].exists, option[61].hex, pkt4.mac)", "(ifelse option[61].exists option[61].hex Mac)")]
    public void Value_becomes_a_tree(string text, string tree)
    {
        Assert.True(ExpressionParser.TryParseValue(text, ExpressionFamily.V4, out OctetsExpression? expression, out ExpressionError error), error.ToString());
        Assert.Equal(tree, Tree.Show(expression.Root));
        Assert.Equal(text, expression.Text);
    }

    [Theory]
    [InlineData("'a' == 'b'", "(== 'a' 'b')")]
    [InlineData("'a' != 'b'", "(not (== 'a' 'b'))")]
    [InlineData("pkt4.msgtype == 1", "(Equal MessageType 1)")]
    [InlineData("pkt4.msgtype == 0x00000001", "(== (octets MessageType) 0x00000001)")]
    [InlineData("option[53].hex == 1", "(== option[53].hex (octets 1))")]
    [InlineData("pkt4.msgtype < 3", "(Less MessageType 3)")]
    [InlineData("pkt4.msgtype <= 3", "(LessOrEqual MessageType 3)")]
    [InlineData("pkt4.msgtype > 3", "(Greater MessageType 3)")]
    [InlineData("pkt4.msgtype >= -3", "(GreaterOrEqual MessageType -3)")]
    [InlineData("pkt4.msgtype != 3", "(not (Equal MessageType 3))")]
    [InlineData("1 + 2 * 3 == 7", "(Equal (1 Add (2 Multiply 3)) 7)")]
    [InlineData("(1 + 2) * 3 / 4 % 5 - 6 < -pkt.len", "(Less (((1 Add 2) Multiply 3 Divide 4 Remainder 5) Subtract 6) (- Length))")]
    [InlineData("uint(option[57].hex) > number(option[12].text)", "(Greater (uint option[57].hex) (number option[12].text))")]
    [InlineData("int(0xff) == -1", "(Equal (int 0xff) -1)")]
    [InlineData("length(option[61].hex) > 6", "(Greater (length option[61].hex) 6)")]
    [InlineData("pkt4.giaddr in 10.0.0.0/8", "(in Giaddr 0x0a000000/8)")]
    [InlineData("pkt.src in 2001:db8::/32", "(in Source 0x20010db8000000000000000000000000/32)")]
    [InlineData("pkt4.giaddr in (10.0.0.0/8, 192.0.2.1)", "(in Giaddr 0x0a000000/8 0xc0000201)")]
    [InlineData("option[60].hex in ('a', 'b' + 'c')", "(in option[60].hex 'a' (concat 'b' 'c'))")]
    [InlineData("pkt4.msgtype in (1, 3)", "(in MessageType 1 3)")]
    [InlineData("not 'a' in ('a')", "(not (in 'a' 'a'))")]
    [InlineData("option[1].exists", "option[1].exists")]
    [InlineData("option[43].option[1].exists", "option[43].option[1].exists")]
    [InlineData("relay4[1].exists", "option[82].option[1].exists")]
    [InlineData("vendor[*].exists and vendor-class[9].exists", "(and vendor[*].exists vendor-class[9].exists)")]
    [InlineData("vendor[9].option[1].exists", "vendor[9].option[1].exists")]
    [InlineData("member('a') or member('b') or member('a')", "(or member(a#0) member(b#1) member(a#0))")]
    [InlineData("known and not unknown", "(and member(KNOWN#0) (not (not member(KNOWN#0))))")]
    [InlineData("match('a.*', option[60].hex)", "(match \\A(?:a.*)\\z option[60].hex)")]
    [InlineData("not option[1].exists and 'a' == 'b' or option[2].exists", "(or (and (not option[1].exists) (== 'a' 'b')) option[2].exists)")]
    [InlineData("(not (option[1].exists)) and (option[2].exists or option[3].exists)", "(and (not option[1].exists) (or option[2].exists option[3].exists))")]
    [InlineData("not not option[1].exists", "(not (not option[1].exists))")]
    [InlineData("((('a' == ('b'))))", "(== 'a' 'b')")]
    public void Condition_becomes_a_tree(string text, string tree)
    {
        Assert.True(ExpressionParser.TryParseCondition(text, ExpressionFamily.V4, out BooleanExpression? expression, out ExpressionError error), error.ToString());
        Assert.Equal(tree, Tree.Show(expression.Root));
    }

    [Theory]
    [InlineData("relay6[0].peeraddr == 2001:db8::1", "(== relay6[0].Peer 0x20010db8000000000000000000000001)")]
    [InlineData("relay6[-1].linkaddr == pkt.src", "(== relay6[-1].Link Source)")]
    [InlineData("relay6[31].option[18].exists", "relay6[31].option[18].exists")]
    [InlineData("relay6[-32].option[interface-id].hex == 'a'", "(== relay6[-32].option[18].hex 'a')")]
    [InlineData("pkt6.msgtype == 1 and pkt6.transid > 5", "(and (Equal MessageType 1) (Greater TransactionId 5))")]
    [InlineData("option[65535].exists", "option[65535].exists")]
    [InlineData("option[v6-captive-portal].text == 'a'", "(== option[103].text 'a')")]
    [InlineData("option[56].option[ntp-server-address].exists", "option[56].option[1].exists")]
    [InlineData("vendor[2495].option[60000].exists", "vendor[2495].option[60000].exists")]
    public void Condition_of_DHCPv6_becomes_a_tree(string text, string tree)
    {
        Assert.True(ExpressionParser.TryParseCondition(text, ExpressionFamily.V6, out BooleanExpression? expression, out ExpressionError error), error.ToString());
        Assert.Equal(tree, Tree.Show(expression.Root));
    }

    [Fact]
    public void Classes_are_listed_once_in_the_order_of_the_text()
    {
        Assert.True(ExpressionParser.TryParseCondition("member('b') or known and not member('a') or member('b')", ExpressionFamily.V4, out BooleanExpression? expression, out _));
        Assert.Equal<string[]>(["b", "KNOWN", "a"], [.. expression.ClassNames]);
    }

    [Fact]
    public void Every_part_knows_its_text()
    {
        const string text = " not ( 'a' + 'b' == substring ( option[ 1 ] . hex, 0, all ) )";
        Assert.True(ExpressionParser.TryParseCondition(text, ExpressionFamily.V4, out BooleanExpression? expression, out _));
        var not = Assert.IsType<NotNode>(expression.Root);
        var equal = Assert.IsType<OctetsEqualNode>(not.Operand);
        var part = Assert.IsType<SubstringNode>(equal.Right);
        Assert.Equal(text[1..], Of(not));
        Assert.Equal("'a' + 'b' == substring ( option[ 1 ] . hex, 0, all )", Of(equal));
        Assert.Equal("'a' + 'b'", Of(equal.Left));
        Assert.Equal("substring ( option[ 1 ] . hex, 0, all )", Of(part));
        Assert.Equal("option[ 1 ] . hex", Of(part.Operand));

        string Of(ExpressionNode node) => text.Substring(node.Span.Offset, node.Span.Length);
    }

    [Fact]
    public void A_thousand_operands_in_a_row_are_one_node()
    {
        string or = string.Join(" or ", Enumerable.Range(0, 1000).Select(i => $"option[{i % 255}].exists"));
        string sum = string.Join(" - ", Enumerable.Range(0, 1000));
        string joined = string.Join(" + ", Enumerable.Repeat("'a'", 1000));
        Assert.True(ExpressionParser.TryParseCondition($"{or} or {sum} * 2 < 1 or {joined} == 'a'", ExpressionFamily.V4, out BooleanExpression? expression, out ExpressionError error), error.ToString());
        Assert.Equal(1002, Assert.IsType<OrNode>(expression.Root).Operands.Length);
    }

    [Fact]
    public void Examples_of_the_reference_are_conditions()
    {
        string page = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs/expressions.md"));
        string[] examples = [.. ExampleRow.Matches(page[page.IndexOf("## Examples", StringComparison.Ordinal)..]).Select(match => match.Groups["text"].Value)];
        Assert.True(examples.Length > 5);
        foreach (string example in examples)
        {
            ExpressionFamily family = example.Contains("6[", StringComparison.Ordinal) ? ExpressionFamily.V6 : ExpressionFamily.V4;
            Assert.True(ExpressionParser.TryParseCondition(example, family, out _, out ExpressionError error), $"{example}: {error}");
        }
    }

    /// <summary>Every function and every word of the parser is explained.</summary>
    [Fact]
    public void Reference_names_every_function()
    {
        string page = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs/expressions.md"));
        foreach (string function in (string[])["substring", "concat", "split", "ifelse", "hexstring", "lcase", "ucase", "addrtotext", "int8totext", "match", "uint", "int", "number", "length", "member"])
        {
            Assert.Contains($"`{function}(", page, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex("^\\| [^|]+ \\| `(?<text>[^`]+)` \\|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ExampleRow { get; }
}
