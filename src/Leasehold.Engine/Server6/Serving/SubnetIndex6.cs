using System.Diagnostics.CodeAnalysis;
using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V6;

/// <summary>Subnets by address, relay, interface, relay's interface identifier and id.</summary>
internal sealed class SubnetIndex6
{
    private readonly Dictionary<uint, ServingSubnet6> byId = [];
    private readonly Dictionary<Ipv6, ServingSubnet6[]> byRelay = [];
    private readonly Dictionary<string, ServingSubnet6[]> byInterface = new(StringComparer.Ordinal);
    private readonly Dictionary<byte[], ServingSubnet6[]> byInterfaceId = new(OctetsComparer.Instance);
    private readonly Dictionary<byte[], ServingSubnet6[]>.AlternateLookup<ReadOnlySpan<byte>> lookupInterfaceId;

    // Subnets by prefix, and the lengths there are, the longest first: a search takes one look for each length.
    private readonly Dictionary<Ipv6Prefix, ServingSubnet6> byPrefix = [];
    private readonly int[] lengths;

    public SubnetIndex6(Dhcp6Config config, ServingLevels6 levels)
    {
        lookupInterfaceId = byInterfaceId.GetAlternateLookup<ReadOnlySpan<byte>>();
        foreach (SharedNetwork6 network in config.SharedNetworks)
        {
            ServingNetwork6 serving = new(levels.Classes.Guard(network.Classes), levels.Classes.Additional(network.Classes));
            serving.Subnets = [.. network.Subnets.Select(subnet => Add(subnet, network, serving, levels))];
            foreach (ServingSubnet6 subnet in serving.Subnets) AddPlaces(subnet, network.RelayAddresses, network.Interface, network.InterfaceId.AsSpan());
        }

        foreach (Subnet6 subnet in config.Subnets)
        {
            ServingNetwork6 alone = new(default, []);
            alone.Subnets = [Add(subnet, around: null, alone, levels)];
        }

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

    /// <summary>The subnets that have this relay among their relay addresses, in the order of the configuration; empty when none has.</summary>
    public ReadOnlySpan<ServingSubnet6> OfRelay(Ipv6 linkAddress) => byRelay.Count == 0 ? default : byRelay.GetValueOrDefault(linkAddress);

    /// <summary>The subnets that name this interface of the server; empty when none does.</summary>
    public ReadOnlySpan<ServingSubnet6> OfInterface(string name) => byInterface.Count == 0 ? default : byInterface.GetValueOrDefault(name);

    /// <summary>The subnets that name this interface identifier of relays (RFC 8415 §21.18); empty when none does.</summary>
    public ReadOnlySpan<ServingSubnet6> OfInterfaceId(ReadOnlySpan<byte> id) =>
        byInterfaceId.Count > 0 && lookupInterfaceId.TryGetValue(id, out ServingSubnet6[]? subnets) ? subnets : default;

    /// <summary>The subnet that an address lies in, the smallest where one lies in another; null when there is none.</summary>
    public ServingSubnet6? OfAddress(Ipv6 address)
    {
        foreach (int length in lengths)
        {
            if (byPrefix.TryGetValue(new(address, length), out ServingSubnet6? subnet)) return subnet;
        }

        return null;
    }

    private ServingSubnet6 Add(Subnet6 subnet, SharedNetwork6? around, ServingNetwork6 network, ServingLevels6 levels)
    {
        ServingSubnet6 serving = new(subnet, around, network, levels);
        byId.TryAdd(subnet.Id, serving);
        byPrefix.TryAdd(subnet.Prefix, serving);
        AddPlaces(serving, subnet.RelayAddresses, subnet.Interface, subnet.InterfaceId.AsSpan());
        return serving;
    }

    private void AddPlaces(ServingSubnet6 subnet, IEnumerable<Ipv6> relays, string? interfaceName, ReadOnlySpan<byte> interfaceId)
    {
        foreach (Ipv6 relay in relays) Append(byRelay, relay, subnet);
        if (interfaceName is not null) Append(byInterface, interfaceName, subnet);
        if (!interfaceId.IsEmpty) Append(byInterfaceId, interfaceId.ToArray(), subnet);
    }

    private static void Append<TKey>(Dictionary<TKey, ServingSubnet6[]> places, TKey key, ServingSubnet6 subnet)
        where TKey : notnull
    {
        ServingSubnet6[] before = places.GetValueOrDefault(key, []);
        if (!before.Contains(subnet)) places[key] = [.. before, subnet];
    }
}
