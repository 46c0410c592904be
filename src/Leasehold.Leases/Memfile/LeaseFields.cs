using System.Buffers.Text;
using System.Text;

namespace Leasehold.Leases.Memfile;

/// <summary>One line of a lease file as it is read, column after column.</summary>
internal interface ILeaseFields
{
    /// <summary>Takes the text of a column.</summary>
    /// <param name="column">The schema's number, or <see cref="LeaseColumns.Unfamiliar"/>.</param>
    /// <returns>False when it does not have the column's shape.</returns>
    bool TryTake(int column, scoped ReadOnlySpan<byte> text);

    /// <summary>What a column's text should be, for a person.</summary>
    static abstract string ShapeOf(int column);
}

/// <summary>What the lines of both families have in common: commas, names, contexts, numbers.</summary>
internal static class LeaseFields
{
    /// <summary>The longest name that a line may have.</summary>
    public const int MaxHostname = Lease4.MaxHostname;

    /// <summary>The longest user context.</summary>
    public const int MaxUserContext = Lease4.MaxUserContext;

    public const string HostnameShape = "a name of at most 255 octets";
    public const string UserContextShape = "a JSON map of at most 65535 octets";
    public const string NumberShape = "a number of 32 bits";

    /// <summary>Reads a line without its end.</summary>
    /// <param name="problem">What is wrong, for a person; null when nothing is.</param>
    public static bool TryRead<TFields>(
        scoped ReadOnlySpan<byte> line, LeaseColumns columns, LeaseSchema schema, scoped ref TFields fields, out string? problem)
        where TFields : struct, ILeaseFields, allows ref struct
    {
        ReadOnlySpan<byte> rest = line;
        bool more = true;
        int count = 0;
        while (more)
        {
            int end = rest.IndexOf((byte)',');
            ReadOnlySpan<byte> text = end < 0 ? rest : rest[..end];
            more = end >= 0;
            rest = more ? rest[(end + 1)..] : default;
            if (count == columns.MaxCount)
            {
                problem = $"more columns than the header's {columns.MinCount}";
                return false;
            }

            int column = columns[count++];
            if (fields.TryTake(column, text)) continue;
            problem = $"{schema.NameOf(column)} '{Printable(text)}' is not {TFields.ShapeOf(column)}";
            return false;
        }

        problem = count < columns.MinCount ? $"{count} columns where the header has {columns.MinCount}" : null;
        return problem is null;
    }

    /// <summary>Reads a name, in lower case.</summary>
    /// <param name="scratch">At least MaxHostname octets, where the name goes.</param>
    public static bool TryReadHostname(scoped ReadOnlySpan<byte> text, Span<byte> scratch, out ReadOnlySpan<byte> hostname)
    {
        hostname = default;
        if (text.Length > MaxHostname * 5) return false;
        if (text.Contains((byte)'&'))
        {
            Span<byte> unescaped = stackalloc byte[MaxHostname * 5];
            return TryLower(LeaseText.Unescape(text, unescaped), scratch, out hostname);
        }

        return TryLower(text, scratch, out hostname);
    }

    /// <summary>Reads a user context.</summary>
    /// <param name="scratch">Room for the text as it is in the file, where the context goes.</param>
    /// <param name="maxAdded">How much longer than a user context it may be.</param>
    public static bool TryReadContext(scoped ReadOnlySpan<byte> text, Span<byte> scratch, int maxAdded, out Span<byte> context)
    {
        context = default;
        if (text.Length > scratch.Length) return false;
        text.CopyTo(scratch);
        ReadOnlySpan<byte> plain = LeaseText.Unescape(text, scratch);
        context = scratch[..plain.Length];
        return plain.Length <= MaxUserContext + maxAdded && (plain.IsEmpty || (plain[0] == '{' && plain[^1] == '}'));
    }

    /// <summary>Writes a comma and a number.</summary>
    public static void WriteNumber(long number, Span<byte> destination, ref int length)
    {
        destination[length++] = (byte)',';
        _ = Utf8Formatter.TryFormat(number, destination[length..], out int digits);
        length += digits;
    }

    private static bool TryLower(scoped ReadOnlySpan<byte> name, Span<byte> scratch, out ReadOnlySpan<byte> lower)
    {
        lower = default;
        if (name.Length > MaxHostname) return false;
        for (int i = 0; i < name.Length; i++) scratch[i] = name[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(name[i] | 0x20) : name[i];
        lower = scratch[..name.Length];
        return true;
    }

    private static string Printable(ReadOnlySpan<byte> text)
    {
        StringBuilder printable = new();
        foreach (byte c in text[..Math.Min(text.Length, 60)]) printable.Append(c is < 0x20 or > 0x7e ? '?' : (char)c);
        if (text.Length > 60) printable.Append("...");
        return printable.ToString();
    }
}
