using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Engine;
using Leasehold.Net.Netlink;
using Leasehold.Protocol;

namespace Leasehold.Serve;

/// <summary>An interface to serve.</summary>
/// <param name="Interface">As the engine sees it: with the addresses that are served.</param>
/// <param name="Ignored">Addresses of the interface that the configuration leaves to others: what comes to them is not for this server.</param>
internal sealed record WantedInterface(ServedInterface Interface, ImmutableArray<Ipv4> Ignored) : IWantedInterface<WantedInterface>
{
    public int Index => Interface.Index;
    public string Name => Interface.Name;
    public string Identity => $"server identifier {Interface.Address}";

    /// <summary>True when nothing at all is different.</summary>
    public bool IsSame(WantedInterface other) =>
        Index == other.Index && Name == other.Name && Interface.Addresses.SequenceEqual(other.Interface.Addresses) && Ignored.SequenceEqual(other.Ignored);
}

/// <summary>What the configuration's interfaces are on this machine, now.</summary>
internal static class WantedInterfaces
{
    /// <summary>The interfaces to serve, and why others that are named cannot be.</summary>
    public static MatchedInterfaces<WantedInterface> Of(InterfacesConfig config, LinkTable links)
    {
        ImmutableArray<(string, string)>.Builder problems = ImmutableArray.CreateBuilder<(string, string)>();
        Dictionary<int, (NetworkLink Link, List<Ipv4> Addresses)> served = [];
        foreach (InterfaceSelector selector in config.Interfaces)
        {
            if (selector.Name is null)
            {
                // "*": loopback has no clients, and without an address there is no server identifier.
                foreach (NetworkLink link in links.Links.Where(static l => l is { IsUp: true, IsLoopback: false, Addresses.IsEmpty: false })) Add(served, link, AddressesOf(link));
                continue;
            }

            NetworkLink? named = links.Find(selector.Name);
            string? problem = ProblemOf(named, selector.Address);
            if (problem is not null) problems.Add((selector.Name, problem));
            else if (named is not null) Add(served, named, selector.Address is { } one ? [one] : AddressesOf(named));
        }

        IEnumerable<WantedInterface> wanted = served.Values.OrderBy(static s => s.Link.Index).Select(static s => new WantedInterface(
            new(s.Link.Index, s.Link.Name, [.. s.Addresses]),
            [.. s.Link.Addresses.Select(static a => a.Address).Except(s.Addresses)]));
        return new([.. wanted], problems.ToImmutable());
    }

    private static string? ProblemOf(NetworkLink? link, Ipv4? address)
    {
        if (link is null) return "there is no such interface";
        if (!link.IsUp) return "it is down";
        if (link.Addresses.IsEmpty) return "it has no IPv4 address";
        return address is { } one && !link.Addresses.Any(a => a.Address == one) ? $"it does not have the address {one}" : null;
    }

    // The kernel puts the primary address of each network first; the first of all is the server identifier.
    private static IEnumerable<Ipv4> AddressesOf(NetworkLink link) =>
        link.Addresses.OrderBy(static a => a.IsSecondary).Select(static a => a.Address);

    private static void Add(Dictionary<int, (NetworkLink Link, List<Ipv4> Addresses)> served, NetworkLink link, IEnumerable<Ipv4> addresses)
    {
        if (!served.TryGetValue(link.Index, out (NetworkLink Link, List<Ipv4> Addresses) known)) served.Add(link.Index, known = (link, []));
        known.Addresses.AddRange(addresses.Except(known.Addresses));
    }
}
