using Leasehold.Configuration.Model;
using Leasehold.Engine.Classification;
using Leasehold.Leases;

namespace Leasehold.Engine.V4;

/// <summary>How much the clients of a class, of a subnet and of a relay's port get: packets answered, and leases at one time.</summary>
internal sealed class LeaseLimits
{
    private readonly bool limitsRates;
    private readonly uint? leasesPerPort;
    private readonly PortRates? newClients;

    public LeaseLimits(Dhcp4Config config, ClassTable<ServingClass4> classes)
    {
        limitsRates = config.Classes.Any(static c => c.Limits?.Rate is not null);
        leasesPerPort = config.FloodProtection.LeasesPerPort;
        newClients = config.FloodProtection.NewClientsPerPort is { } rate ? new(rate) : null;
        Tally = new(
            config.Classes.Where(static c => c.Limits?.AddressLimit is not null).Select(c => (c.Name, classes.Resolve(c.Name))).Distinct(),
            leasesPerPort is not null);
    }

    public LeaseTally Tally { get; }

    /// <summary>The relay's option 82 must be kept with every lease, because it is counted.</summary>
    public bool NeedsRelayInfo => leasesPerPort is not null;

    /// <summary>Counts the packet for its classes. False: one of them had too many; dropped.</summary>
    /// <param name="from">How many of its classes were counted before.</param>
    public bool TryPassClasses(ref Exchange4 x, int from)
    {
        if (!limitsRates || x.IsReplay) return true;
        foreach (int index in x.Classes.InOrder[from..])
        {
            if (x.Config.Classes.Find(index)?.Rate is { } rate && !rate.TryPass(x.Now)) return x.Drop(DropReason.ClassRateLimit);
        }

        return true;
    }

    /// <summary>Counts the packet for its subnet. False: that had too many; dropped.</summary>
    public static bool TryPassSubnet(ref Exchange4 x) =>
        x.Subnet.Rate is not { } rate || x.IsReplay || rate.TryPass(x.Now) || x.Drop(DropReason.SubnetRateLimit);

    /// <summary>Counts a client that has no lease, for its port. False: that had too many; dropped.</summary>
    public bool TryPassPort(ref Exchange4 x, ClientLeases own)
    {
        if (newClients is null || x.IsReplay || own.Current is not null || own.Offered is not null || x.Reservation is not null) return true;
        ulong port = RelayPort.Of(x.RelayInfo, x.Subnet.Id) is not 0 and var relayed ? relayed : RelayPort.OfInterface(x.Datagram.Interface.Index);
        return newClients.TryPass(port, x.Now) || x.Drop(DropReason.PortRateLimit);
    }

    /// <summary>Why the client gets no address besides those that it has; None when it may have one.</summary>
    public DropReason Refusal(scoped in Exchange4 x, ClientLeases own)
    {
        if (own.Current is not null || own.Offered is not null) return DropReason.None;
        foreach ((_, int index) in Tally.Classes)
        {
            if (x.Classes.Contains(index) && x.Config.Classes.Find(index)?.Definition.Limits?.AddressLimit <= Tally.OfClass(index)) return DropReason.ClassLeaseLimit;
        }

        return leasesPerPort is { } most && RelayPort.Of(x.RelayInfo, x.Subnet.Id) is not 0 and var port && Tally.OfPort(port) >= most
            ? DropReason.PortLeaseLimit
            : DropReason.None;
    }

    /// <summary>The subnet may have one lease more, or the client has one of them already.</summary>
    public static bool HasRoom(scoped in Exchange4 x, ServingSubnet subnet, ClientLeases own) =>
        subnet.AddressLimit is not { } most
        || (own.Current is { } current && subnet.Prefix.Contains(current))
        || (own.Offered is { } offered && subnet.Prefix.Contains(offered))
        || HasRoom(x.Leases, subnet.Id, most);

    /// <summary>The subnet may have one lease more.</summary>
    public static bool HasRoom(LeaseTable4 leases, ServingSubnet subnet) => subnet.AddressLimit is not { } most || HasRoom(leases, subnet.Id, most);

    private static bool HasRoom(LeaseTable4 leases, uint subnetId, uint most)
    {
        LeaseCounts counts = leases.CountsOf(subnetId);
        return counts.Assigned + counts.Offered < most;
    }
}
