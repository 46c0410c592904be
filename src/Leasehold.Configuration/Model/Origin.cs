using System.Collections.Immutable;

namespace Leasehold.Configuration.Model;

/// <summary>Where a map of the configuration stands, and where the values of its keys do. For messages and explanations.</summary>
public sealed class Origin(TextPosition position, ImmutableArray<KeyValuePair<string, TextPosition>> keys)
{
    /// <summary>For parts of the model that were made by code.</summary>
    public static readonly Origin Nowhere = new(default, []);

    /// <summary>The map's opening bracket.</summary>
    public TextPosition Position { get; } = position;

    /// <summary>The value of a key; the map itself where the key is not given.</summary>
    public TextPosition Of(string key)
    {
        foreach ((string given, TextPosition at) in keys)
        {
            if (given == key) return at;
        }

        return Position;
    }

    /// <summary>True when the map gives the key.</summary>
    public bool Has(string key) => keys.Any(given => given.Key == key);
}
