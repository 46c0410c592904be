using Leasehold.Configuration.Model;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Rfc2132;

/// <summary>RFC 2132 §9.8: which options a client gets, and in which order.</summary>
public class Rfc2132_Section_9_8
{
    private static Client ClientOf(params OptionData[] options) =>
        Network.With(Network.Lan with { Options = [.. options] }).NewClient();

    /// <summary>"… MUST try to insert the requested options in the order requested by the client."</summary>
    [Fact]
    public void Requested_options_come_in_the_clients_order()
    {
        Client client = ClientOf(
            Network.Option(15, "61"), Network.Option(3, "c0 00 02 01"), Network.Option(6, "c0 00 02 35"), Network.Option(42, "c0 00 02 2a"));
        client.RequestList = [42, 15, 6, 3, 1];
        Assert.Equal([53, 54, 51, 1, 42, 15, 6, 3], client.Discover().Codes);
    }

    /// <summary>RFC 2131 §4.3.1: "The server MUST include each requested parameter only once".</summary>
    [Fact]
    public void Option_that_is_requested_twice_comes_once()
    {
        Client client = ClientOf(Network.Option(42, "c0 00 02 2a"));
        client.RequestList = [42, 42, 1, 42];
        Assert.Equal([53, 54, 51, 1, 42], client.Discover().Codes);
    }

    [Fact]
    public void Request_list_in_two_pieces_is_one_list()
    {
        Client client = ClientOf(Network.Option(42, "c0 00 02 2a"), Network.Option(4, "c0 00 02 04"));
        client.RequestList = [42];
        client.Extra = "37 01 04";
        Assert.Equal([53, 54, 51, 1, 42, 4], client.Discover().Codes);
    }

    [Fact]
    public void Option_that_is_not_requested_is_not_sent()
    {
        Client client = ClientOf(Network.Option(42, "c0 00 02 2a"));
        client.RequestList = [1];
        Assert.Null(client.Discover().Option(42));
    }

    [Fact]
    public void Option_that_is_always_sent_comes_after_the_requested_ones()
    {
        Client client = ClientOf(Network.Option(19, "01", alwaysSend: true), Network.Option(42, "c0 00 02 2a"));
        client.RequestList = [42];
        Assert.Equal([53, 54, 51, 1, 42, 19], client.Discover().Codes);
    }

    /// <summary>A client without a list cannot use its address without routers and name servers.</summary>
    [Fact]
    public void Client_without_a_list_gets_the_basic_options()
    {
        Client client = ClientOf(
            Network.Option(42, "c0 00 02 2a"), Network.Option(15, "61"), Network.Option(6, "c0 00 02 35"), Network.Option(3, "c0 00 02 01"));
        client.RequestList = [];
        Assert.Equal([53, 54, 51, 1, 3, 6, 15], client.Discover().Codes);
    }

    [Fact]
    public void Option_that_is_never_sent_hides_every_level()
    {
        Network net = new(new()
        {
            Options = [Network.Option(6, "c0 00 02 35", alwaysSend: true)],
            Subnets = [Network.Lan with { Options = [Network.Option(6, "", neverSend: true)] }],
        });
        Assert.Null(net.NewClient().Discover().Option(6));
    }

    [Fact]
    public void Inner_level_hides_the_outer_one()
    {
        Pool4 pool = new() { Range = Network.Range("192.0.2.10-192.0.2.11"), Options = [Network.Option(6, "0a 00 00 03")] };
        Pool4 plain = new() { Range = Network.Range("192.0.2.20-192.0.2.21") };
        Subnet4 lan = Network.Subnet("192.0.2.0/24", id: 1) with { Pools = [pool, plain], Options = [Network.Option(6, "0a 00 00 02")] };
        Subnet4 far = Network.Subnet("198.51.100.0/24", id: 2, "198.51.100.10-198.51.100.20");
        Reservation4 host = Network.Reserve("02:00:5e:10:00:09", "192.0.2.99") with { Options = [Network.Option(6, "0a 00 00 04")] };
        Network net = new(new() { Options = [Network.Option(6, "0a 00 00 01")], Subnets = [lan with { Reservations = [host] }, far] });
        Client relayed = net.NewClient("02:00:5e:10:00:03");
        relayed.Giaddr = Leasehold.Protocol.Ipv4.Parse("198.51.100.1");

        Assert.Equal(Hex.Of("0a 00 00 03"), net.NewClient("02:00:5e:10:00:01").Dora().Option(6));
        Assert.Equal(Hex.Of("0a 00 00 02"), net.NewClient("02:00:5e:10:00:02").Dora("192.0.2.20").Option(6));
        Assert.Equal(Hex.Of("0a 00 00 01"), relayed.Dora().Option(6));
        Assert.Equal(Hex.Of("0a 00 00 04"), net.NewClient("02:00:5e:10:00:09").Dora().Option(6));
    }

    /// <summary>RFC 2131 §4.3.1, table 3: what the client may not get is not given, whatever it asks for.</summary>
    [Fact]
    public void Protocol_options_are_never_taken_from_the_configuration()
    {
        byte[] codes = [50, 51, 52, 53, 55, 57, 58, 59, 61, 82];
        Client client = ClientOf([.. codes.Select(code => Network.Option(code, "01 02 03 04", alwaysSend: true))]);
        client.RequestList = codes;
        Assert.Equal([53, 54, 51, 1], client.Discover().Codes);
    }

    /// <summary>RFC 2132 §3.3.</summary>
    [Fact]
    public void Subnet_mask_is_first_and_can_be_configured()
    {
        Client client = ClientOf(Network.Option(1, "ff ff 00 00"), Network.Option(3, "c0 00 02 01"));
        client.RequestList = [3, 1];
        Answer offer = client.Discover();
        Assert.Equal([53, 54, 51, 1, 3], offer.Codes);
        Assert.Equal(Hex.Of("ff ff 00 00"), offer.Option(1));
    }

    [Fact]
    public void Configured_server_identifier_is_used_and_understood()
    {
        Client client = ClientOf(Network.Option(54, "c0 00 02 05"));
        Answer offer = client.Discover();
        Assert.Equal(Hex.Of("c0 00 02 05"), offer.Option(54));
        Assert.Equal(MessageType4.Ack, client.Select(offer.Yiaddr, server: Leasehold.Protocol.Ipv4.Parse("192.0.2.5")).Sent);
    }
}
