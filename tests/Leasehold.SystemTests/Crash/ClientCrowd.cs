using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Leasehold.SystemTests.Dhcp4;

namespace Leasehold.SystemTests.Crash;

/// <summary>Many clients behind one relay, which is the test itself: they get leases, renew and release them, and keep a ledger of what they were told.</summary>
/// <remarks>
/// One socket and no thread, so that what a client was told is known exactly: an acknowledgement counts as soon as it left the
/// server, whether the test looked at it before the server died or after. Clients choose by a seed; the order of answers is the server's.
/// </remarks>
public sealed class ClientCrowd : IDisposable
{
    public const string RelayAddress = "10.0.0.2";
    public const string ServerAddress = "10.0.0.1";

    /// <summary>Questions without an answer so far at a time: fills the server's batches, and fits the socket's buffer.</summary>
    public const int Window = 100;

    /// <summary>xid: a number that goes up, and the client's place in its last twelve bits.</summary>
    private const int PlaceBits = 12;

    /// <summary>A client that hears nothing asks again; longer than a batch takes on a slow disk.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Socket socket;
    private readonly EndPoint server = new IPEndPoint(IPAddress.Parse(ServerAddress), 67);
    private readonly Ipv4 relay = Ipv4.Parse(RelayAddress);
    private readonly Ipv4 serverId = Ipv4.Parse(ServerAddress);
    private readonly Random random;
    private readonly Member[] members;
    private readonly List<Member> waiting = [];
    private readonly byte[] octets = new byte[1500];
    private uint lastNumber;

    public ClientCrowd(ServedNetwork network, int clients, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clients, 1 << PlaceBits);
        this.random = random;
        members = [.. Enumerable.Range(0, clients).Select(place => new Member(place))];
        socket = network.Hosts.In("client", () =>
        {
            var opened = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false, ReceiveBufferSize = 1 << 20 };
            opened.Bind(new IPEndPoint(IPAddress.Parse(RelayAddress), 67));
            return opened;
        });
    }

    /// <summary>What a client is doing.</summary>
    private enum Doing
    {
        Nothing,
        Discovering,
        Requesting,
        Bound,
        Renewing,
    }

    public LeaseLedger Ledger { get; } = new();

    /// <summary>Offers that came so far.</summary>
    public long Offers { get; private set; }

    /// <summary>Sends until the window is full, and takes the answers that are there; waits a moment when there are none.</summary>
    public void Turn()
    {
        Fill();
        if (Receive() > 0) return;
        socket.Poll(TimeSpan.FromMilliseconds(1), SelectMode.SelectRead);
        GiveUp(Patience);
    }

    /// <summary>Turns until a condition holds.</summary>
    /// <exception cref="Leasehold.Demo.DemoException">It does not within a minute.</exception>
    public void Run(Func<bool> until, string expected)
    {
        var watch = Stopwatch.StartNew();
        while (!until())
        {
            if (watch.Elapsed > ServedNetwork.Patience) throw new Demo.DemoException($"not within {ServedNetwork.Patience.TotalSeconds:0} s: {expected}");
            Turn();
        }
    }

    /// <summary>Turns until so many more acknowledgements came.</summary>
    public void RunForAnswers(long more)
    {
        long enough = Ledger.Granted + Ledger.Renewed + more;
        Run(() => Ledger.Granted + Ledger.Renewed >= enough, $"{more} acknowledgements");
    }

    /// <summary>Fills the window without looking at the answers.</summary>
    public void Fill()
    {
        while (waiting.Count < Window)
        {
            Member member = members[random.Next(members.Length)];
            if (member.Doing == Doing.Nothing) Discover(member);
            else if (member.Doing == Doing.Bound && random.Next(4) == 0) Release(member);
            else if (member.Doing == Doing.Bound) Renew(member);
        }
    }

    /// <summary>The server is dead: takes what it said before, and forgets what was asked.</summary>
    public void TakeLastWords()
    {
        Receive();
        GiveUp(TimeSpan.Zero);
    }

    /// <summary>Every client that has a lease asks for it again, until all were answered.</summary>
    /// <returns>False when some got no answer within <paramref name="limit"/>.</returns>
    public bool AskForAll(TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        Receive();
        GiveUp(TimeSpan.Zero);
        Queue<Member> left = new(members.Where(member => member.Doing == Doing.Bound));
        while (left.Count > 0 || waiting.Count > 0)
        {
            if (watch.Elapsed > limit) return false;
            while (waiting.Count < Window && left.TryDequeue(out Member? member)) Renew(member);
            if (Receive() > 0) continue;
            socket.Poll(TimeSpan.FromMilliseconds(1), SelectMode.SelectRead);
            foreach (Member silent in GiveUp(Patience)) left.Enqueue(silent);
        }

        return true;
    }

    public void Dispose() => socket.Dispose();

    private void Discover(Member member)
    {
        Begin(member, Doing.Discovering);
        Send(member, MessageType4.Discover, ciaddr: default, requested: null, toServer: false);
    }

    /// <summary>RFC 2131 §4.3.2, REBINDING: through the relay, as the client's address is not on this host.</summary>
    private void Renew(Member member)
    {
        Begin(member, Doing.Renewing);
        Send(member, MessageType4.Request, member.Address, requested: null, toServer: false);
    }

    private void Release(Member member)
    {
        Ledger.Release(member.Address);
        member.Doing = Doing.Nothing;
        member.Xid = NewXid(member);
        Send(member, MessageType4.Release, member.Address, requested: null, toServer: true);
    }

    private void Begin(Member member, Doing doing)
    {
        member.Doing = doing;
        member.Xid = NewXid(member);
        member.Asked = Stopwatch.GetTimestamp();
        waiting.Add(member);
    }

    private uint NewXid(Member member) => (++lastNumber << PlaceBits) | (uint)member.Place;

    private void Send(Member member, MessageType4 type, Ipv4 ciaddr, Ipv4? requested, bool toServer)
    {
        var writer = new Dhcp4Writer(octets) { Op = Op4.BootRequest, Hops = 1, Xid = member.Xid, Ciaddr = ciaddr, Giaddr = relay, Chaddr = member.Chaddr };
        writer.Add(OptionCode4.MessageType, (byte)type);
        if (requested is { } address) writer.Add(OptionCode4.RequestedAddress, address);
        if (toServer) writer.Add(OptionCode4.ServerIdentifier, serverId);
        try
        {
            socket.SendTo(octets.AsSpan(0, writer.Finish()), server);
        }
        catch (SocketException refused) when (refused.SocketErrorCode is SocketError.ConnectionRefused or SocketError.WouldBlock)
        {
            // No server, or no room: a packet that is lost.
        }
    }

    /// <returns>How many messages came.</returns>
    private int Receive()
    {
        int count = 0;
        while (true)
        {
            int length;
            try
            {
                length = socket.Receive(octets);
            }
            catch (SocketException nothing) when (nothing.SocketErrorCode is SocketError.WouldBlock)
            {
                return count;
            }
            catch (SocketException refused) when (refused.SocketErrorCode is SocketError.ConnectionRefused)
            {
                continue;
            }

            count++;
            if (!Dhcp4Message.TryParse(octets.AsSpan(0, length), out Dhcp4Message message, out WireError error)) throw new InvalidDataException(error.ToString());
            Take(message.Xid, message.MessageType, message.Yiaddr);
        }
    }

    private void Take(uint xid, MessageType4 type, Ipv4 yiaddr)
    {
        Member member = members[xid & ((1 << PlaceBits) - 1)];
        // RFC 2131 §4.4.1: a message with another xid is not an answer to this client's question.
        if (member.Xid != xid) return;
        switch (member.Doing, type)
        {
            case (Doing.Discovering, MessageType4.Offer):
                Offers++;
                member.Doing = Doing.Requesting;
                Send(member, MessageType4.Request, ciaddr: default, yiaddr, toServer: true);
                break;
            case (Doing.Requesting, MessageType4.Ack):
                member.Address = yiaddr;
                Ledger.Grant(member.Chaddr, yiaddr);
                End(member, Doing.Bound);
                break;
            case (Doing.Requesting, MessageType4.Nak):
                // The offer was made by a server that has died since.
                End(member, Doing.Nothing);
                break;
            case (Doing.Renewing, MessageType4.Ack):
                Ledger.Renew(member.Chaddr, member.Address, yiaddr);
                End(member, Doing.Bound);
                break;
            case (Doing.Renewing, MessageType4.Nak):
                Ledger.Refuse(member.Chaddr, member.Address);
                End(member, Doing.Nothing);
                break;
            default:
                // Said twice.
                break;
        }
    }

    private void End(Member member, Doing doing)
    {
        member.Doing = doing;
        waiting.Remove(member);
    }

    /// <summary>Ends questions that were asked so long ago. Who had a lease still has it.</summary>
    private List<Member> GiveUp(TimeSpan patience)
    {
        List<Member> silent = [.. waiting.Where(member => Stopwatch.GetElapsedTime(member.Asked) >= patience)];
        foreach (Member member in silent)
        {
            // Not heard any more, should it still come: as for a client that has begun anew.
            member.Xid = 0;
            End(member, member.Doing == Doing.Renewing ? Doing.Bound : Doing.Nothing);
        }

        return silent;
    }

    private sealed class Member(int place)
    {
        public int Place { get; } = place;

        public HardwareAddress Chaddr { get; } = new(HardwareAddress.Ethernet, [0x02, 0x5e, 0, 0, (byte)(place >> 8), (byte)place]);

        public Doing Doing { get; set; }

        public uint Xid { get; set; }

        /// <summary>The lease, from Bound on.</summary>
        public Ipv4 Address { get; set; }

        public long Asked { get; set; }
    }
}
