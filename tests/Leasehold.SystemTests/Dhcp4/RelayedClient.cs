using System.Net;
using System.Net.Sockets;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.SystemTests.Dhcp4;

/// <summary>The test itself as a relay for clients: asks a server by UDP and waits for its answers.</summary>
public sealed class RelayedClient : IDisposable
{
    private const int Tries = 20;

    private readonly Socket socket;
    private readonly Ipv4 relay;
    private readonly IPEndPoint server;
    private uint lastXid = 0x5000;

    /// <param name="host">The host of the relay, which has the address <paramref name="relay"/>.</param>
    public RelayedClient(ServedNetwork network, string host, string relay, string server)
    {
        this.relay = Ipv4.Parse(relay);
        this.server = new IPEndPoint(IPAddress.Parse(server), 67);
        socket = network.Hosts.In(host, () =>
        {
            var opened = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 1000 };
            opened.Bind(new IPEndPoint(IPAddress.Parse(relay), 67));
            return opened;
        });
    }

    /// <summary>Asks for an address that the client already has, as a client does after a restart (RFC 2131 §4.3.2, INIT-REBOOT).</summary>
    /// <returns>The type of the answer and its yiaddr; null when the server stays silent.</returns>
    public (MessageType4 Type, Ipv4 Yiaddr)? Reboot(HardwareAddress client, Ipv4 address)
    {
        byte[] query = new byte[600];
        uint xid = ++lastXid;
        var writer = new Dhcp4Writer(query) { Op = Op4.BootRequest, Xid = xid, Giaddr = relay, Hops = 1, Chaddr = client };
        writer.Add(53, (byte)MessageType4.Request);
        writer.Add(50, address);
        int length = writer.Finish();

        byte[] answer = new byte[1500];
        for (int i = 0; i < Tries; i++)
        {
            socket.SendTo(query.AsSpan(0, length), server);
            try
            {
                while (true)
                {
                    int received = socket.Receive(answer);
                    if (Dhcp4Message.TryParse(answer.AsSpan(0, received), out var message, out _) && message.Xid == xid)
                        return (message.MessageType, message.Yiaddr);
                }
            }
            catch (SocketException timeout) when (timeout.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
            {
                // Asked again.
            }
        }

        return null;
    }

    public void Dispose() => socket.Dispose();
}
