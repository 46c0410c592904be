using System.Diagnostics.CodeAnalysis;
using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V6;

/// <summary>Subnets by address, relay, interface, relay's interface identifier and id.</summary>
internal sealed class SubnetIndex6
{
    private readonly Dictionary<uint, ServingSubnet6> byId = [];
    private readonly Dictionary<Ipv6, ServingSubnet6> byRelay = [];
    private readonly Dictionary<string, ServingSubnet6> byInterface = new(StringComparer.Ordinal);
    private readonly Dictionary<byte[], ServingSubnet6> byInterfaceId = new(OctetsComparer.Instance);
    private readonly Dictionary<byte[], ServingSubnet6>.AlternateLookup<ReadOnlySpan<byte>> lookupInterfaceId;

    // Subnets by prefix, and the lengths there are, the longest first: a search takes one look for each length.
    private readonly Dictionary<Ipv6Prefix, ServingSubnet6> byPrefix = [];
    private readonly int[] lengths;

    public SubnetIndex6(Dhcp6Config config, OptionSet6 global)
    {
        lookupInterfaceId = byInterfaceId.GetAlternateLookup<ReadOnlySpan<byte>>();
        foreach (SharedNetwork6 network in config.SharedNetworks)
        {
            ServingSubnet6[] served = [.. network.Subnets.Select(subnet => Add(config, network, subnet, global))];
            ServingNetwork6 together = new([.. served]);
            foreach (ServingSubnet6 subnet in served) subnet.Network = together;
            if (served.Length > 0) AddPlaces(served[0], network.RelayAddresses, network.Interface, network.InterfaceId.AsSpan());
        }

        foreach (Subnet6 subnet in config.Subnets) Add(config, network: null, subnet, global);
        lengths = [.. byPrefix.Keys.Select(prefix => prefix.Length).Distinct().OrderDescending()];
    }

    /// <summary>All pools, for the table.</summary>
    public IReadOnlyCollection<LeasePool6> Pools => [.. ServingPools.Select(pool => pool.Key)];

    private IEnumerable<ServingPool6> ServingPools => byId.Values.SelectMany(subnet => subnet.Pools.Concat(subnet.PdPools));

    /// <summary>Ties every pool to what is free in it, which the table knows from now on.</summary>
    public void Bind(LeaseTable6 leases)
    {
        foreach (ServingPool6 pool in ServingPools) pool.Bind(leases);
    }

    public bool TryGet(uint id, [NotNullWhen(true)] out ServingSubnet6? subnet) => byId.TryGetValue(id, out subnet);

    /// <summary>The subnet that has this relay among its relay addresses; null when none has.</summary>
    public ServingSubnet6? OfRelay(Ipv6 linkAddress) => byRelay.Count == 0 ? null : byRelay.GetValueOrDefault(linkAddress);

    /// <summary>The subnet that names this interface of the server; null when none does.</summary>
    public ServingSubnet6? OfInterface(string name) => byInterface.Count == 0 ? null : byInterface.GetValueOrDefault(name);

    /// <summary>The subnet that names this interface identifier of relays (RFC 8415 §21.18); null when none does.</summary>
    public ServingSubnet6? OfInterfaceId(ReadOnlySpan<byte> id) =>
        byInterfaceId.Count > 0 && lookupInterfaceId.TryGetValue(id, out ServingSubnet6? subnet) ? subnet : null;

    /// <summary>The subnet that an address lies in, the smallest where one lies in another; null when there is none.</summary>
    public ServingSubnet6? OfAddress(Ipv6 address)
    {
        foreach (int length in lengths)
        {
            if (byPrefix.TryGetValue(new(address, length), out ServingSubnet6? subnet)) return subnet;
        }

        return null;
    }

    private ServingSubnet6 Add(Dhcp6Config config, SharedNetwork6? network, Subnet6 subnet, OptionSet6 global)
    {
        ServingSubnet6 serving = new(config, network, subnet, global);
        byId.TryAdd(subnet.Id, serving);
        byPrefix.TryAdd(subnet.Prefix, serving);
        AddPlaces(serving, subnet.RelayAddresses, subnet.Interface, subnet.InterfaceId.AsSpan());
        return serving;
    }

    private void AddPlaces(ServingSubnet6 subnet, IEnumerable<Ipv6> relays, string? interfaceName, ReadOnlySpan<byte> interfaceId)
    {
        foreach (Ipv6 relay in relays) byRelay.TryAdd(relay, subnet);
        if (interfaceName is not null) byInterface.TryAdd(interfaceName, subnet);
        if (!interfaceId.IsEmpty) byInterfaceId.TryAdd(interfaceId.ToArray(), subnet);
    }
}
