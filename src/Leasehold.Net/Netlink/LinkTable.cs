using System.Collections.Immutable;

namespace Leasehold.Net.Netlink;

/// <summary>All interfaces of a network namespace with their addresses, at one time. Immutable.</summary>
public sealed class LinkTable
{
    public static readonly LinkTable Empty = new([]);

    private readonly Dictionary<int, NetworkLink> byIndex;

    /// <summary>A table of the given interfaces.</summary>
    /// <param name="links">No two with one index.</param>
    public LinkTable(IEnumerable<NetworkLink> links)
    {
        Links = [.. links.OrderBy(link => link.Index)];
        byIndex = Links.ToDictionary(link => link.Index);
    }

    /// <summary>By index, ascending.</summary>
    public ImmutableArray<NetworkLink> Links { get; }

    /// <summary>Null when there is none.</summary>
    public NetworkLink? Find(int index) => byIndex.GetValueOrDefault(index);

    /// <summary>Null when there is none.</summary>
    public NetworkLink? Find(string name) => Links.FirstOrDefault(link => link.Name == name);

    /// <summary>Lists the interfaces of the calling thread's network namespace.</summary>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public static LinkTable Read()
    {
        using NetlinkSocket socket = new(groups: 0);
        return socket.ListLinks();
    }

    /// <summary>What became of the interfaces of an earlier table: vanished, appeared and changed ones, by index.</summary>
    public ImmutableArray<LinkChange> ChangesSince(LinkTable earlier)
    {
        ImmutableArray<LinkChange>.Builder changes = ImmutableArray.CreateBuilder<LinkChange>();
        foreach (int index in earlier.byIndex.Keys.Union(byIndex.Keys).Order())
        {
            LinkChange change = new(earlier.Find(index), Find(index));
            if (change.Before != change.After) changes.Add(change);
        }

        return changes.ToImmutable();
    }
}

/// <summary>What became of an interface.</summary>
/// <param name="Before">Null when it appeared.</param>
/// <param name="After">Null when it vanished.</param>
public readonly record struct LinkChange(NetworkLink? Before, NetworkLink? After);
