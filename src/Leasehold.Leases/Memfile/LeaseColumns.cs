using System.Text;

namespace Leasehold.Leases.Memfile;

/// <summary>The columns that a family's lease file has today.</summary>
/// <param name="header">Their names with commas, in the order in which they are written.</param>
/// <param name="required">So many of them every lease file has had from the first schema on.</param>
/// <param name="what">The file, for a person.</param>
internal sealed class LeaseSchema(string header, int required, string what)
{
    private readonly string[] names = header.Split(',');

    /// <summary>Today's header, without the end of the line.</summary>
    public string Header => header;

    public ReadOnlyMemory<byte> HeaderLine { get; } = Encoding.ASCII.GetBytes($"{header}\n");

    public string NameOf(int column) => names[column];

    /// <summary>Reads a header line.</summary>
    /// <param name="problem">What is wrong, for a person; null when nothing is.</param>
    public LeaseColumns? Parse(ReadOnlySpan<byte> line, out string? problem)
    {
        string[] found = Encoding.UTF8.GetString(line).Split(',');
        List<string> unknown = [];
        int[] columns = new int[found.Length];
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < found.Length; i++)
        {
            columns[i] = Array.IndexOf(names, found[i]);
            if (columns[i] < 0) unknown.Add(found[i]);
            if (!seen.Add(found[i]))
            {
                problem = $"the header has the column '{found[i]}' twice";
                return null;
            }
        }

        string[] missing = [.. names.Take(required).Where(name => !seen.Contains(name))];
        if (missing.Length != 0)
        {
            problem = $"the header has no column {string.Join(", ", missing)}: this is not a {what}";
            return null;
        }

        problem = null;
        // The established server appends lines of its schema below the header of an older one, until the next clean-up.
        bool isOlder = found.Length < names.Length && names.AsSpan(0, found.Length).SequenceEqual(found);
        if (isOlder) columns = [.. Enumerable.Range(0, names.Length)];
        return new(columns, found.Length, unknown, isCurrent: names.AsSpan().SequenceEqual(found));
    }
}

/// <summary>Which columns a lease file has, as its header line tells.</summary>
/// <remarks>
/// Columns are found by name, so that a file whose columns stand in another order, or has more of them, is read as well.
/// </remarks>
internal sealed class LeaseColumns
{
    /// <summary>The number of a column that is not ours.</summary>
    public const int Unfamiliar = -1;

    private readonly int[] order;

    public LeaseColumns(int[] order, int headerCount, IReadOnlyList<string> unknown, bool isCurrent)
    {
        this.order = order;
        MinCount = headerCount;
        Unknown = unknown;
        IsCurrent = isCurrent;
    }

    /// <summary>A line has at least the header's columns.</summary>
    public int MinCount { get; }

    /// <summary>More than MinCount where lines of a newer schema may follow the header of an older one.</summary>
    public int MaxCount => order.Length;

    /// <summary>Columns that are not ours; their values are not kept.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>True when the header is today's.</summary>
    public bool IsCurrent { get; }

    /// <summary>Which of the schema's columns stands in a place; <see cref="Unfamiliar"/> for another.</summary>
    public int this[int index] => order[index];
}
