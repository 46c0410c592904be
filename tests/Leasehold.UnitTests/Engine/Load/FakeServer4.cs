using Leasehold.Engine.Load;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.UnitTests.Engine.Load;

/// <summary>A crowd of DHCPv4 clients and a server that answers as the test says, on a clock of the test.</summary>
internal sealed class FakeServer4
{
    public const long Millisecond = 1_000_000;
    public const uint ServerId = 0xC0000201;

    private readonly byte[] room = new byte[2048];

    public FakeServer4(LoadSettings settings) =>
        Crowd = new(settings, new Dialogue4(new Dialogue4Settings { Relays = [Ipv4.Parse("192.0.2.9")] }));

    public LoadCrowd Crowd { get; }
    public LoadCounters Counters => Crowd.Counters;

    /// <summary>Nanoseconds since the start.</summary>
    public long Now { get; set; }

    /// <summary>The next client's DISCOVER.</summary>
    public byte[] Begin() => room[..Crowd.Begin(Now, room)];

    public byte[] Renew() => room[..Crowd.Renew(Now, room)];

    public byte[] Release() => room[..Crowd.Release(Now, room)];

    /// <summary>Passes an answer in and returns what the client says to it.</summary>
    public byte[] Receive(byte[] answer) => room[..Crowd.Receive(Now, answer, room)];

    /// <summary>Lets time pass; returns the messages that are sent again.</summary>
    public List<byte[]> Expire(long now)
    {
        Now = now;
        List<byte[]> again = [];
        while (Crowd.TryExpire(now, room, out int length))
        {
            if (length > 0) again.Add(room[..length]);
        }

        return again;
    }

    /// <summary>A whole exchange: the server offers an address and acknowledges it.</summary>
    public void Dora(uint address)
    {
        byte[] request = Receive(Answer(Begin(), MessageType4.Offer, address));
        Receive(Answer(request, MessageType4.Ack, address));
    }

    /// <summary>An answer to a query: its xid and chaddr, and what the test says.</summary>
    public static byte[] Answer(byte[] query, MessageType4 type, uint address, uint? serverId = ServerId, uint leaseTime = 3600, byte? lastOfChaddr = null)
    {
        if (!Dhcp4Message.TryParse(query, out Dhcp4Message message, out WireError error)) throw new InvalidOperationException(error.ToString());
        byte[] mac = message.Chaddr.Octets.ToArray();
        if (lastOfChaddr is { } last) mac[^1] = last;
        byte[] octets = new byte[512];
        Dhcp4Writer writer = new(octets)
        {
            Op = Op4.BootReply,
            Xid = message.Xid,
            Giaddr = message.Giaddr,
            Chaddr = new(HardwareAddress.Ethernet, mac),
            Yiaddr = new(address),
        };
        writer.Add(OptionCode4.MessageType, (byte)type);
        if (serverId is { } id) writer.Add(OptionCode4.ServerIdentifier, id);
        if (type != MessageType4.Nak) writer.Add(OptionCode4.LeaseTime, leaseTime);
        return octets[..writer.Finish()];
    }
}
