using System.Collections.Immutable;
using System.Globalization;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Kea;

/// <summary>One reading of a configuration: where errors go, and how plain values are read.</summary>
/// <remarks>Every method that reads a value tells what is wrong with it and answers null then.</remarks>
internal sealed class Reading(Diagnostics diagnostics, Family family)
{
    public Diagnostics Diagnostics { get; } = diagnostics;

    /// <summary>Whose configuration is read.</summary>
    public Family Family { get; } = family;

    /// <summary>The options that the configuration may name.</summary>
    public OptionCatalog Options { get; private set; } = new(family);

    /// <summary>Reads a map that has definitions of its own: they hold in it alone.</summary>
    public T With<T>(OptionCatalog own, Func<T> read)
    {
        OptionCatalog around = Options;
        Options = own;
        T found = read();
        Options = around;
        return found;
    }

    public void Error(TextPosition position, string message, string? remedy) => Diagnostics.Error(position, message, remedy);

    public void Warning(TextPosition position, string message, string? remedy) => Diagnostics.Warning(position, message, remedy);

    /// <summary>The file names of the hook libraries that the configuration names: features that are asked for.</summary>
    public IReadOnlySet<string> Libraries { get; set; } = new HashSet<string>();

    /// <summary>Whether a hook library is named.</summary>
    public bool Names(string library) => Libraries.Contains(library);

    /// <summary>Tells about a key that the map does not have, with the one it probably should be.</summary>
    public void UnknownKey(ConfigMember member, string map, IEnumerable<string> known)
    {
        string? nearest = NearestName.Of(member.Key, known);
        Error(
            member.Position,
            $"\"{member.Key}\" is not a key of {map}",
            nearest is null ? "remove it; docs/configuration.md lists the keys" : $"did you mean \"{nearest}\"?");
    }

    /// <summary>True for the two keys that every map may carry, for people and other programs.</summary>
    public bool IsRemark(ConfigMember member)
    {
        if (member.Key == "comment") Text(member.Value);
        else if (member.Key == "user-context") Map(member.Value);
        else return false;
        return true;
    }

    /// <summary>Tells about unknown keys inside a value that is otherwise not read.</summary>
    public void CheckKeys(IKeyRow row, ConfigNode value)
    {
        if (row.Inner is not { } inner) return;
        IEnumerable<ConfigMap> maps = value switch
        {
            ConfigMap map => [map],
            ConfigList list => list.Items.OfType<ConfigMap>(),
            _ => [],
        };
        foreach (ConfigMember member in maps.SelectMany(map => map.Members))
        {
            if (IsRemark(member)) continue;
            IKeyRow? known = inner.Rows.FirstOrDefault(r => r.Key == member.Key);
            if (known is null) UnknownKey(member, $"\"{row.Key}\"", inner.Rows.Select(r => r.Key));
            else CheckKeys(known, member.Value);
        }
    }

    /// <summary>Where a map and its values stand, for the model.</summary>
    public Origin OriginOf(ConfigMap map) =>
        new(map.Position, [.. map.Members.Select(m => KeyValuePair.Create(m.Key, m.Value.Position))]);

    public ConfigMap? Map(ConfigNode node) => Expect<ConfigMap>(node, "a map", "write { … }");

    public ConfigList? List(ConfigNode node) => Expect<ConfigList>(node, "a list", "write [ … ], also for one element");

    /// <summary>The maps of a list; an item that is none is told and left out.</summary>
    public IEnumerable<ConfigMap> Maps(ConfigNode node)
    {
        foreach (ConfigNode item in List(node)?.Items ?? [])
        {
            if (Map(item) is { } map) yield return map;
        }
    }

    /// <summary>Reads a list of maps, one record each; null records are left out.</summary>
    public ImmutableArray<T> Records<T>(ConfigNode node, Func<ConfigMap, Reading, T?> read)
        where T : class
    {
        var records = ImmutableArray.CreateBuilder<T>();
        foreach (ConfigMap map in Maps(node))
        {
            if (read(map, this) is { } record) records.Add(record);
        }

        return records.DrainToImmutable();
    }

    public bool? Boolean(ConfigNode node) => Expect<ConfigBoolean>(node, "true or false", "write true or false, without quotes")?.Value;

    public string? Text(ConfigNode node) => Expect<ConfigString>(node, "a text", "put it in double quotes")?.Value;

    /// <summary>A text that says something; an empty one counts as not given, as it always did in this dialect.</summary>
    public string? TextOrNothing(ConfigNode node) => Text(node) is { Length: > 0 } text ? text : null;

    /// <summary>A text of at most so many octets in UTF-8; an empty one counts as not given.</summary>
    public string? TextWithin(ConfigNode node, int octets, string field)
    {
        if (TextOrNothing(node) is not { } text) return null;
        int length = System.Text.Encoding.UTF8.GetByteCount(text);
        if (length <= octets) return text;
        Error(node.Position, $"the text has {length} octets, and the field {field} of a DHCPv4 message holds {octets}", "shorten it");
        return null;
    }

    /// <summary>A whole number from the least to the greatest, both allowed.</summary>
    public long? Integer(ConfigNode node, long least, long greatest)
    {
        string expected = string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {greatest}");
        if (Expect<ConfigNumber>(node, expected, "write its digits, without quotes") is not { } number) return null;
        if (!long.TryParse(number.Digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) || value < least || value > greatest)
        {
            Error(node.Position, $"{number.Digits} is not {expected}", "write a number in that range");
            return null;
        }

        return value;
    }

    public uint? UInt32(ConfigNode node, uint least = 0, uint greatest = uint.MaxValue) => (uint?)Integer(node, least, greatest);

    /// <summary>Seconds as DHCP carries them; 4294967295 is infinity.</summary>
    public Lifetime? Seconds(ConfigNode node) => UInt32(node) is { } seconds ? new Lifetime(seconds) : null;

    /// <summary>A part of a whole, more than 0 and less than 1.</summary>
    public double? Part(ConfigNode node)
    {
        const string expected = "a number between 0 and 1, such as 0.5";
        if (Expect<ConfigNumber>(node, expected, "write its digits, without quotes") is not { } number) return null;
        double value = double.Parse(number.Digits, CultureInfo.InvariantCulture);
        if (value is > 0 and < 1) return value;
        Error(node.Position, $"{number.Digits} is not {expected}", "write a number in that range");
        return null;
    }

    /// <summary>Any number, such as 0.25.</summary>
    public double? Number(ConfigNode node) =>
        Expect<ConfigNumber>(node, "a number, such as 0.25", "write its digits, without quotes") is { } number
            ? double.Parse(number.Digits, CultureInfo.InvariantCulture)
            : null;

    /// <summary>A part of a whole, more than 0 and at most 1.</summary>
    public double? Threshold(ConfigNode node)
    {
        if (Number(node) is not { } value) return null;
        if (value is > 0 and <= 1) return value;
        Error(node.Position, $"{value.ToString(CultureInfo.InvariantCulture)} is not a part of a whole", "write a number above 0 and up to 1, such as 0.8");
        return null;
    }

    /// <summary>An address; null also for an empty text, which counts as not given.</summary>
    public Ipv4? Address(ConfigNode node)
    {
        if (TextOrNothing(node) is not { } text) return null;
        if (Ipv4.TryParse(text, out Ipv4 address)) return address;
        Error(node.Position, $"\"{text}\" is not an IPv4 address", "write four numbers from 0 to 255, such as 192.0.2.1");
        return null;
    }

    /// <summary>An IPv6 address; null also for an empty text, which counts as not given.</summary>
    public Ipv6? Address6(ConfigNode node)
    {
        if (TextOrNothing(node) is not { } text) return null;
        if (Ipv6.TryParse(text.Trim(), out Ipv6 address)) return address;
        Error(node.Position, $"\"{text}\" is not an IPv6 address", "write groups of hexadecimal digits, such as 2001:db8::1");
        return null;
    }

    /// <summary>An IPv6 prefix of 1 to 128 bits; bits after its length are left out with a warning. Null also for an empty text, which counts as not given.</summary>
    public Ipv6Prefix? Prefix6(ConfigNode node)
    {
        if (TextOrNothing(node) is not { } text) return null;
        string dense = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        if (!Ipv6Prefix.TryParse(dense, out Ipv6Prefix prefix, out bool hostBits) || prefix.Length == 0)
        {
            Error(node.Position, $"\"{text}\" is not an IPv6 prefix", "write address and length, such as 2001:db8:1::/64");
            return null;
        }

        if (hostBits) Warning(node.Position, $"{dense} has bits set after its length, it is read as {prefix}", $"write {prefix}");
        return prefix;
    }

    /// <summary>One of the given words.</summary>
    public TValue? OneOf<TValue>(ConfigNode node, params ReadOnlySpan<(string Word, TValue Value)> choices)
        where TValue : struct
    {
        if (Text(node) is not { } text) return null;
        var words = new List<string>();
        foreach ((string word, TValue value) in choices)
        {
            if (word == text) return value;
            words.Add(word);
        }

        Error(
            node.Position,
            $"\"{text}\" is not one of {string.Join(", ", words)}",
            NearestName.Of(text, words) is { } near ? $"did you mean \"{near}\"?" : "write one of them");
        return null;
    }

    private T? Expect<T>(ConfigNode node, string expected, string remedy)
        where T : ConfigNode
    {
        if (node is T found) return found;
        if (node is not ConfigBroken) Error(node.Position, $"this is {node.Kind}, and it should be {expected}", remedy);
        return null;
    }
}
