namespace Leasehold.Engine.Expressions;

/// <summary>Where values are put together that are not in the packet as they are; one for a thread, used by one expression at a time.</summary>
internal sealed class ExpressionScratch
{
    /// <summary>Octets that the intermediate values of an expression may have together. Options of a whole datagram fit several times.</summary>
    public const int Size = 16384;

    /// <summary>Octets that a pattern is matched against at most: more than an option of DHCPv4 holds in a datagram of Ethernet.</summary>
    public const int MaxMatched = 4096;

    private readonly byte[] octets = new byte[Size];
    private readonly char[] characters = new char[MaxMatched];

    /// <summary>Octets taken so far; set it back to free what was taken since.</summary>
    public int Used { get; set; }

    /// <summary>What is free.</summary>
    public Span<byte> Rest => octets.AsSpan(Used);

    /// <summary>Takes octets; an empty span, and nothing taken, when they do not fit.</summary>
    public Span<byte> Take(int length)
    {
        if (length > octets.Length - Used) return default;
        Span<byte> place = octets.AsSpan(Used, length);
        Used += length;
        return place;
    }

    /// <summary>Takes what a value uses of <see cref="Rest"/>, if it is there and not in the packet.</summary>
    public void Keep(ReadOnlySpan<byte> value)
    {
        if (Rest.Overlaps(value, out int start)) Used += start + value.Length;
    }

    /// <summary>Copies a value to a place, which becomes the place behind it; what stands there is free then.</summary>
    /// <returns>False, and all behind the place is free, when the value does not fit.</returns>
    public bool TryMove(ReadOnlySpan<byte> value, ref int at)
    {
        Used = at;
        if (!value.TryCopyTo(Rest)) return false;
        at += value.Length;
        Used = at;
        return true;
    }

    public ReadOnlySpan<byte> Between(int start, int end) => octets.AsSpan(start..end);

    /// <summary>A character for each octet. False when there are too many.</summary>
    public bool TryWiden(ReadOnlySpan<byte> value, out ReadOnlySpan<char> widened)
    {
        widened = default;
        if (value.Length > characters.Length) return false;
        for (int i = 0; i < value.Length; i++) characters[i] = (char)value[i];
        widened = characters.AsSpan(0, value.Length);
        return true;
    }
}
