using System.Globalization;
using Leasehold.Protocol;

namespace Leasehold.Demo;

/// <summary>A line of the DHCPv6 lease file, read for a comparison and not for service.</summary>
/// <param name="Leased">A delegated prefix, or an address as a prefix of 128 bits.</param>
/// <param name="HardwareAddress">As it is written there; may be empty.</param>
/// <param name="ValidLifetime">Seconds; 0 after a release.</param>
/// <param name="State">0 is in use, 1 is declined, 2 is expired and reclaimed, 3 is released.</param>
public sealed record RecordedLease6(Ipv6Prefix Leased, string HardwareAddress, uint ValidLifetime, long Expire, int State)
{
    public bool IsInUse => State == 0 && ValidLifetime > 0;
}

/// <summary>What a DHCPv6 lease file says, read apart from the server's own reader as <see cref="RecordedLeases"/> does.</summary>
public static class RecordedLeases6
{
    /// <summary>The last complete line of every address and prefix.</summary>
    /// <exception cref="DemoException">The file has no heading.</exception>
    public static IReadOnlyDictionary<Ipv6Prefix, RecordedLease6> Read(string path)
    {
        var leases = new Dictionary<Ipv6Prefix, RecordedLease6>();
        foreach (string[] fields in LeaseFileLines.Read(path, "address", "prefix_len", "hwaddr", "valid_lifetime", "expire", "state"))
        {
            var leased = new Ipv6Prefix(Ipv6.Parse(fields[0]), int.Parse(fields[1], CultureInfo.InvariantCulture));
            leases[leased] = new RecordedLease6(
                leased,
                fields[2],
                uint.Parse(fields[3], CultureInfo.InvariantCulture),
                long.Parse(fields[4], CultureInfo.InvariantCulture),
                int.Parse(fields[5], CultureInfo.InvariantCulture));
        }

        return leases;
    }
}
