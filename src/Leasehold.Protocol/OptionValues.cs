namespace Leasehold.Protocol;

/// <summary>Splits an option's text at its separators, as the established server does.</summary>
/// <remarks>
/// "\," is a comma inside a value and "\\" a backslash; a backslash before anything else stays. Several separators in a row count as one.
/// </remarks>
internal ref struct OptionValues(ReadOnlySpan<char> text, char separator)
{
    private readonly ReadOnlySpan<char> text = text;
    private readonly char separator = separator;
    private int at;

    /// <summary>How many values were taken.</summary>
    public int Count { get; private set; }

    /// <summary>Where the last value starts in the text.</summary>
    public int Position { get; private set; }

    /// <summary>Takes the next value, escapes undone, blanks around it removed.</summary>
    public bool TryTake(out string value)
    {
        value = "";
        while (at < text.Length && text[at] == separator) at++;
        if (at == text.Length) return false;
        int start = at;
        bool escaped = false;
        System.Text.StringBuilder taken = new();
        for (; at < text.Length; at++)
        {
            char c = text[at];
            if (escaped)
            {
                if (c != separator && c != '\\') taken.Append('\\');
                taken.Append(c);
                escaped = false;
            }
            else if (c == '\\')
            {
                escaped = true;
            }
            else if (c == separator)
            {
                break;
            }
            else
            {
                taken.Append(c);
            }
        }

        if (escaped) taken.Append('\\');
        Count++;
        while (start < at && char.IsWhiteSpace(text[start])) start++;
        Position = start;
        value = taken.ToString().Trim();
        return true;
    }
}
