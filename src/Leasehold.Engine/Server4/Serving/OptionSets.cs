using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Leasehold.Configuration.Model;

namespace Leasehold.Engine.V4;

/// <summary>The joined options of every kind of client that was seen: made once, then only found.</summary>
/// <remarks>
/// A kind is a place, a reservation, and the classes that shape options in the order they were found. A network has few kinds; where a
/// configuration makes one of nearly every client, the sets are thrown away and made again from time to time.
/// </remarks>
internal sealed class OptionSets(ClassTable classes)
{
    /// <summary>Sets kept at most; one takes about a kilobyte.</summary>
    private const int Capacity = 1 << 15;

    private readonly Dictionary<int[], OptionSet4> sets = new(KindComparer.Instance);
    private readonly int[] kind = new int[classes.Count + 2];

    /// <summary>The options of the packet's client.</summary>
    public OptionSet4 Of(scoped in Exchange4 x, OptionPlace place)
    {
        int length = 2;
        foreach (int index in x.Classes.InOrder)
        {
            if (classes.ShapesOptions(index)) kind[length++] = index;
        }

        ServingReservation? reservation = x.Reservation is { HasOptions: true } found ? found : null;
        if (length == 2) return reservation is null ? place.Plain : reservation.OptionsAt(place);

        kind[0] = place.Number;
        kind[1] = reservation?.Number ?? 0;
        var lookup = sets.GetAlternateLookup<ReadOnlySpan<int>>();
        ReadOnlySpan<int> key = kind.AsSpan(0, length);
        if (lookup.TryGetValue(key, out OptionSet4? set)) return set;

        if (sets.Count == Capacity) sets.Clear();
        set = Make(place, reservation, [.. key[2..]]);
        sets.Add(key.ToArray(), set);
        return set;
    }

    private OptionSet4 Make(OptionPlace place, ServingReservation? reservation, int[] members)
    {
        IEnumerable<ImmutableArray<OptionData>> levels = members.Select(index => classes.Find(index)?.Definition.Options ?? []);
        return place.Join(reservation?.Options ?? [], levels, name => members.Contains(classes.Resolve(name)));
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
