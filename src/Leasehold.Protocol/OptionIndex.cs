using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Leasehold.Protocol;

/// <summary>Rows found by code and by name; built once for each table.</summary>
internal sealed class OptionIndex
{
    private readonly FrozenDictionary<(string Space, uint Code), OptionRow> byCode;
    private readonly FrozenDictionary<(string Space, string Name), OptionRow> byName;
    private readonly FrozenDictionary<(string Space, string Name), OptionRow> byDhcpdName;

    public OptionIndex(ImmutableArray<OptionRow> rows)
    {
        Rows = rows;
        byCode = rows.ToFrozenDictionary(row => (row.Space, row.Code));
        byName = rows
            .SelectMany(row => row.Aliases.Prepend(row.Name), (row, name) => (Row: row, Name: name))
            .ToFrozenDictionary(pair => (pair.Row.Space, pair.Name), pair => pair.Row);
        byDhcpdName = rows
            .Where(row => row.DhcpdName is not null)
            .ToFrozenDictionary(row => (row.Space, row.DhcpdName ?? row.Name), row => row);
    }

    public ImmutableArray<OptionRow> Rows { get; }

    public OptionRow? Find(string space, uint code) => byCode.GetValueOrDefault((space, code));

    public OptionRow? Find(string space, string name) => byName.GetValueOrDefault((space, name));

    public OptionRow? FindDhcpd(string space, string name) => byDhcpdName.GetValueOrDefault((space, name));
}
