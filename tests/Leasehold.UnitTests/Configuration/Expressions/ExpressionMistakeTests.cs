using Leasehold.Configuration.Expressions;
using Xunit;

namespace Leasehold.UnitTests.Configuration.Expressions;

/// <summary>What is wrong with an expression is told with its place, in words, with a remedy.</summary>
public class ExpressionMistakeTests
{
    [Theory]
    [InlineData("", 0, "the expression ends where a value was expected")]
    [InlineData("option", 6, "the expression ends where '[' was expected")]
    [InlineData("option[61.hex", 9, "'.' stands where ']' was expected")]
    [InlineData("option[61].hx", 11, "'hx' is not a part of an option")]
    [InlineData("option[61].", 11, "the expression ends where a part of an option was expected")]
    [InlineData("option[61]", 10, "the expression ends where '.' was expected")]
    [InlineData("option[300].hex", 7, "'300' is not an option of dhcp4")]
    [InlineData("option[-1].hex", 7, "'-' stands where an option was expected")]
    [InlineData("option[no-such].hex", 7, "'no-such' is not an option of dhcp4")]
    [InlineData("option[host-nam].hex", 7, "'host-nam' is not an option of dhcp4")]
    [InlineData("option[82].option[circut-id].hex", 18, "'circut-id' is not an option of dhcp-agent-options-space")]
    [InlineData("option[12].option[abc].hex", 18, "the name 'abc' cannot be looked up: nobody defines what is inside this option")]
    [InlineData("vendor[*].option[oro].hex", 17, "the name 'oro' cannot be looked up: nobody defines what is inside this option")]
    [InlineData("vendor[4491].option[oroo].hex", 20, "'oroo' is not an option of vendor-4491")]
    [InlineData("relay4[1].exists.hex", 16, "'.' was not expected here")]
    [InlineData("pkt4.macaddr", 5, "'macaddr' is not a part of pkt4")]
    [InlineData("pkt4.", 5, "the expression ends where a part of pkt4 was expected")]
    [InlineData("pkt.mac", 4, "'mac' is not a part of pkt")]
    [InlineData("pkt4 == 1", 5, "'==' stands where '.' was expected")]
    [InlineData("pkt6.msgtype", 0, "pkt6 exists in DHCPv6 only, and this expression is for DHCPv4")]
    [InlineData("relay6[0].peeraddr", 0, "relay6 exists in DHCPv6 only, and this expression is for DHCPv4")]
    [InlineData("vendor.data", 6, "'.' stands where '[' was expected")]
    [InlineData("vendor[4491].data", 13, "'data' is not a part of vendor")]
    [InlineData("vendor-class[4491].option[1].hex", 19, "'option' is not a part of vendor-class")]
    [InlineData("vendor['a'].exists", 7, "'a' stands where the number of an enterprise was expected")]
    [InlineData("vendor[4294967296].exists", 7, "'4294967296' stands where the number of an enterprise was expected")]
    [InlineData("vendor-class[1].data[256]", 21, "'256' stands where the place of a piece of data was expected")]
    [InlineData("'abc", 0, "the text that begins here is not closed")]
    [InlineData("0xzz", 0, "0xzz is not hexadecimal")]
    [InlineData("0x", 0, "0x is not hexadecimal")]
    [InlineData("192.0.2.300", 0, "192.0.2.300 is not an IPv4 address")]
    [InlineData("2001:db8:::1", 0, "2001:db8:::1 is not an IPv6 address")]
    [InlineData("9223372036854775808", 0, "9223372036854775808 is more than a number can be")]
    [InlineData("10.0.0.0/8", 0, "the prefix 10.0.0.0/8 stands where a value was expected")]
    [InlineData("substring('abc', 1)", 18, "')' stands where ',' was expected")]
    [InlineData("substring('abc', 'a', 1)", 17, "this gives octets where a number was expected")]
    [InlineData("substring('abc', all, 1)", 17, "all is not a word of expressions")]
    [InlineData("concat('a' 'b')", 11, "'b' stands where ',' was expected")]
    [InlineData("concat('a', 'b', 'c')", 15, "',' stands where ')' was expected")]
    [InlineData("concat 'a'", 7, "'a' stands where '(' was expected")]
    [InlineData("'a' == 'b'", 0, "this gives true or false where octets were expected")]
    [InlineData("option[1].exists", 0, "this gives true or false where octets were expected")]
    [InlineData("ifelse('a', 'b', 'c')", 7, "this gives octets where true or false was expected")]
    [InlineData("ifelse(1, 'b', 'c')", 7, "this gives a number where true or false was expected")]
    [InlineData("ifelse(known, known, 'c')", 14, "this gives true or false where octets were expected")]
    [InlineData("hexstring(known, ':')", 10, "this gives true or false where octets were expected")]
    [InlineData("'a' 'b'", 4, "'b' was not expected here")]
    [InlineData("'a' + ", 6, "the expression ends where a value was expected")]
    [InlineData("('a'", 4, "the expression ends where ')' was expected")]
    [InlineData("'a')", 3, "')' was not expected here")]
    [InlineData("subsstring('abc', 0, 1)", 0, "subsstring is not a word of expressions")]
    [InlineData("abc", 0, "abc is not a word of expressions")]
    [InlineData("'a' - 'b'", 0, "this gives octets where a number was expected")]
    [InlineData("1 * 'b'", 4, "this gives octets where a number was expected")]
    [InlineData("-'b'", 1, "this gives octets where a number was expected")]
    [InlineData("'a' = 'b'", 4, "'=' has no meaning in an expression")]
    [InlineData("\"a\"", 0, "'\"' has no meaning in an expression")]
    [InlineData("'a' in {'a'}", 7, "'{' has no meaning in an expression")]
    [InlineData("'a' 😀", 4, "'😀' has no meaning in an expression")]
    public void Mistake_in_a_value_is_told_with_its_place(string text, int offset, string message)
    {
        Assert.False(ExpressionParser.TryParseValue(text, ExpressionFamily.V4, out OctetsExpression? expression, out ExpressionError error));
        Assert.Null(expression);
        Assert.Equal((offset, message), (error.Offset, error.Message));
        Assert.NotEqual("", error.Remedy);
    }

    [Theory]
    [InlineData("'a'", 0, "this gives octets where true or false was expected")]
    [InlineData("1", 0, "this gives a number where true or false was expected")]
    [InlineData("'a' == 'b' == 'c'", 11, "'==' was not expected here")]
    [InlineData("known == unknown", 0, "this gives true or false where octets were expected")]
    [InlineData("not 'a'", 4, "this gives octets where true or false was expected")]
    [InlineData("known and 'a'", 10, "this gives octets where true or false was expected")]
    [InlineData("'a' or known", 0, "this gives octets where true or false was expected")]
    [InlineData("known or 'a' + 'b' and known", 9, "this gives octets where true or false was expected")]
    [InlineData("option[57].hex > 500", 0, "this gives octets where a number was expected")]
    [InlineData("1 < 0x02", 4, "this gives octets where a number was expected")]
    [InlineData("known < 1", 0, "this gives true or false where a number was expected")]
    [InlineData("pkt4.hlen in 10.0.0.0/8", 0, "this is a number, and a prefix holds addresses")]
    [InlineData("pkt4.hlen in (1, 0x02)", 17, "this gives octets where a number was expected")]
    [InlineData("pkt4.mac in ('a', 1)", 18, "this is a number, and before in stand octets")]
    [InlineData("pkt4.mac in (known)", 13, "this gives true or false where octets were expected")]
    [InlineData("pkt4.mac in ()", 13, "')' stands where a value was expected")]
    [InlineData("pkt4.mac in ('a'", 16, "the expression ends where ')' was expected")]
    [InlineData("pkt4.mac in 'a'", 12, "'a' stands where a prefix or a set was expected")]
    [InlineData("pkt4.giaddr in 10.0.0.0/33", 15, "10.0.0.0/33 is no prefix: its length is more than 32")]
    [InlineData("pkt4.giaddr in 10.0.0.1/8", 15, "10.0.0.1/8 has bits after its length")]
    [InlineData("pkt.src in 2001:db8::1/64", 11, "2001:db8::1/64 has bits after its length")]
    [InlineData("member(a)", 7, "'a' stands where the name of a class was expected")]
    [InlineData("member('')", 7, "'' stands where the name of a class was expected")]
    [InlineData("member", 6, "the expression ends where '(' was expected")]
    [InlineData("memb('a')", 0, "memb is not a word of expressions")]
    [InlineData("match(option[1].hex, 'a')", 6, "'option' stands where a pattern was expected")]
    [InlineData("match('a(b', 'a')", 10, "the pattern is wrong here: insufficient closing parentheses")]
    [InlineData("match('é[b', 'a')", 10, "the pattern is wrong here: unterminated bracket")]
    [InlineData("match('a)(b', 'a')", 9, "the pattern is wrong here: insufficient opening parentheses")]
    [InlineData("match('(a)\\1', 'a')", 7, "the pattern cannot be matched in linear time: it looks ahead or behind, refers back, or repeats too much")]
    [InlineData("match('((a{999}){999}){999}', 'a')", 7, "the pattern cannot be matched in linear time: it looks ahead or behind, refers back, or repeats too much")]
    [InlineData("match('a[[:alpha:]]', 'a')", 9, "named sets such as [:alpha:] are not known to patterns")]
    public void Mistake_in_a_condition_is_told_with_its_place(string text, int offset, string message)
    {
        Assert.False(ExpressionParser.TryParseCondition(text, ExpressionFamily.V4, out BooleanExpression? expression, out ExpressionError error));
        Assert.Null(expression);
        Assert.Equal((offset, message), (error.Offset, error.Message));
        Assert.NotEqual("", error.Remedy);
    }

    [Theory]
    [InlineData("pkt4.mac", 0, "pkt4 exists in DHCPv4 only, and this expression is for DHCPv6")]
    [InlineData("relay4[1].hex", 0, "relay4 exists in DHCPv4 only, and this expression is for DHCPv6")]
    [InlineData("relay6[32].peeraddr", 7, "'32' stands where the place of a relay was expected")]
    [InlineData("relay6[-33].peeraddr", 8, "'33' stands where the place of a relay was expected")]
    [InlineData("relay6[*].peeraddr", 7, "'*' stands where the place of a relay was expected")]
    [InlineData("relay6[0].hex", 10, "'hex' is not a part of a relay")]
    [InlineData("relay6[0].option[intrface-id].hex", 17, "'intrface-id' is not an option of dhcp6")]
    [InlineData("pkt6.mac", 5, "'mac' is not a part of pkt6")]
    [InlineData("option[65536].hex", 7, "'65536' is not an option of dhcp6")]
    [InlineData("vendor[4491].option[orange].hex", 20, "'orange' is not an option of vendor-4491")]
    public void Mistake_in_a_value_of_DHCPv6_is_told_with_its_place(string text, int offset, string message)
    {
        Assert.False(ExpressionParser.TryParseValue(text, ExpressionFamily.V6, out _, out ExpressionError error));
        Assert.Equal((offset, message), (error.Offset, error.Message));
    }

    [Theory]
    [InlineData("option[host-nam].hex", "did you mean host-name?")]
    [InlineData("option[82].option[circut-id].hex", "did you mean circuit-id?")]
    [InlineData("pkt4.macadr", "its parts are mac, hlen, htype, ciaddr, giaddr, yiaddr, siaddr, msgtype, transid")]
    [InlineData("pkt4.cyaddr", "did you mean ciaddr?")]
    [InlineData("substrin('a', 0, 1)", "did you mean substring?")]
    [InlineData("relay5[1].hex", "did you mean relay4?")]
    [InlineData("pkt6.msgtype", "write pkt4.…")]
    [InlineData("'a' = 'b'", "write ==")]
    [InlineData("'a' - 'b'", "write uint(…) for octets, number(…) for decimal digits, or length(…)")]
    [InlineData("ifelse('a', 'b', 'c')", "compare it with ==, or ask for .exists")]
    [InlineData("substring('abc', 1)", "the form is substring(VALUE, START, LENGTH) with \"all\" for the rest")]
    public void Mistake_is_told_with_a_remedy(string text, string remedy)
    {
        Assert.False(ExpressionParser.TryParseValue(text, ExpressionFamily.V4, out _, out ExpressionError error));
        Assert.Equal(remedy, error.Remedy);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("not ")]
    [InlineData("not (")]
    [InlineData("- ")]
    [InlineData("lcase(")]
    [InlineData("ifelse(known, 'a', ")]
    public void Ten_thousand_of_a_word_inside_each_other_are_an_error_and_no_exception(string word)
    {
        string text = string.Concat(Enumerable.Repeat(word, 10_000));
        Assert.False(ExpressionParser.TryParseCondition(text, ExpressionFamily.V4, out _, out ExpressionError error));
        Assert.Equal("the expression is nested more than 100 deep", error.Message);
    }

    [Fact]
    public void Options_ten_thousand_deep_are_an_error_and_no_exception()
    {
        string text = string.Join('.', Enumerable.Repeat("option[43]", 10_000)) + ".hex";
        Assert.False(ExpressionParser.TryParseValue(text, ExpressionFamily.V4, out _, out ExpressionError error));
        Assert.Equal("options are inside each other more than 100 deep", error.Message);
    }

    [Fact]
    public void Any_text_gives_a_tree_or_a_mistake_inside_the_text()
    {
        string[] words =
        [
            "option", "relay4", "relay6", "pkt", "pkt4", "vendor", "vendor-class", "[", "]", ".", ".", "hex", "exists", "text", "1", "82", "mac", "iface", "*",
            "(", ")", "not", "and", "or", "==", "!=", "<", "+", "-", "/", "in", "'a'", "0x01", "10.0.0.0/8", "2001:db8::1", "substring", ",", "all",
            "concat", "ifelse", "known", "member", "match", "uint", "length", "number", "'", "0x", "=", "é", "\ud83d", "\"", " ", "999999999999999999999",
        ];
        Random random = new(1);
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Join(random.Next(2) == 0 ? "" : " ", Enumerable.Range(0, random.Next(12)).Select(_ => words[random.Next(words.Length)]));
            ExpressionFamily family = (ExpressionFamily)random.Next(2);
            bool parsed = ExpressionParser.TryParseCondition(text, family, out BooleanExpression? expression, out ExpressionError error);
            Assert.Equal(parsed, expression is not null);
            if (!parsed) Assert.InRange(error.Offset, 0, text.Length);
            if (!parsed) Assert.False(string.IsNullOrEmpty(error.Message));
        }
    }
}
