namespace Leasehold.Fuzz.Driving;

/// <summary>An input in the middle of octets that nobody may read or write.</summary>
internal sealed class GuardedInput(int maxLength)
{
    private const int Guard = 64;
    private const byte GuardOctet = 0xFF;

    private readonly byte[] octets = new byte[maxLength + (2 * Guard)];

    /// <summary>Runs a target, and looks at the guards and the input afterwards.</summary>
    public void Run(Target target, byte[] input, Reached reached)
    {
        Array.Fill(octets, GuardOctet);
        input.CopyTo(octets, Guard);
        reached.Clear();
        target.Run(octets.AsSpan(Guard, input.Length), reached);
        BrokenRule.Unless(octets.AsSpan(Guard, input.Length).SequenceEqual(input), "the input is only read");
        BrokenRule.Unless(
            octets.AsSpan(0, Guard).IndexOfAnyExcept(GuardOctet) < 0 && octets.AsSpan(Guard + input.Length).IndexOfAnyExcept(GuardOctet) < 0,
            "octets around the input are not touched");
    }

    /// <summary>Fails for a span that is not a part of the input.</summary>
    public static void Inside(ReadOnlySpan<byte> input, ReadOnlySpan<byte> part)
    {
        if (part.IsEmpty) return;
        BrokenRule.Unless(input.Overlaps(part, out int offset) && offset >= 0 && offset + part.Length <= input.Length, "a view lies inside the input", $"{part.Length} octets");
    }
}
