using System.Collections;
using System.Collections.Immutable;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>What happens to a key.</summary>
public enum KeyStatus
{
    /// <summary>It does what its documentation says.</summary>
    Implemented,

    /// <summary>It is read and checked by type at most, and changes nothing; a warning says why.</summary>
    AcceptedNoEffect,

    /// <summary>It is known and would change what clients get, but this version cannot do it: an error, unless its value asks for nothing.</summary>
    NotSupportedYet,
}

/// <summary>A row of the documentation: one key of one map.</summary>
/// <param name="Path">From the top, lists with []: "Dhcp4/subnet4[]/pools[]/pool".</param>
/// <param name="Status">What happens to it.</param>
/// <param name="Note">One sentence for the administrator.</param>
/// <param name="Inside">The keys of a map that has no effect or no support: what holds for the map holds for them.</param>
public sealed record KeyDescription(string Path, KeyStatus Status, string Note, ImmutableArray<string> Inside);

/// <summary>A map that works, and its keys.</summary>
/// <param name="Places">Where it may stand; "" is the file itself.</param>
public sealed record MapDescription(ImmutableArray<string> Places, ImmutableArray<KeyDescription> Keys);

/// <summary>The keys that a map may have.</summary>
internal interface IKeyTable
{
    IEnumerable<IKeyRow> Rows { get; }
}

/// <summary>What the documentation needs of a row.</summary>
internal interface IKeyRow
{
    string Key { get; }
    KeyStatus Status { get; }
    string Note { get; }

    /// <summary>The keys of the map, or of the maps of the list, that the value is; null for other values.</summary>
    IKeyTable? Inner { get; }

    /// <summary>The value is a list, of maps where <see cref="Inner"/> is given.</summary>
    bool IsList { get; }
}

/// <summary>One key of a map.</summary>
/// <typeparam name="T">The model record that the map becomes.</typeparam>
internal sealed record KeyRow<T>(string Key, KeyStatus Status, string Note) : IKeyRow
{
    /// <summary>Puts the value into the record; null where the model has no place for it. Of a key without support it reads values that ask for nothing.</summary>
    public Func<T, ConfigNode, Reading, T>? Read { get; init; }

    /// <summary>For keys without effect or support: values that ask for nothing, and are taken without a word.</summary>
    public Func<ConfigNode, bool> AsksForNothing { get; init; } = static _ => false;

    public IKeyTable? Inner { get; init; }

    public bool IsList { get; init; }
}

/// <summary>The keys of a map and how each of them is read: one row a key, so that reading, errors and documentation agree.</summary>
/// <param name="name">The map's name in a sentence: "a subnet".</param>
internal sealed class KeyTable<T>(string name) : IKeyTable, IEnumerable<KeyRow<T>>
{
    private readonly Dictionary<string, KeyRow<T>> rows = new(StringComparer.Ordinal);

    IEnumerable<IKeyRow> IKeyTable.Rows => rows.Values;

    public KeyRow<T> this[string key] => rows[key];

    /// <summary>A key that works.</summary>
    public void Add(string key, string note, Func<T, ConfigNode, Reading, T> read, IKeyTable? inner = null, bool isList = false) =>
        Add(new KeyRow<T>(key, KeyStatus.Implemented, note) { Read = read, Inner = inner, IsList = isList });

    public void Add(KeyRow<T> row) => rows.Add(row.Key, row);

    /// <summary>The rows of another table that read the same kind of record.</summary>
    public void Add(IEnumerable<KeyRow<T>> others)
    {
        foreach (KeyRow<T> row in others) Add(row);
    }

    /// <summary>A key that is taken and changes nothing.</summary>
    public void AddWithoutEffect(string key, string why, Func<ConfigNode, bool>? unless = null, IKeyTable? inner = null, bool isList = false) =>
        Add(new KeyRow<T>(key, KeyStatus.AcceptedNoEffect, why)
        {
            AsksForNothing = unless ?? (static _ => false),
            Inner = inner,
            IsList = isList,
        });

    /// <summary>A key that is an error unless its value asks for nothing.</summary>
    public void AddUnsupported(
        string key,
        string note,
        Func<ConfigNode, bool>? unless = null,
        IKeyTable? inner = null,
        bool isList = false,
        Func<T, ConfigNode, Reading, T>? keep = null) =>
        Add(new KeyRow<T>(key, KeyStatus.NotSupportedYet, note)
        {
            Read = keep,
            AsksForNothing = unless ?? Nothing.Empty,
            Inner = inner,
            IsList = isList,
        });

    /// <summary>Reads a map into a record: every key by its row. Whatever is wrong is told, and the rest is read.</summary>
    public T Read(T record, ConfigMap map, Reading reading)
    {
        foreach (ConfigMember member in map.Members)
        {
            if (reading.IsRemark(member)) continue;
            if (!rows.TryGetValue(member.Key, out KeyRow<T>? row))
            {
                reading.UnknownKey(member, name, rows.Keys);
                continue;
            }

            if (member.Value is ConfigBroken) continue;
            if (row is { Status: KeyStatus.Implemented, Read: { } read })
            {
                record = read(record, member.Value, reading);
                continue;
            }

            reading.CheckKeys(row, member.Value);
            if (row.AsksForNothing(member.Value))
            {
                if (row.Read is { } keep) record = keep(record, member.Value, reading);
                continue;
            }

            if (row.Status == KeyStatus.NotSupportedYet)
            {
                reading.Error(
                    member.Position,
                    $"\"{member.Key}\" is not supported: {row.Note}",
                    "remove it, or keep this network on the server it has");
                continue;
            }

            reading.Warning(member.Position, $"\"{member.Key}\" has no effect: {row.Note}", "nothing needs to be done");
        }

        return record;
    }

    public IEnumerator<KeyRow<T>> GetEnumerator() => rows.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Values of keys without support that leave everything as it is.</summary>
internal static class Nothing
{
    /// <summary>An empty list, map or text.</summary>
    public static bool Empty(ConfigNode value) =>
        value is ConfigList { Items.Length: 0 } or ConfigMap { Members.Length: 0 } or ConfigString { Value: "" };

    public static bool False(ConfigNode value) => value is ConfigBoolean { Value: false };

    public static bool True(ConfigNode value) => value is ConfigBoolean { Value: true };

    public static bool Zero(ConfigNode value) => value is ConfigNumber { Digits: "0" or "0.0" };

    public static bool One(ConfigNode value) => value is ConfigNumber { Digits: "1" or "1.0" };

    public static bool Boolean(ConfigNode value) => value is ConfigBoolean;

    public static Func<ConfigNode, bool> Text(params string[] texts) =>
        value => value is ConfigString text && (text.Value.Length == 0 || texts.Contains(text.Value, StringComparer.Ordinal));
}
