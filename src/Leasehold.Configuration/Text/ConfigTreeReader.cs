using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Leasehold.Configuration.Text;

/// <summary>Octets to a tree of values with positions.</summary>
internal sealed class ConfigTreeReader
{
    /// <summary>Maps and lists inside each other; the dialect itself needs about ten.</summary>
    public const int MaxDepth = 64;

    private readonly SourceText source;
    private readonly Diagnostics diagnostics;
    private readonly Dictionary<string, string> keys = [];

    private ConfigTreeReader(SourceText source, Diagnostics diagnostics)
    {
        this.source = source;
        this.diagnostics = diagnostics;
    }

    /// <summary>Reads a file and what it includes.</summary>
    /// <returns>Null when the text is damaged beyond reading on; the diagnostics tell. Smaller mistakes are told and read over.</returns>
    public static ConfigNode? Read(string? name, ReadOnlyMemory<byte> octets, FileReader readFile, Diagnostics diagnostics)
    {
        var json = new SourceText();
        if (!new JsonSplicer(json, readFile, diagnostics).Splice(new SourceFile(name, octets))) return null;
        return new ConfigTreeReader(json, diagnostics).Read();
    }

    private ConfigNode? Read()
    {
        var json = new Utf8JsonReader(source.Octets, new JsonReaderOptions { AllowTrailingCommas = true, MaxDepth = MaxDepth });
        try
        {
            json.Read();
            ConfigNode root = Value(ref json);
            json.Read();
            return root;
        }
        catch (JsonException error)
        {
            diagnostics.Error(source.Locate(OffsetOf(error)), What(error), "correct the JSON here");
            return null;
        }
        catch (InvalidOperationException)
        {
            // GetString: an escape names half a character, such as \ud800 alone.
            diagnostics.Error(
                source.Locate((int)json.TokenStartIndex),
                "the text has an escape \\u that is no character by itself",
                "write the character itself, in UTF-8");
            return null;
        }
    }

    private ConfigNode Value(ref Utf8JsonReader json)
    {
        TextPosition position = source.Locate((int)json.TokenStartIndex);
        if (source.Broken.Contains((int)json.TokenStartIndex)) return new ConfigBroken(position);
        switch (json.TokenType)
        {
            case JsonTokenType.StartObject: return Map(ref json, position);
            case JsonTokenType.StartArray: return List(ref json, position);
            case JsonTokenType.String:
                return new ConfigString(position, json.GetString() ?? "", json.ValueIsEscaped ? Encoding.UTF8.GetString(json.ValueSpan) : null);
            case JsonTokenType.Number: return new ConfigNumber(position, Encoding.ASCII.GetString(json.ValueSpan));
            case JsonTokenType.True: return new ConfigBoolean(position, Value: true);
            case JsonTokenType.False: return new ConfigBoolean(position, Value: false);
            default: return new ConfigNull(position);
        }
    }

    private ConfigMap Map(ref Utf8JsonReader json, TextPosition position)
    {
        var members = ImmutableArray.CreateBuilder<ConfigMember>();
        var seen = new Dictionary<string, TextPosition>(StringComparer.Ordinal);
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            TextPosition at = source.Locate((int)json.TokenStartIndex);
            string key = Known(json.GetString() ?? "");
            json.Read();
            ConfigNode value = Value(ref json);
            if (!seen.TryAdd(key, at))
            {
                diagnostics.Error(at, $"\"{key}\" stands here a second time, it was first given at {seen[key]}", "keep one of the two");
                continue;
            }

            members.Add(new(key, at, value));
        }

        return new(position, members.DrainToImmutable());
    }

    private ConfigList List(ref Utf8JsonReader json, TextPosition position)
    {
        var items = ImmutableArray.CreateBuilder<ConfigNode>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) items.Add(Value(ref json));
        return new(position, items.DrainToImmutable());
    }

    /// <summary>One string object for all occurrences of a key.</summary>
    private string Known(string key) => keys.TryGetValue(key, out string? known) ? known : keys[key] = key;

    private int OffsetOf(JsonException error)
    {
        ReadOnlySpan<byte> rest = source.Octets;
        int offset = 0;
        for (long line = error.LineNumber ?? 0; line > 0; line--)
        {
            int end = rest.IndexOf((byte)'\n') + 1;
            offset += end;
            rest = rest[end..];
        }

        return offset + (int)(error.BytePositionInLine ?? 0);
    }

    /// <summary>The library's sentence without its own account of the place.</summary>
    private static string What(JsonException error)
    {
        string text = error.Message;
        int place = text.IndexOf(" LineNumber:", StringComparison.Ordinal);
        if (place > 0) text = text[..place];
        text = text.TrimEnd('.');
        return text.Length == 0 ? "this is not JSON" : char.ToLowerInvariant(text[0]) + text[1..];
    }
}
