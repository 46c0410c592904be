using Leasehold.Engine;
using Leasehold.Engine.V4;
using Leasehold.Net;
using Leasehold.Net.Netlink;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Microsoft.Extensions.Logging;

namespace Leasehold.Serve.Probing;

/// <summary>Asks whether somebody uses an address before it is offered, while the packet that it is for waits. Never blocks.</summary>
/// <remarks>
/// A packet that has its answer is handled again from the first step, with one more fact (<see cref="Ready"/>). Sockets are
/// open while packets wait. Used by the loop's thread only.
/// </remarks>
internal sealed class ConflictProbes(EventLoop events, LinkMonitor monitor, TimeProvider time, ILogger log) : IDisposable
{
    private readonly List<ParkedPacket> waiting = [];
    private readonly List<ParkedPacket> ready = [];
    private readonly Stack<ParkedPacket> spare = [];
    private readonly ushort identifier = (ushort)Environment.ProcessId;
    private ArpSocket? arp;
    private EchoSocket? echo;
    private bool toldImpossible;

    /// <summary>What is being asked for: the engine looks here, and the batch adds to it.</summary>
    public PendingProbes Pending { get; } = new();

    /// <summary>True when packets have their answer.</summary>
    public bool HasReady => ready.Count > 0;

    /// <summary>How long until the next question is over; null when none was asked. Zero when packets have their answer.</summary>
    public TimeSpan? Rest
    {
        get
        {
            if (HasReady) return TimeSpan.Zero;
            if (waiting.Count == 0) return null;
            long first = long.MaxValue;
            foreach (ParkedPacket packet in waiting) first = Math.Min(first, packet.Deadline);
            TimeSpan rest = time.GetElapsedTime(time.GetTimestamp(), first);
            return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
        }
    }

    /// <summary>Lets a packet wait, and asks for its address for the first time.</summary>
    public void Park(in Datagram datagram, DatagramSocket socket, in ProbeOrder order)
    {
        if (!spare.TryPop(out ParkedPacket? packet)) packet = new();
        HardwareAddress client = Dhcp4Message.TryParse(datagram.Payload, out Dhcp4Message message, out _) ? message.Chaddr : default;
        packet.Take(datagram, socket, order, client);
        waiting.Add(packet);
        Ask(packet);
    }

    /// <summary>Takes the answers that wait at a socket.</summary>
    /// <returns>False when the socket is not one of these.</returns>
    public bool Receive(PollSource source)
    {
        if (ReferenceEquals(source, arp))
        {
            while (arp.TryReceive(out ArpClaim claim)) Hear(claim);
            return true;
        }

        if (!ReferenceEquals(source, echo)) return false;
        while (echo.TryReceive(out Ipv4 address, out bool isThere)) Hear(address, isThere);
        return true;
    }

    /// <summary>Asks again where time is up, or takes silence as the answer.</summary>
    public void Advance()
    {
        long now = time.GetTimestamp();
        for (int i = waiting.Count - 1; i >= 0; i--)
        {
            ParkedPacket packet = waiting[i];
            if (packet.Deadline > now) continue;
            if (packet.Asked < packet.Order.Requests) Ask(packet);
            else End(i);
        }
    }

    /// <summary>The packets that have their answer, those that waited longest first; valid until <see cref="Return"/>.</summary>
    public IReadOnlyList<ParkedPacket> Ready => ready;

    /// <summary>Forgets the first packets that had their answer: they are handled.</summary>
    public void Return(int count)
    {
        for (int i = 0; i < count; i++) spare.Push(ready[i]);
        ready.RemoveRange(0, count);
        if (waiting.Count == 0 && ready.Count == 0) Close();
    }

    public void Dispose() => Close();

    private void Ask(ParkedPacket packet)
    {
        packet.Asked++;
        packet.Deadline = time.GetTimestamp() + (long)(packet.Order.Timeout * (time.TimestampFrequency / 1000.0));

        // What cannot be asked is taken as free, as the established server does: clients must not wait for somebody's network.
        if (Send(packet) is not null && waiting.IndexOf(packet) is >= 0 and var place) End(place);
    }

    private Errno? Send(ParkedPacket packet)
    {
        try
        {
            NetworkLink? link = packet.Order.Method == ProbeMethod.Arp ? monitor.Table.Find(packet.InterfaceIndex) : null;
            if (link is { Type: NetworkLink.EthernetType, HardwareAddress.Length: 6 })
            {
                if (arp is null) events.Add(arp = ArpSocket.Open());
                return arp.SendProbe(link.Index, link.HardwareAddress, packet.Order.Address);
            }

            if (echo is null) events.Add(echo = EchoSocket.Open(identifier));
            return echo.Send(packet.Order.Address);
        }
        catch (LinuxException exception)
        {
            if (!toldImpossible) Dhcp4Messages.ProbesImpossible(log, exception.Message);
            toldImpossible = true;
            return exception.Errno;
        }
    }

    private void Hear(ArpClaim claim)
    {
        for (int i = waiting.Count - 1; i >= 0; i--)
        {
            ParkedPacket packet = waiting[i];
            if (packet.Order.Address != claim.Address || packet.InterfaceIndex != claim.InterfaceIndex || packet.Client == claim.Hardware) continue;
            packet.Holder = claim.Hardware.ToString();
            End(i);
        }
    }

    private void Hear(Ipv4 address, bool isThere)
    {
        for (int i = waiting.Count - 1; i >= 0; i--)
        {
            if (waiting[i].Order.Address != address) continue;
            if (isThere) waiting[i].Holder = "somebody who answers to ICMP";
            End(i);
        }
    }

    private void End(int place)
    {
        ready.Add(waiting[place]);
        waiting.RemoveAt(place);
    }

    private void Close()
    {
        if (arp is not null) events.Remove(arp);
        if (echo is not null) events.Remove(echo);
        arp?.Dispose();
        echo?.Dispose();
        arp = null;
        echo = null;
    }
}
