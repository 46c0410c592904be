namespace Leasehold.Fuzz.Driving;

/// <summary>What one input reached in the code under test, as numbers: the outcome's kinds, not its values.</summary>
/// <remarks>A set of small facts in the place of instrumented code: an input that shows a new one is worth changing further.</remarks>
internal sealed class Reached
{
    // Names in a person's text come from the input: their number must not make every input new.
    private const ulong MessageBuckets = 2048;

    private readonly HashSet<ulong> facts = [];

    public IReadOnlyCollection<ulong> Facts => facts;

    public void Clear() => facts.Clear();

    /// <summary>One fact: what it is about, and up to two small numbers.</summary>
    public void Add(string about, long first = 0, long second = 0) => facts.Add(Mix(Mix(Hash(about), (ulong)first), (ulong)second));

    /// <summary>A number as its order of magnitude.</summary>
    public void AddSize(string about, long size) => Add(about, size <= 0 ? size : 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)size));

    /// <summary>A sentence for a person: its letters count, its numbers do not.</summary>
    public void AddMessage(string about, string message)
    {
        ulong hash = Hash(about);
        foreach (char c in message)
        {
            if (char.IsAsciiLetter(c)) hash = Mix(hash, c);
        }

        facts.Add(Mix(Hash(about), hash % MessageBuckets));
    }

    private static ulong Hash(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text) hash = (hash ^ c) * 1099511628211;
        return hash;
    }

    private static ulong Mix(ulong hash, ulong value)
    {
        ulong mixed = (hash ^ value) * 0x9E3779B97F4A7C15;
        return mixed ^ (mixed >> 29);
    }
}
