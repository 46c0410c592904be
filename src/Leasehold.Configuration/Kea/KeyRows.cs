namespace Leasehold.Configuration.Kea;

/// <summary>Rows of a record that is a part of another one.</summary>
internal static class KeyRows
{
    /// <summary>The same rows for the record that has the part.</summary>
    public static IEnumerable<KeyRow<T>> Through<TPart, T>(this IEnumerable<KeyRow<TPart>> rows, Func<T, TPart> get, Func<T, TPart, T> set) =>
        rows.Select(row => new KeyRow<T>(row.Key, row.Status, row.Note)
        {
            Read = row.Read is { } read ? (record, value, reading) => set(record, read(get(record), value, reading)) : null,
            AsksForNothing = row.AsksForNothing,
            Inner = row.Inner,
            IsList = row.IsList,
        });
}
