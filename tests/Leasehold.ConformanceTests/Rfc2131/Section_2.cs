using Leasehold.Engine;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Rfc2131;

/// <summary>RFC 2131 §2: the fields of a message.</summary>
public class Rfc2131_Section_2
{
    /// <summary>"The remaining bits of the flags field are reserved for future use. They MUST be set to zero by clients and ignored by servers and relay agents."</summary>
    [Theory]
    [InlineData(0x00, 0x01)]
    [InlineData(0x7f, 0xff)]
    [InlineData(0x40, 0x80)]
    public void Reserved_flags_are_ignored(byte high, byte low)
    {
        Network net = Network.WithLan();
        byte[] packet = net.NewClient().Packet(MessageType4.Discover, default, []);
        (packet[10], packet[11]) = (high, low);
        Answer offer = net.Deliver(packet, Ipv4.Any, Ipv4.Broadcast);

        Assert.Equal((MessageType4.Offer, ReplyPath.Link), (offer.Sent, offer.Destination.Path));
    }

    /// <summary>RFC 2131 §2.1: the hardware address "should be typed by the type of hardware".</summary>
    [Fact]
    public void Same_hardware_address_of_another_type_is_another_client()
    {
        Network net = Network.WithLan();
        Client ethernet = net.NewClient("02:00:5e:10:00:01");
        Client other = net.NewClient("02:00:5e:10:00:01");
        other.Htype = 6;

        Assert.Equal("192.0.2.10", ethernet.Dora().Yiaddr.ToString());
        Assert.Equal("192.0.2.11", other.Dora().Yiaddr.ToString());
    }
}
