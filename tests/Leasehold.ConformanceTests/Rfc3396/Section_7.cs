using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Rfc3396;

/// <summary>RFC 3396 §5 and §7: options that come in pieces.</summary>
public class Rfc3396_Section_7
{
    /// <summary>The pieces are one object, wherever it was cut and whatever stands between them.</summary>
    [Theory]
    [InlineData("3d 04 00 61 62 63")]
    [InlineData("3d 01 00 3d 03 61 62 63")]
    [InlineData("3d 02 00 61 0c 01 78 3d 02 62 63")]
    [InlineData("3d 00 3d 02 00 61 00 00 3d 01 62 3d 01 63")]
    public void Identifier_in_pieces_is_one_identifier(string pieces)
    {
        Network net = Network.WithLan();
        net.NewClient("02:00:5e:10:00:02", clientId: "00 61 62 63").Dora("192.0.2.17");
        Client client = net.NewClient("02:00:5e:10:00:01");
        client.Extra = pieces;
        Answer offer = client.Discover();

        Assert.Equal("192.0.2.17", offer.Yiaddr.ToString());
        Assert.Equal("00 61 62 63", offer.Hex(61));
    }

    /// <summary>RFC 3396 §5: the options field first, then file, then sname, although sname stands before file.</summary>
    [Fact]
    public void Pieces_in_options_file_and_sname_are_joined_in_that_order()
    {
        Network net = Network.WithLan();
        byte[] packet = net.NewClient().Packet(MessageType4.Discover, default, Hex.Of("34 01 03  3d 02 00 61"));
        Hex.Of("3d 01 62  32 04 c0 00 02 11  ff").CopyTo(packet, 108);          // file
        Hex.Of("3d 02 63 64  ff").CopyTo(packet, 44);                           // sname
        Answer offer = net.Deliver(packet, Ipv4.Any, Ipv4.Broadcast);

        Assert.Equal("00 61 62 63 64", offer.Hex(61));
        Assert.Equal("192.0.2.17", offer.Yiaddr.ToString());
    }

    /// <summary>RFC 2131 §4.1: without option 52 the fields are names.</summary>
    [Fact]
    public void Fields_that_no_option_52_names_are_not_read()
    {
        Network net = Network.WithLan();
        byte[] packet = net.NewClient().Packet(MessageType4.Discover, default, []);
        Hex.Of("32 04 c0 00 02 11 ff").CopyTo(packet, 108);

        Assert.Equal("192.0.2.10", net.Deliver(packet, Ipv4.Any, Ipv4.Broadcast).Yiaddr.ToString());
    }

    /// <summary>A value of a fixed size needs no second piece: what comes twice was said twice, and the first says it.</summary>
    [Theory]
    [InlineData("32 04 c0 00 02 0b 32 04 c0 00 02 0c", "192.0.2.11")]
    [InlineData("32 02 c0 00 32 02 02 0b", "192.0.2.10")]
    public void Address_that_comes_twice_is_not_joined(string options, string address)
    {
        Client client = Network.WithLan().NewClient();
        client.Extra = options;

        Assert.Equal(address, client.Discover().Yiaddr.ToString());
    }
}
