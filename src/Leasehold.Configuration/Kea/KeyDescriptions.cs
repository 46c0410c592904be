namespace Leasehold.Configuration.Kea;

/// <summary>Every key of the dialect with what happens to it: the same rows by which files are read.</summary>
public static class KeyDescriptions
{
    /// <summary>All keys of a file, a map's keys after the map.</summary>
    /// <remarks>
    /// Maps that may stand in several places (a subnet inside a shared network) are told once. What lies inside a map
    /// that has no effect or no support has none either, whatever it would do elsewhere.
    /// </remarks>
    public static IEnumerable<KeyDescription> All => Of(RootReader.Keys, "", KeyStatus.Implemented, []);

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

    private static IEnumerable<KeyDescription> Of(IKeyTable table, string above, KeyStatus limit, HashSet<IKeyTable> told)
    {
        bool again = !told.Add(table);
        foreach (IKeyRow row in table.Rows)
        {
            KeyStatus status = limit == KeyStatus.Implemented ? row.Status : limit;
            string path = $"{above}{row.Key}{(row.IsList ? "[]" : "")}";
            yield return new(path, status, row.Note);
            if (row.Inner is not { } inner) continue;

            // Option lists and the like are told at each place of a map that works, and at none of the others.
            if (status != KeyStatus.Implemented && told.Contains(inner)) continue;
            if (again && told.Contains(inner)) continue;
            foreach (KeyDescription description in Of(inner, path + "/", status, told)) yield return description;
        }
    }
}
