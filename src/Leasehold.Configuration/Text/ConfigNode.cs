using System.Collections.Immutable;

namespace Leasehold.Configuration.Text;

/// <summary>A value of a configuration text, and where it stands.</summary>
internal abstract record ConfigNode(TextPosition Position)
{
    /// <summary>What it is, for a sentence: "a text", "a number".</summary>
    public abstract string Kind { get; }
}

internal sealed record ConfigMap(TextPosition Position, ImmutableArray<ConfigMember> Members) : ConfigNode(Position)
{
    public override string Kind => "a map";

    /// <summary>The value of a key; null when the map does not have it.</summary>
    public ConfigNode? Find(string key)
    {
        foreach (ConfigMember member in Members)
        {
            if (member.Key == key) return member.Value;
        }

        return null;
    }
}

/// <summary>A key and its value; the position is the key's.</summary>
internal readonly record struct ConfigMember(string Key, TextPosition Position, ConfigNode Value);

internal sealed record ConfigList(TextPosition Position, ImmutableArray<ConfigNode> Items) : ConfigNode(Position)
{
    public override string Kind => "a list";
}

/// <param name="Escaped">The text between the quotes as it is written, where that has escapes; null otherwise.</param>
internal sealed record ConfigString(TextPosition Position, string Value, string? Escaped = null) : ConfigNode(Position)
{
    public override string Kind => "a text";

    /// <summary>Where a character of the text stands in the file.</summary>
    /// <param name="offset">In UTF-16 units of <see cref="Value"/>.</param>
    public TextPosition At(int offset)
    {
        string written = Escaped ?? Value;
        int at = 0;
        int column = Position.Column + 1;
        for (int unit = 0; unit < offset && at < written.Length; unit++)
        {
            // RFC 8259 §7: \uXXXX is a unit, and so are \n, \" and the like.
            int length = Escaped is null || written[at] != '\\' ? 1 : written[at + 1] == 'u' ? 6 : 2;

            // Columns count characters: of two units for one character, the second has none.
            column += length == 1 && char.IsLowSurrogate(written[at]) ? 0 : length;
            at += length;
        }

        return Position with { Column = column };
    }
}

/// <summary>A number, kept as it was written.</summary>
internal sealed record ConfigNumber(TextPosition Position, string Digits) : ConfigNode(Position)
{
    public override string Kind => "a number";
}

internal sealed record ConfigBoolean(TextPosition Position, bool Value) : ConfigNode(Position)
{
    public override string Kind => Value ? "true" : "false";
}

internal sealed record ConfigNull(TextPosition Position) : ConfigNode(Position)
{
    public override string Kind => "null";
}

/// <summary>Stands where a value could not be read; the error is already told, so nobody complains again.</summary>
internal sealed record ConfigBroken(TextPosition Position) : ConfigNode(Position)
{
    public override string Kind => "no value";
}
