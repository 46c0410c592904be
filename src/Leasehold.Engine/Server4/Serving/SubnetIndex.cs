using System.Diagnostics.CodeAnalysis;
using Leasehold.Configuration.Model;
using Leasehold.Engine.Classification;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>Subnets by address, relay, interface and id.</summary>
internal sealed class SubnetIndex
{
    private readonly Dictionary<uint, ServingSubnet> byId = [];
    private readonly Dictionary<Ipv4, ServingSubnet[]> byRelay = [];
    private readonly Dictionary<string, ServingSubnet[]> byInterface = new(StringComparer.Ordinal);
    private readonly List<OpenPools> links = [];

    // The address space cut into segments: segment i begins at starts[i], ends before starts[i + 1], and belongs to owners[i].
    private readonly uint[] starts;
    private readonly ServingSubnet?[] owners;

    public SubnetIndex(Dhcp4Config config, ClassTable<ServingClass4> classes)
    {
        ServingLevels levels = new(config, classes);
        foreach (SharedNetwork4 around in config.SharedNetworks)
        {
            ServingNetwork network = new(around, classes);
            network.Subnets = [.. around.Subnets.Select(subnet => Add(subnet, around, network, levels))];
            links.Add(new(network.Subnets));
            foreach (Ipv4 relay in around.RelayAddresses) Append(byRelay, relay, [.. network.Subnets]);
            if (around.Interface is { } name) Append(byInterface, name, [.. network.Subnets]);
        }

        foreach (Subnet4 subnet in config.Subnets) links.Add(new([Add(subnet, around: null, network: null, levels)]));
        (starts, owners) = Cut(byId.Values);
    }

    /// <summary>Ties every pool to its free addresses, which the table knows from now on.</summary>
    public void Bind(LeaseTable4 leases)
    {
        foreach (OpenPools link in links) link.Bind(leases);
    }

    public bool TryGet(uint id, [NotNullWhen(true)] out ServingSubnet? subnet) => byId.TryGetValue(id, out subnet);

    /// <summary>The subnets that have this relay among their relay addresses, in the order of the configuration.</summary>
    public ReadOnlySpan<ServingSubnet> OfRelay(Ipv4 giaddr) => byRelay.Count == 0 ? default : byRelay.GetValueOrDefault(giaddr);

    /// <summary>The subnets that name this interface, in the order of the configuration.</summary>
    public ReadOnlySpan<ServingSubnet> OfInterface(string name) => byInterface.Count == 0 ? default : byInterface.GetValueOrDefault(name);

    /// <summary>The subnet that an address lies in, the smallest where one lies in another; null when there is none.</summary>
    public ServingSubnet? OfAddress(Ipv4 address)
    {
        int place = starts.AsSpan().BinarySearch(address.Value);
        if (place < 0) place = ~place - 1;
        return place < 0 ? null : owners[place];
    }

    private ServingSubnet Add(Subnet4 subnet, SharedNetwork4? around, ServingNetwork? network, ServingLevels levels)
    {
        ServingSubnet serving = new(subnet, around, network, levels);
        byId.TryAdd(subnet.Id, serving);
        foreach (Ipv4 relay in subnet.RelayAddresses) Append(byRelay, relay, [serving]);
        if (subnet.Interface is { } name) Append(byInterface, name, [serving]);
        return serving;
    }

    private static void Append<TKey>(Dictionary<TKey, ServingSubnet[]> index, TKey key, ServingSubnet[] subnets)
        where TKey : notnull => index[key] = [.. index.GetValueOrDefault(key) ?? [], .. subnets];

    private static (uint[] Starts, ServingSubnet?[] Owners) Cut(IEnumerable<ServingSubnet> subnets)
    {
        List<(uint Start, ServingSubnet? Owner)> segments = [];
        Stack<ServingSubnet> open = [];
        foreach (ServingSubnet subnet in subnets.OrderBy(s => s.Prefix.Network).ThenBy(s => s.Prefix.Length))
        {
            CloseBefore(subnet.Prefix.Network.Value);
            Begin(subnet.Prefix.Network.Value, subnet);
            open.Push(subnet);
        }

        CloseBefore(null);
        return ([.. segments.Select(s => s.Start)], [.. segments.Select(s => s.Owner)]);

        void CloseBefore(uint? next)
        {
            while (open.TryPeek(out ServingSubnet? last) && (next is null || last.Prefix.Last.Value < next))
            {
                open.Pop();
                if (last.Prefix.Last == Ipv4.Broadcast) continue;
                Begin(last.Prefix.Last.Value + 1, open.TryPeek(out ServingSubnet? around) ? around : null);
            }
        }

        // A segment that begins where the last one did replaces it: the smaller subnet wins.
        void Begin(uint start, ServingSubnet? owner)
        {
            if (segments.Count > 0 && segments[^1].Start == start) segments.RemoveAt(segments.Count - 1);
            segments.Add((start, owner));
        }
    }
}
