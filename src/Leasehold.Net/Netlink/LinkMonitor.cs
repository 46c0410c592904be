using System.Collections.Immutable;

namespace Leasehold.Net.Netlink;

/// <summary>Knows the interfaces of a network namespace, and is readable when one appears, vanishes or changes.</summary>
/// <remarks>
/// A notification says only "look again": the whole list is read anew and compared. So the order of addresses is always
/// the kernel's, and notifications that were lost (ENOBUFS) need no path of their own.
/// </remarks>
public sealed class LinkMonitor : PollSource
{
    private readonly NetlinkSocket notifications;
    private readonly NetlinkSocket requests;

    private LinkMonitor(NetlinkSocket notifications, NetlinkSocket requests)
        : base(notifications.Descriptor)
    {
        this.notifications = notifications;
        this.requests = requests;
        Table = requests.ListLinks();
    }

    /// <summary>The interfaces as the last <see cref="Refresh"/> found them; first of all those at the opening.</summary>
    public LinkTable Table { get; private set; }

    /// <summary>How often notifications were lost because too many came at once.</summary>
    public long Overruns { get; private set; }

    /// <summary>Opens a monitor in the calling thread's network namespace, to which it belongs from then on.</summary>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public static LinkMonitor Open()
    {
        // In this order: what changes after the first list is told.
        NetlinkSocket first = new(NetlinkSocket.LinkGroup | NetlinkSocket.Ipv4AddressGroup | NetlinkSocket.Ipv6AddressGroup);
        NetlinkSocket? second = null;
        try
        {
            second = new(groups: 0);
            return new(first, second);
        }
        catch
        {
            first.Dispose();
            second?.Dispose();
            throw;
        }
    }

    /// <summary>Reads the notifications, and the list again when there were any.</summary>
    /// <returns>What differs from the table before; empty when nothing does.</returns>
    /// <exception cref="LinuxException">The kernel refused; the table is the one before.</exception>
    public ImmutableArray<LinkChange> Refresh()
    {
        bool complete = notifications.Drain(out bool any);
        if (!complete) Overruns++;
        if (complete && !any) return [];
        LinkTable before = Table;
        Table = requests.ListLinks();
        return Table.ChangesSince(before);
    }

    private protected override void DisposeMore() => requests.Dispose();
}
