using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Rfc2132;

/// <summary>RFC 2132 §9.10 and RFC 2131 §2: how large a reply may be.</summary>
public class Rfc2132_Section_9_10
{
    // 200 octets each, so that sizes are easy to count: 202 octets in the message.
    private static Client Greedy(int options, string extra)
    {
        Client client = Network.With(Network.Lan with
        {
            Options = [.. Enumerable.Range(0, options).Select(i => Network.Option((byte)(200 + i), $"{i:x2}*200"))],
        }).NewClient();
        client.RequestList = [.. Enumerable.Range(0, options).Select(i => (byte)(200 + i))];
        client.Extra = extra;
        return client;
    }

    /// <summary>RFC 2131 §2: "A DHCP client must be prepared to receive DHCP messages with an 'options' field of at least length 312 octets",
    /// a message of 576 octets with its headers.</summary>
    [Theory]
    [InlineData("", 548)]
    [InlineData("39 02 00 40", 548)]
    [InlineData("39 02 02 40", 548)]
    [InlineData("39 02 05 dc", 1472)]
    [InlineData("39 02 ff ff", 1472)]
    public void Reply_is_no_larger_than_the_client_can_take(string maxMessageSize, int limit)
    {
        Answer offer = Greedy(options: 9, maxMessageSize).Discover();
        int fitting = (limit - 262) / 202;
        Assert.Equal(fitting, offer.Codes.Count(code => code >= 200));
        Assert.Equal(262 + (fitting * 202), offer.Octets.Length);
        Assert.Equal([53, 54, 51, 1], offer.Codes.Take(4));
    }

    /// <summary>What is small still fits after something large did not.</summary>
    [Fact]
    public void Option_that_does_not_fit_leaves_room_for_smaller_ones()
    {
        Client client = Network.With(Network.Lan with
        {
            Options = [Network.Option(200, "01*255"), Network.Option(201, "02*255"), Network.Option(42, "c0 00 02 2a")],
        }).NewClient();
        client.RequestList = [200, 201, 42];
        Assert.Equal([53, 54, 51, 1, 200, 42], client.Discover().Codes);
    }

    /// <summary>RFC 1542 §2.1: 300 octets are what the oldest clients and relays expect.</summary>
    [Fact]
    public void Reply_is_at_least_300_octets()
    {
        Assert.Equal(300, Network.WithLan().NewClient().Discover().Octets.Length);
        Assert.Equal(300, Network.WithLan().NewClient().InitReboot("198.51.100.1").Octets.Length);
    }

    /// <summary>RFC 3396 §6: a value above 255 octets goes in several pieces.</summary>
    [Fact]
    public void Long_option_is_split()
    {
        Client client = Network.With(Network.Lan with { Options = [Network.Option(121, "07*300")] }).NewClient();
        client.RequestList = [121];
        client.Extra = "39 02 05 dc";
        Answer offer = client.Discover();
        Assert.Equal([53, 54, 51, 1, 121, 121], offer.Codes);
        Assert.Equal(Hex.Of("07*300"), offer.Option(121));
        Assert.Equal(255, offer.Options[4].Value.Length);
    }

    [Fact]
    public void Largest_relay_information_and_identifier_still_leave_a_whole_reply()
    {
        Network net = Network.With(Network.Lan with { Options = [Network.Option(6, "c0 00 02 35"), Network.Option(200, "01*250")] });
        Client client = net.NewClient(clientId: "00 01*254");
        client.RequestList = [6, 200];
        client.Extra = "52 ff 01 fd 61*253 52 c8 02 c6 62*198";
        Answer offer = client.Discover();
        Assert.Equal(MessageType4.Offer, offer.Sent);
        Assert.Equal(Hex.Of("00 01*254"), offer.Option(61));
        Assert.Equal(Hex.Of("01 fd 61*253 02 c6 62*198"), offer.Option(82));
        Assert.Equal(Hex.Of("c0 00 02 35"), offer.Option(6));
        Assert.Equal(82, offer.Codes.Last());
    }
}
