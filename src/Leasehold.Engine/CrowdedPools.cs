using Leasehold.Protocol;

namespace Leasehold.Engine;

/// <summary>adaptive-lease-time-threshold: leases are short where pools are nearly full.</summary>
internal static class CrowdedPools
{
    /// <summary>The lifetime in a crowded place: the least one, but no time that the client has already is taken from it.</summary>
    /// <param name="granted">What it would get elsewhere.</param>
    /// <param name="left">Of what it has; zero for nothing.</param>
    public static Lifetime Shortened(Lifetime granted, Lifetime least, Lifetime left)
    {
        Lifetime bound = least > left ? least : left;
        return bound < granted ? bound : granted;
    }
}
