using Xunit;

namespace Leasehold.UnitTests.Layout;

public sealed class CSharpLexerTests
{
    private static string Words(string text) =>
        string.Join(' ', CSharpLexer.Read(text).Where(token => token.Kind == TokenKind.Word).Select(token => token.Text));

    [Theory]
    [InlineData("a // b\nc", "a c")]
    [InlineData("a /* b\n */ c", "a c")]
    [InlineData("a \"b\" c", "a c")]
    [InlineData("a \"b\\\"d\" c", "a c")]
    [InlineData("a @\"b\\\" c", "a c")]
    [InlineData("a @\"b\"\"d\" c", "a c")]
    [InlineData("a '\"' c", "a c")]
    [InlineData("a '\\'' c", "a c")]
    [InlineData("a \"\"\" b \" d \"\"\" c", "a c")]
    [InlineData("a $\"b {x} {{y}} {z:X4}\" c", "a x z X4 c")]
    [InlineData("a $\"b {(x ? \"}\" : $\"{y}\")} d\" c", "a x y c")]
    [InlineData("a $$\"\"\" {b} {{x}} \"\"\" c", "a x c")]
    [InlineData("a $\"{new { x }}\" c", "a new x c")]
    [InlineData("#pragma b\na", "a")]
    [InlineData("a \"\" c", "a c")]
    public void Words_in_code_are_found_and_words_in_literals_and_comments_are_not(string text, string words) =>
        Assert.Equal(words, Words(text));

    [Fact]
    public void Tokens_know_their_line()
    {
        IReadOnlyList<Token> tokens = CSharpLexer.Read("a\n/*\n*/ b \"\"\"\n x\n \"\"\" c");
        Assert.Equal([("a", 1), ("b", 3), ("c", 5)], tokens.Where(token => token.Kind == TokenKind.Word).Select(token => (token.Text, token.Line)));
    }
}
