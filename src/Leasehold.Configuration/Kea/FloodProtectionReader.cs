using Leasehold.Configuration.Model;

namespace Leasehold.Configuration.Kea;

/// <summary>"flood-protection".</summary>
internal static class FloodProtectionReader
{
    /// <summary>The keys of the map.</summary>
    public static readonly KeyTable<FloodProtection> Keys = new("\"flood-protection\"")
    {
        {
            "new-clients-per-port",
            "Clients without a lease that get an offer at one port of a relay (option 82), or on one interface, as \"20 clients per minute\". Default: any number.",
            static (f, v, r) => f with { NewClientsPerPort = LimitsReader.Rate(v, r) }
        },
        {
            "leases-per-port", "Leases at one time of clients behind one port of a relay. Default: any number. Option 82 is kept with leases then.",
            static (f, v, r) => f with { LeasesPerPort = r.UInt32(v, 1) }
        },
    };
}
