using System.Collections.Immutable;

namespace Leasehold.Configuration.Kea;

/// <summary>Every key of the dialect with what happens to it: the same rows by which files are read.</summary>
public static class KeyDescriptions
{
    /// <summary>The maps of a file, the outer before the inner, each told once with all its places.</summary>
    public static ImmutableArray<MapDescription> Maps
    {
        get
        {
            List<IKeyTable> order = [];
            Dictionary<IKeyTable, List<string>> places = [];
            Visit(RootReader.Keys, "", order, places);
            return [.. order.Select(table => new MapDescription([.. places[table]], [.. table.Rows.Select(row => Describe(row, places[table][0]))]))];
        }
    }

    /// <summary>Whether a path is known: "Dhcp4/subnet4[]/pools[]/pool".</summary>
    public static bool IsKnown(string path)
    {
        IKeyTable? table = RootReader.Keys;
        foreach (string part in path.Split('/'))
        {
            // Inside these two everything belongs to the person who wrote it.
            if (part is "user-context" or "comment") return true;
            string key = part.EndsWith("[]", StringComparison.Ordinal) ? part[..^2] : part;
            IKeyRow? row = table?.Rows.FirstOrDefault(r => r.Key == key);
            if (row is null || (part.Length != key.Length && !row.IsList)) return false;
            table = row.Inner;
        }

        return true;
    }

    /// <summary>Finds the maps that work; what lies inside one that has no effect or no support is named at its row.</summary>
    private static void Visit(IKeyTable table, string place, List<IKeyTable> order, Dictionary<IKeyTable, List<string>> places)
    {
        if (!places.TryGetValue(table, out List<string>? known))
        {
            places[table] = known = [];
            order.Add(table);
        }

        known.Add(place);
        foreach (IKeyRow row in table.Rows)
        {
            if (row is { Status: KeyStatus.Implemented, Inner: { } inner }) Visit(inner, PathOf(row, place), order, places);
        }
    }

    private static KeyDescription Describe(IKeyRow row, string place)
    {
        ImmutableArray<string> inside = row.Status == KeyStatus.Implemented || row.Inner is null
            ? []
            : [.. row.Inner.Rows.Select(r => r.Key)];
        return new(PathOf(row, place), row.Status, row.Note, inside);
    }

    private static string PathOf(IKeyRow row, string place) => $"{place}{(place.Length == 0 ? "" : "/")}{row.Key}{(row.IsList ? "[]" : "")}";
}
