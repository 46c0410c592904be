using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Leasehold.SystemTests.Net;

/// <summary>Ethernet frames as they are on the wire, by the runtime's own sockets: an eye apart from the code under test.</summary>
internal sealed class Wire : IDisposable
{
    private const byte AllProtocols = 3; // ETH_P_ALL
    private readonly Socket socket;

    /// <summary>Opens it on an interface of the calling thread's namespace.</summary>
    public Wire(int interfaceIndex)
    {
        socket = new(AddressFamily.Packet, SocketType.Raw, (ProtocolType)BinaryPrimitives.ReverseEndianness((ushort)AllProtocols))
        {
            ReceiveTimeout = (int)Sockets.Patience.TotalMilliseconds,
        };
        socket.Bind(new LinkEndPoint(interfaceIndex));
    }

    /// <summary>Sends a frame as it is.</summary>
    public void Send(ReadOnlySpan<byte> frame) => socket.Send(frame);

    /// <summary>Waits for an IPv4 UDP frame to a port and returns all of it, headers included.</summary>
    public byte[] ReceiveUdp(ushort port)
    {
        byte[] buffer = new byte[65536];
        while (true)
        {
            int length = socket.Receive(buffer);
            ReadOnlySpan<byte> frame = buffer.AsSpan(0, length);
            if (length >= 42 && frame[12..14] is [8, 0] && frame[23] == 17 && BinaryPrimitives.ReadUInt16BigEndian(frame[36..]) == port)
                return frame.ToArray();
        }
    }

    public void Dispose() => socket.Dispose();

    /// <summary>struct sockaddr_ll, packet(7).</summary>
    private sealed class LinkEndPoint(int interfaceIndex) : EndPoint
    {
        public override AddressFamily AddressFamily => AddressFamily.Packet;

        public override SocketAddress Serialize()
        {
            SocketAddress address = new(AddressFamily.Packet, 20);
            address[2] = 0;
            address[3] = AllProtocols;
            for (int i = 0; i < 4; i++) address[4 + i] = (byte)(interfaceIndex >> (8 * i));
            return address;
        }
    }
}
