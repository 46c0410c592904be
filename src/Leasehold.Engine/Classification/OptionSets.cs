using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Leasehold.Configuration.Model;

namespace Leasehold.Engine.Classification;

/// <summary>The joined options of every kind of client that was seen: made once, then only found.</summary>
/// <remarks>
/// A kind is a place, a reservation, and the classes that shape options in the order they were found. A network has few kinds; where a
/// configuration makes one of nearly every client, the sets are thrown away and made again from time to time.
/// </remarks>
internal sealed class OptionSets<TSet, TClass>(ClassTable<TClass> classes)
    where TSet : class
    where TClass : ServingClass
{
    /// <summary>Sets kept at most; one takes about a kilobyte.</summary>
    private const int Capacity = 1 << 15;

    private readonly Dictionary<int[], TSet> sets = new(KindComparer.Instance);
    private readonly int[] kind = new int[classes.Count + 2];

    /// <summary>The options of a client.</summary>
    /// <param name="members">Its classes.</param>
    /// <param name="reserved">The options of its reservation; null where it has none.</param>
    public TSet Of(ClassSet members, OptionPlace<TSet> place, ReservedOptions<TSet>? reserved)
    {
        int length = 2;
        foreach (int index in members.InOrder)
        {
            if (classes.ShapesOptions(index)) kind[length++] = index;
        }

        ReservedOptions<TSet>? own = reserved is { IsEmpty: false } ? reserved : null;
        if (length == 2) return own is null ? place.Plain : own.At(place);

        kind[0] = place.Number;
        kind[1] = own?.Number ?? 0;
        var lookup = sets.GetAlternateLookup<ReadOnlySpan<int>>();
        ReadOnlySpan<int> key = kind.AsSpan(0, length);
        if (lookup.TryGetValue(key, out TSet? set)) return set;

        if (sets.Count == Capacity) sets.Clear();
        set = Make(place, own, [.. key[2..]]);
        sets.Add(key.ToArray(), set);
        return set;
    }

    private TSet Make(OptionPlace<TSet> place, ReservedOptions<TSet>? own, int[] members)
    {
        IEnumerable<ImmutableArray<OptionData>> levels = members.Select(index => classes.Find(index)?.Definition.Options ?? []);
        return place.Join(own?.Options ?? [], levels, name => members.Contains(classes.Resolve(name)));
    }

    private sealed class KindComparer : IEqualityComparer<int[]>, IAlternateEqualityComparer<ReadOnlySpan<int>, int[]>
    {
        public static readonly KindComparer Instance = new();

        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<int> alternate, int[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(int[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<int> alternate)
        {
            HashCode hash = default;
            hash.AddBytes(MemoryMarshal.AsBytes(alternate));
            return hash.ToHashCode();
        }

        public int[] Create(ReadOnlySpan<int> alternate) => alternate.ToArray();
    }
}

/// <summary>The options of a reservation.</summary>
/// <param name="number">Unlike that of any other reservation; from 1.</param>
internal sealed class ReservedOptions<TSet>(ImmutableArray<OptionData> options, int number)
    where TSet : class
{
    private OptionPlace<TSet>? joinedAt;
    private TSet? joined;

    public int Number { get; } = number;
    public ImmutableArray<OptionData> Options { get; } = options;
    public bool IsEmpty => Options.IsEmpty;

    /// <summary>The reservation's options over those of a place, for a client in no class that shapes options.</summary>
    /// <remarks>The last place is remembered: a client rarely moves, so this works once for each client.</remarks>
    public TSet At(OptionPlace<TSet> place)
    {
        if (joined is null || joinedAt != place)
        {
            joined = place.Join(Options, [], static _ => false);
            joinedAt = place;
        }

        return joined;
    }
}
