using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Leasehold.Configuration.Text;

/// <summary>A tree of values as JSON for people: what fits a line is on one.</summary>
internal static class ConfigTreeWriter
{
    private const int LineLength = 120;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text, a line end at its end.</summary>
    public static string Write(ConfigNode root)
    {
        StringBuilder text = new();
        Write(root, indent: 0, before: 0, text);
        return text.Append('\n').ToString();
    }

    /// <param name="before">Characters of the line before the value.</param>
    private static void Write(ConfigNode node, int indent, int before, StringBuilder text)
    {
        string line = Line(node);
        IEnumerable<(string Head, ConfigNode Value)> parts = node switch
        {
            ConfigMap map => map.Members.Select(member => ($"{Quoted(member.Key)}: ", member.Value)),
            ConfigList list => list.Items.Select(item => ("", item)),
            _ => [],
        };
        if (before + line.Length <= LineLength || !parts.Any())
        {
            text.Append(line);
            return;
        }

        bool isMap = node is ConfigMap;
        text.Append(isMap ? '{' : '[');
        bool first = true;
        foreach ((string head, ConfigNode value) in parts)
        {
            text.Append(first ? "\n" : ",\n").Append(' ', indent + 2).Append(head);
            Write(value, indent + 2, indent + 2 + head.Length, text);
            first = false;
        }

        text.Append('\n').Append(' ', indent).Append(isMap ? '}' : ']');
    }

    private static string Line(ConfigNode node) => node switch
    {
        ConfigMap { Members.IsEmpty: true } => "{ }",
        ConfigMap map => $"{{ {string.Join(", ", map.Members.Select(member => $"{Quoted(member.Key)}: {Line(member.Value)}"))} }}",
        ConfigList { Items.IsEmpty: true } => "[ ]",
        ConfigList list => $"[ {string.Join(", ", list.Items.Select(Line))} ]",
        ConfigString text => Quoted(text.Value),
        ConfigNumber number => number.Digits,
        ConfigBoolean truth => truth.Value ? "true" : "false",
        _ => "null",
    };

    private static string Quoted(string text) => JsonSerializer.Serialize(text, Plain);
}
