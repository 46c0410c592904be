using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Engine.V6;
using Leasehold.Net.Netlink;
using Leasehold.Protocol;

namespace Leasehold.Serve;

/// <summary>An interface to serve by DHCPv6.</summary>
/// <param name="Interface">As the engine sees it.</param>
internal sealed record WantedInterface6(ServedInterface6 Interface) : IWantedInterface<WantedInterface6>
{
    public int Index => Interface.Index;
    public string Name => Interface.Name;
    public string Identity => string.Join(" and ", Interface.Unicast.Prepend(Interface.LinkLocal).Select(static address => $"address {address}"));

    public bool IsSame(WantedInterface6 other) =>
        Index == other.Index && Name == other.Name
        && Interface.LinkLocal == other.Interface.LinkLocal && Interface.Unicast.SequenceEqual(other.Interface.Unicast);

    /// <summary>The server is to hear what is sent there: to a group, to the link-local address, or to an address that the configuration names.</summary>
    public bool Hears(Ipv6 destination) => destination.IsMulticast || destination == Interface.LinkLocal || Interface.Unicast.Contains(destination);
}

/// <summary>What the configuration's interfaces are on this machine, now.</summary>
internal static class WantedInterfaces6
{
    /// <summary>The interfaces to serve, and why others that are named cannot be.</summary>
    public static MatchedInterfaces<WantedInterface6> Of(InterfacesConfig6 config, LinkTable links)
    {
        ImmutableArray<(string, string)>.Builder problems = ImmutableArray.CreateBuilder<(string, string)>();
        SortedDictionary<int, WantedInterface6> served = [];
        foreach (InterfaceSelector6 selector in config.Interfaces)
        {
            if (selector.Name is null)
            {
                // "*": loopback has no clients, and without a link-local address nobody can be answered.
                foreach (NetworkLink link in links.Links.Where(static l => l is { IsUp: true, IsLoopback: false }))
                {
                    if (LinkLocalOf(link) is { } own) Add(served, link, own, unicast: null);
                }

                continue;
            }

            NetworkLink? named = links.Find(selector.Name);
            if (ProblemOf(named, selector.Unicast) is { } problem) problems.Add((selector.Name, problem));
            else if (named is not null) Add(served, named, LinkLocalOf(named) ?? named.Addresses6[0].Address, selector.Unicast);
        }

        return new([.. served.Values], problems.ToImmutable());
    }

    private static string? ProblemOf(NetworkLink? link, Ipv6? unicast)
    {
        if (link is null) return "there is no such interface";
        if (!link.IsUp) return "it is down";
        if (LinkLocalOf(link) is null && !(link.IsLoopback && link.Addresses6.Length > 0)) return "it has no link-local IPv6 address that can be used";
        return unicast is { } one && !link.Addresses6.Any(a => a.Address == one && !a.IsTentative) ? $"it does not have the address {one}" : null;
    }

    private static Ipv6? LinkLocalOf(NetworkLink link)
    {
        foreach (InterfaceAddress6 address in link.Addresses6)
        {
            if (address.Address.IsLinkLocal && !address.IsTentative) return address.Address;
        }

        return null;
    }

    private static void Add(SortedDictionary<int, WantedInterface6> served, NetworkLink link, Ipv6 linkLocal, Ipv6? unicast)
    {
        ImmutableArray<Ipv6> known = served.TryGetValue(link.Index, out WantedInterface6? before) ? before.Interface.Unicast : [];
        if (unicast is { } address && !known.Contains(address)) known = known.Add(address);
        served[link.Index] = new(new(link.Index, link.Name, linkLocal, known));
    }
}
