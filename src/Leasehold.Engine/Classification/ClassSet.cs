namespace Leasehold.Engine.Classification;

/// <summary>The classes of one packet's client, in the order in which they were found: the first with a value wins.</summary>
/// <param name="count">How many classes the configuration knows.</param>
internal sealed class ClassSet(int count)
{
    private readonly ulong[] members = new ulong[(count + 63) / 64];
    private readonly int[] order = new int[count];
    private int length;

    public int Count => length;

    /// <summary>A bit for each class, class 0 the lowest bit of the first number.</summary>
    public ReadOnlySpan<ulong> Members => members;

    public ReadOnlySpan<int> InOrder => order.AsSpan(0, length);

    public void Clear()
    {
        length = 0;
        members.AsSpan().Clear();
    }

    /// <summary>Takes out what was added after the first ones.</summary>
    public void KeepFirst(int count)
    {
        while (length > count)
        {
            int last = order[--length];
            members[last >> 6] &= ~(1UL << last);
        }
    }

    public bool Contains(int index) => (members[index >> 6] & (1UL << index)) != 0;

    /// <summary>Adds a class at the end; one that is in already keeps its place.</summary>
    public void Add(int index)
    {
        if (Contains(index)) return;
        members[index >> 6] |= 1UL << index;
        order[length++] = index;
    }
}
