using Leasehold.Engine;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Rfc2131;

/// <summary>RFC 2131 §4.2: which client is which.</summary>
public class Rfc2131_Section_4_2
{
    /// <summary>"If the client supplies a 'client identifier', […] the server MUST use that identifier to identify the client."</summary>
    [Fact]
    public void Same_hardware_with_another_identifier_is_another_client()
    {
        Network net = Network.WithLan();
        Answer first = net.NewClient("02:00:5e:10:00:01", clientId: "00 61").Dora();
        Answer second = net.NewClient("02:00:5e:10:00:01", clientId: "00 62").Dora();

        Assert.NotEqual(first.Yiaddr, second.Yiaddr);
    }

    [Fact]
    public void Same_identifier_on_other_hardware_is_the_same_client()
    {
        Network net = Network.WithLan();
        Answer first = net.NewClient("02:00:5e:10:00:01", clientId: "00 61").Dora();
        Answer second = net.NewClient("02:00:5e:10:00:02", clientId: "00 61").Dora();

        Assert.Equal(first.Yiaddr, second.Yiaddr);
    }

    /// <summary>"If the client does not provide a 'client identifier' option, the server MUST use the contents of the 'chaddr' field to identify the client."</summary>
    [Fact]
    public void Client_without_identifier_is_known_by_its_hardware_address()
    {
        Network net = Network.WithLan();
        Answer first = net.NewClient("02:00:5e:10:00:01").Dora();

        Assert.Equal(first.Yiaddr, net.NewClient("02:00:5e:10:00:01").Dora().Yiaddr);
        Assert.NotEqual(first.Yiaddr, net.NewClient("02:00:5e:10:00:02").Dora().Yiaddr);
    }

    /// <summary>A boot ROM sends no identifier, the system after it does.</summary>
    [Theory]
    [InlineData(null, "01 02 00 5e 10 00 01")]
    [InlineData("01 02 00 5e 10 00 01", null)]
    public void Identifier_on_one_side_only_matches_by_hardware_address(string? before, string? after)
    {
        Network net = Network.WithLan();
        Answer first = net.NewClient("02:00:5e:10:00:01", before).Dora();
        Assert.Equal(first.Yiaddr, net.NewClient("02:00:5e:10:00:01", after).Dora().Yiaddr);
    }

    [Fact]
    public void Without_match_client_id_the_hardware_address_alone_counts()
    {
        Network net = Network.With(Network.Lan with { Parameters = new() { MatchClientId = false } });
        Answer first = net.NewClient("02:00:5e:10:00:01", clientId: "00 61").Dora();

        Assert.Equal(first.Yiaddr, net.NewClient("02:00:5e:10:00:01", clientId: "00 62").Dora().Yiaddr);
        Assert.NotEqual(first.Yiaddr, net.NewClient("02:00:5e:10:00:02", clientId: "00 61").Dora().Yiaddr);
    }

    [Fact]
    public void Client_with_neither_is_dropped()
    {
        Assert.Equal(DropReason.NoClientIdentity, Network.WithLan().NewClient(mac: "").Discover().Drop);
    }

    /// <summary>RFC 2132 §9.14: "Its minimum length is 2".</summary>
    [Fact]
    public void Identifier_of_one_octet_is_no_identifier()
    {
        Network net = Network.WithLan();
        Answer first = net.NewClient("02:00:5e:10:00:01", clientId: "61").Dora();
        Answer second = net.NewClient("02:00:5e:10:00:02", clientId: "61").Dora();

        Assert.NotEqual(first.Yiaddr, second.Yiaddr);
        Assert.Null(first.Option(61));
    }

    /// <summary>A cut identifier would be somebody else's.</summary>
    [Fact]
    public void Identifier_above_255_octets_is_dropped()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient();
        client.Extra = "3d ff 00*255 3d 02 01 02";
        Assert.Equal(DropReason.Malformed, client.Discover().Drop);
    }

    /// <summary>A stranger who asks with one hardware address and many identifiers must not slow others down, nor take more than one address each.</summary>
    [Fact]
    public void Many_identifiers_on_one_hardware_address_are_many_clients()
    {
        Network net = Network.With(Network.Subnet("10.0.0.0/16", id: 1, "10.0.1.0-10.0.1.199"));
        net.Interface = new(2, "eth0", [Leasehold.Protocol.Ipv4.Parse("10.0.0.1")]);
        HashSet<Leasehold.Protocol.Ipv4> given = [];
        for (int i = 0; i < 200; i++) given.Add(net.NewClient("02:00:5e:10:00:01", $"00 {i >> 8:x2} {i & 255:x2}").Discover().Yiaddr);

        Assert.Equal(200, given.Count);
        Assert.Equal(DropReason.NoFreeAddress, net.NewClient("02:00:5e:10:00:01", "00 ff ff").Discover().Drop);
    }

    [Fact]
    public void Nak_goes_to_the_identifier_that_asked()
    {
        Answer nak = Network.WithLan().NewClient(clientId: "00 61 62").InitReboot("198.51.100.5");
        Assert.Equal(MessageType4.Nak, nak.Sent);
        Assert.Equal(Hex.Of("00 61 62"), nak.Option(61));
    }
}
