using System.Globalization;
using Leasehold.Protocol;

namespace Leasehold.Demo;

/// <summary>A line of the lease file, read for a comparison and not for service.</summary>
/// <param name="HardwareAddress">As it is written there; may be empty.</param>
/// <param name="ValidLifetime">Seconds; 0 after a release.</param>
/// <param name="State">0 is in use, 1 is declined, 2 is expired and reclaimed, 3 is released.</param>
public sealed record RecordedLease(Ipv4 Address, string HardwareAddress, string ClientId, uint ValidLifetime, long Expire, string Hostname, int State)
{
    public bool IsInUse => State == 0 && ValidLifetime > 0;
}

/// <summary>What a lease file says. It reads the text by itself, so that a fault of the server's own reader cannot hide a loss.</summary>
public static class RecordedLeases
{
    /// <summary>The last complete line of every address.</summary>
    /// <exception cref="DemoException">The file has no heading.</exception>
    public static IReadOnlyDictionary<Ipv4, RecordedLease> Read(string path)
    {
        var leases = new Dictionary<Ipv4, RecordedLease>();
        foreach (string[] fields in LeaseFileLines.Read(path, "address", "hwaddr", "client_id", "valid_lifetime", "expire", "hostname", "state"))
        {
            leases[Ipv4.Parse(fields[0])] = new RecordedLease(
                Ipv4.Parse(fields[0]),
                fields[1],
                fields[2],
                uint.Parse(fields[3], CultureInfo.InvariantCulture),
                long.Parse(fields[4], CultureInfo.InvariantCulture),
                fields[5],
                int.Parse(fields[6], CultureInfo.InvariantCulture));
        }

        return leases;
    }
}
