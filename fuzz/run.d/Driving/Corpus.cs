using System.Globalization;
using System.Security.Cryptography;

namespace Leasehold.Fuzz.Driving;

/// <summary>Inputs that are worth keeping: each reached something that none before it did.</summary>
internal sealed class Corpus
{
    /// <summary>Files of one target that are kept: replaying them all must stay a matter of seconds.</summary>
    public const int MaxSaved = 100;

    // A run of hours must not fill the memory: inputs beyond these are fed, and not kept.
    private const int MaxEntries = 20_000;
    private const long MaxOctets = 64 << 20;
    private const int LineLength = 32;

    // Each attempt feeds an input once more; a lease file takes some milliseconds.
    private const int ReduceAttempts = 20;

    private readonly List<byte[]> entries = [];
    private readonly HashSet<ulong> known = [];
    private long octets;

    public IReadOnlyList<byte[]> Entries => entries;

    /// <summary>How many facts were reached by now.</summary>
    public int Facts => known.Count;

    /// <summary>Keeps an input that reached something new.</summary>
    public bool Offer(byte[] input, Reached reached)
    {
        int before = known.Count;
        known.UnionWith(reached.Facts);
        if (known.Count == before || entries.Count >= MaxEntries || octets + input.Length > MaxOctets) return false;
        entries.Add(input);
        octets += input.Length;
        return true;
    }

    /// <summary>The inputs of a folder in the order of their names; none where there is no folder.</summary>
    public static IEnumerable<byte[]> Load(string folder) =>
        !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder, "*.hex").Order(StringComparer.Ordinal).Select(Read);

    /// <summary>Octets from hexadecimal on any number of lines; '#' begins a comment.</summary>
    public static byte[] Read(string file) =>
        Convert.FromHexString(string.Concat(File.ReadLines(file).Select(line => line.Split('#')[0].Replace(" ", "", StringComparison.Ordinal))));

    /// <summary>Hexadecimal, 32 octets a line.</summary>
    public static string Show(byte[] input) =>
        string.Concat(input.Chunk(LineLength).Select(line => string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(line)}\n")));

    /// <summary>Replaces what a folder has by a few small inputs that together reach the most.</summary>
    /// <returns>How many there are.</returns>
    public int Save(string folder, Target target)
    {
        GuardedInput guarded = new(target.MaxLength);
        Reached reached = new();
        HashSet<ulong> covered = [];
        List<(byte[] Input, HashSet<ulong> Gain)> chosen = [];
        foreach (byte[] entry in entries.Where(entry => entry.Length > 0).OrderBy(entry => entry.Length))
        {
            guarded.Run(target, entry, reached);
            HashSet<ulong> gained = [.. reached.Facts];
            gained.ExceptWith(covered);
            if (gained.Count == 0) continue;
            covered.UnionWith(reached.Facts);
            chosen.Add((entry, gained));
        }

        byte[][] kept = [.. chosen.OrderByDescending(one => one.Gain.Count).Take(MaxSaved).Select(one => Reducer.Reduce(one.Input, shorter => Reaches(shorter, one.Gain), ReduceAttempts))];
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.EnumerateFiles(folder, "*.hex")) File.Delete(file);
        foreach (byte[] input in kept) File.WriteAllText(Path.Combine(folder, NameOf(input)), Show(input));
        return kept.Length;

        bool Reaches(byte[] input, HashSet<ulong> gained)
        {
            guarded.Run(target, input, reached);
            return input.Length > 0 && gained.IsSubsetOf(reached.Facts);
        }
    }

    private static string NameOf(byte[] input) => $"{Convert.ToHexStringLower(SHA256.HashData(input).AsSpan(0, 6))}.hex";
}
