namespace Leasehold.Configuration.Kea;

/// <summary>Finds what a person probably meant.</summary>
internal static class NearestName
{
    /// <summary>The candidate with the fewest letters to change; null when all are too far for a good guess.</summary>
    /// <remarks>
    /// At most a third of the letters may differ, and '_', '-' and the case of letters count as equal.
    /// Of two that are equally near, the one counts that begins more like the name: people forget ends.
    /// </remarks>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        int bestDistance = Math.Max(2, name.Length / 3) + 1;
        foreach (string candidate in candidates)
        {
            if (Math.Abs(candidate.Length - name.Length) > bestDistance) continue;
            int distance = Distance(Plain(name), Plain(candidate));
            bool isNearer = distance < bestDistance
                || (distance == bestDistance && best is not null && Plain(name).AsSpan().CommonPrefixLength(Plain(candidate)) > Plain(name).AsSpan().CommonPrefixLength(Plain(best)));
            if (!isNearer) continue;
            best = candidate;
            bestDistance = distance;
        }

        return best;
    }

    private static string Plain(string name) => name.ToLowerInvariant().Replace('_', '-');

    /// <summary>Letters to insert, remove, replace or swap with their neighbour (the restricted Damerau distance).</summary>
    private static int Distance(string from, string to)
    {
        var before = new int[to.Length + 1];
        var previous = new int[to.Length + 1];
        var current = new int[to.Length + 1];
        for (int j = 0; j <= to.Length; j++) previous[j] = j;
        for (int i = 1; i <= from.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replace = previous[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                current[j] = Math.Min(replace, Math.Min(previous[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) current[j] = Math.Min(current[j], before[j - 2] + 1);
            }

            (before, previous, current) = (previous, current, before);
        }

        return previous[to.Length];
    }
}
