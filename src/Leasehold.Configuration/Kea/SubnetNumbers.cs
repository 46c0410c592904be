using System.Collections.Immutable;
using Leasehold.Configuration.Model;

namespace Leasehold.Configuration.Kea;

/// <summary>Ids for subnets that have none.</summary>
internal static class SubnetNumbers
{
    /// <summary>Every subnet's id: its own, or 1, 2, 3 in the given order, leaving out what is taken.</summary>
    /// <param name="subnets">Those of shared networks first; id 0 for none.</param>
    public static ImmutableArray<uint> Of(ImmutableArray<(uint Id, string Prefix, Origin Origin)> subnets, Reading reading)
    {
        HashSet<uint> taken = [.. subnets.Select(s => s.Id)];
        uint next = 1;
        ImmutableArray<uint> ids = [.. subnets.Select(s => s.Id == 0 ? Free() : s.Id)];

        // A written 0 asks for a number; a missing id is often forgotten.
        Origin? forgotten = subnets.FirstOrDefault(s => s.Id == 0 && !s.Origin.Has("id")).Origin;
        if (subnets.Length < 2 || forgotten is null) return ids;
        IEnumerable<string> given = subnets.Zip(ids).Where(pair => pair.First.Id == 0).Select(pair => $"{pair.First.Prefix}: {pair.Second}");
        reading.Warning(
            forgotten.Of("subnet"),
            "subnets without an id are numbered in the order of the file, and leases are stored with the number, so removing one gives its leases to another",
            $"give each an \"id\" of its own, {string.Join(", ", given.Take(4))} to keep today's");
        return ids;

        uint Free()
        {
            while (!taken.Add(next)) next++;
            return next;
        }
    }
}
