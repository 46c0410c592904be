using System.Text;
using Leasehold.Configuration.Expressions;
using Xunit;

namespace Leasehold.UnitTests.Configuration.Expressions;

public class ExpressionParserTests
{
    [Theory]
    [InlineData("'abc'", "'abc'")]
    [InlineData("0x0A0b", "0x0a0b")]
    [InlineData("0xabc", "0x0abc")]
    [InlineData("192.0.2.1", "0xc0000201")]
    [InlineData("option[61].hex", "option[61].Hex")]
    [InlineData("option[host-name].text", "option[12].Text")]
    [InlineData("option[43].option[2].hex", "option[43].option[2].Hex")]
    [InlineData("relay4[1].hex", "option[82].option[1].Hex")]
    [InlineData("relay4[remote-id].hex", "option[82].option[2].Hex")]
    [InlineData("pkt4.mac", "pkt4.Mac")]
    [InlineData("pkt4.transid", "pkt4.TransactionId")]
    [InlineData("concat('a', 'b') + 'c'", "(Concat (Concat 'a' 'b') 'c')")]
    [InlineData("substring(option[60].hex, -3, all)", "(Substring option[60].Hex -3 all)")]
    [InlineData("hexstring(pkt4.mac, ':')", "(HexString pkt4.Mac ':')")]
    [InlineData("ifelse(option[61].exists, option[61].hex, pkt4.mac)", "(IfElse option[61].Exists option[61].Hex pkt4.Mac)")]
    [InlineData("ifelse(not option[1].exists and 'a' == 'b' or option[2].exists, 'x', 'y')", "(IfElse (Or (And (Not option[1].Exists) (Equal 'a' 'b')) option[2].Exists) 'x' 'y')")]
    [InlineData("ifelse((not (option[1].exists)) and (option[2].exists or option[3].exists), 'x', 'y')", "(IfElse (And (Not option[1].Exists) (Or option[2].Exists option[3].Exists)) 'x' 'y')")]
    public void Expression_becomes_a_tree(string text, string tree)
    {
        Assert.True(ExpressionParser.TryParse(text, ExpressionType.Text, out Expression? expression, out ExpressionError error, CodeOf), error.ToString());
        Assert.Equal(tree, Show(expression));
    }

    [Theory]
    [InlineData("", 0, "the expression ends where a value was expected")]
    [InlineData("option[61.hex", 7, "'61.' is not an option of dhcp4")]
    [InlineData("option[61].hx", 11, "'hx' is not what an option has")]
    [InlineData("option[300].hex", 7, "'300' is not an option of dhcp4")]
    [InlineData("option[no-such].hex", 7, "'no-such' is not an option of dhcp4")]
    [InlineData("pkt4.macaddr", 5, "'macaddr' is not a field of pkt4")]
    [InlineData("'abc", 0, "the text that begins here is not closed")]
    [InlineData("0xzz", 0, "0xzz is not hexadecimal")]
    [InlineData("substring('abc', 1)", 18, "')' stands where ',' was expected")]
    [InlineData("substring('abc', 'a', 1)", 17, "''a'' stands where a number was expected")]
    [InlineData("concat('a' 'b')", 11, "''b'' stands where ',' was expected")]
    [InlineData("'a' == 'b'", 4, "this gives true or false where a text was expected")]
    [InlineData("ifelse('a', 'b', 'c')", 7, "this gives a text where true or false was expected")]
    [InlineData("'a' 'b'", 4, "''b'' was not expected here")]
    [InlineData("member('x')", 0, "member is not supported yet in expressions")]
    [InlineData("subsstring('abc', 0, 1)", 0, "subsstring is not a word of expressions")]
    [InlineData("'a' = 'b'", 4, "'=' has no meaning in an expression")]
    [InlineData("\"a\"", 0, "'\"' has no meaning in an expression")]
    public void Mistake_is_told_with_its_place(string text, int offset, string message)
    {
        Assert.False(ExpressionParser.TryParse(text, ExpressionType.Text, out Expression? expression, out ExpressionError error, CodeOf));
        Assert.Null(expression);
        Assert.Equal((offset, message), (error.Offset, error.Message));
    }

    [Fact]
    public void Brackets_without_end_are_an_error_and_no_exception()
    {
        Assert.False(ExpressionParser.TryParse(new string('(', 100_000), ExpressionType.Boolean, out _, out ExpressionError error));
        Assert.Contains("nested more than 100 deep", error.Message, StringComparison.Ordinal);
        Assert.False(ExpressionParser.TryParse(string.Concat(Enumerable.Repeat("not ", 100_000)), ExpressionType.Boolean, out _, out error));
        Assert.Contains("nested more than 100 deep", error.Message, StringComparison.Ordinal);
    }

    private static uint? CodeOf(string space, string name) => (space, name) switch
    {
        ("dhcp4", "host-name") => 12,
        ("dhcp-agent-options-space", "remote-id") => 2,
        _ => null,
    };

    private static string Show(Expression expression) => expression switch
    {
        LiteralExpression literal when literal.Octets.All(o => char.IsAsciiLetter((char)o) || o == ':') => $"'{Encoding.ASCII.GetString(literal.Octets.AsSpan())}'",
        LiteralExpression literal => $"0x{Convert.ToHexStringLower(literal.Octets.AsSpan())}",
        NumberExpression { Value: int.MaxValue } => "all",
        NumberExpression number => $"{number.Value}",
        OptionExpression { SubCode: { } sub } option => $"option[{option.Code}].option[{sub}].{option.Aspect}",
        OptionExpression option => $"option[{option.Code}].{option.Aspect}",
        MessageFieldExpression field => $"pkt4.{field.Field}",
        OperationExpression operation => $"({operation.Operation} {string.Join(' ', operation.Arguments.Select(Show))})",
        _ => "?",
    };
}
