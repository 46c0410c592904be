using Leasehold.Protocol;

namespace Leasehold.Engine;

/// <summary>How long a lease counts as new, so that a renewal changes nothing: cache-threshold and cache-max-age of a subnet.</summary>
/// <param name="threshold">A part of the lease's time, above 0 and up to 1; null: the age alone decides. Other parts: no lease is new.</param>
/// <param name="maxAge">Seconds; null: the part alone decides; 0: no lease is new.</param>
internal readonly struct CacheWindow(double? threshold, uint? maxAge)
{
    /// <summary>Some lease may count as new.</summary>
    public bool IsOpen => maxAge != 0 && (threshold is null ? maxAge is not null : threshold is > 0 and <= 1);

    /// <summary>What is left of a lease when it stays as it is; null when it is to be prolonged.</summary>
    /// <param name="before">For how long it was given.</param>
    /// <param name="expire">When it ends.</param>
    /// <param name="renewed">For how long it would be given now.</param>
    public Lifetime? Rest(Lifetime before, Instant expire, Lifetime renewed, Instant now)
    {
        // A lease without an end is no longer when it is prolonged.
        if (before.IsInfinite) return renewed.IsInfinite ? Lifetime.Infinite : null;
        if (renewed < before) return null;
        long age = now.Seconds - (expire.Seconds - before.Seconds);
        return age >= 0 && age <= NewFor(before) && now < expire ? expire - now : null;
    }

    /// <summary>For how many seconds a lease counts as new; −1: it never does.</summary>
    private long NewFor(Lifetime valid)
    {
        if (!IsOpen) return -1;
        return threshold is { } part ? Math.Min((long)(valid.Seconds * part), maxAge ?? long.MaxValue) : maxAge ?? -1L;
    }
}
