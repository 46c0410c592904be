using Leasehold.Engine;
using Leasehold.Engine.V4;
using Leasehold.Net;
using Leasehold.Protocol;

namespace Leasehold.Serve.Probing;

/// <summary>A packet that waits until it is known whether somebody uses its address: its octets, and where they came from.</summary>
internal sealed class ParkedPacket
{
    private readonly byte[] octets = new byte[DatagramBatch.DefaultDatagramSize];
    private int length;
    private Ipv4 source;
    private Ipv4 destination;
    private ushort sourcePort;

    /// <summary>Where it arrived; its listener may be gone by the time it is handled again.</summary>
    public DatagramSocket? Socket { get; private set; }

    public int InterfaceIndex { get; private set; }

    public ProbeOrder Order { get; private set; }

    /// <summary>Who is to get the address: if this one answers, it is no conflict.</summary>
    public HardwareAddress Client { get; private set; }

    /// <summary>Questions that were sent.</summary>
    public uint Asked { get; set; }

    /// <summary>When the last question counts as not answered, by the monotonic clock.</summary>
    public long Deadline { get; set; }

    /// <summary>Who has the address; null when nobody answered.</summary>
    public string? Holder { get; set; }

    /// <summary>Takes a packet over. It is copied: its batch ends before the answer comes.</summary>
    public void Take(in Datagram datagram, DatagramSocket socket, in ProbeOrder order, HardwareAddress client)
    {
        datagram.Payload.CopyTo(octets);
        length = datagram.Payload.Length;
        (source, destination, sourcePort) = (datagram.Source, datagram.Destination, datagram.SourcePort);
        (Socket, InterfaceIndex, Order, Client) = (socket, datagram.Interface.Index, order, client);
        (Asked, Deadline, Holder) = (0, 0, null);
    }

    /// <summary>The packet as it came, on the interface as it is now.</summary>
    public Datagram View(ServedInterface served) => new()
    {
        Payload = octets.AsSpan(0, length),
        Source = source,
        SourcePort = sourcePort,
        Destination = destination,
        Interface = served,
    };
}
