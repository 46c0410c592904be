using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Rfc2131;

/// <summary>RFC 2131 §4.3.1, table 3 and what follows it: the fields and options of a server's messages.</summary>
public class Rfc2131_Section_4_3_1_Table_3
{
    [Fact]
    public void Fields_that_belong_to_the_client_or_the_relay_are_zero_in_an_offer()
    {
        Network net = Network.WithLan();
        byte[] packet = net.NewClient().Packet(MessageType4.Discover, Ipv4.Parse("192.0.2.50"), []);
        packet[3] = 3;                                  // hops
        (packet[8], packet[9]) = (0x01, 0x02);          // secs
        packet.AsSpan(16, 8).Fill(0x63);                // yiaddr and siaddr
        packet.AsSpan(44, 192).Fill(0x63);              // sname and file
        Answer offer = net.Deliver(packet, Ipv4.Any, Ipv4.Broadcast);

        Assert.Equal(
            Hex.Of("""
                02 01 06 00  10 20 30 40                # hops 0
                00 00 00 00                             # secs 0
                00 00 00 00                             # ciaddr 0
                c0 00 02 0a                             # yiaddr 192.0.2.10
                00*4 00*4                               # siaddr, giaddr
                02 00 5e 10 00 01 00*10
                00*192                                  # sname, file
                """),
            offer.Octets[..236]);
    }

    /// <summary>The rows "Requested IP address", "IP address lease time", "Parameter request list", "Server identifier" and "Maximum message size".</summary>
    [Fact]
    public void Each_reply_has_the_options_that_it_must_have_and_none_that_it_must_not_have()
    {
        Client client = Network.WithLan().NewClient();
        client.RequestList = [50, 51, 52, 53, 54, 55, 57, 1];
        client.Extra = "33 04 00 00 0e 10 39 02 05 dc";
        Answer[] replies =
        [
            client.Discover("192.0.2.11"), client.Select("192.0.2.11"), client.Renew("192.0.2.11"), client.Inform("192.0.2.99"), client.InitReboot("198.51.100.1"),
        ];

        Assert.Equal(
            [
                "Offer: 53 54 51 1",
                "Ack: 53 54 51 1",
                "Ack: 53 54 51 1",
                "Ack: 53 54 1",
                "Nak: 53 54 56",
            ],
            replies.Select(reply => $"{reply.Sent}: {string.Join(' ', reply.Codes)}"));
    }

    /// <summary>The column of DHCPNAK: "All others […] MUST NOT", 'siaddr' 0, 'sname' and 'file' unused.</summary>
    [Fact]
    public void Nak_has_nothing_that_is_configured()
    {
        Network net = Network.With(Network.Lan with
        {
            Options = [Network.Option(6, "c0 00 02 35", alwaysSend: true), Network.Option(43, "01 01 61", alwaysSend: true)],
            Parameters = new() { NextServer = Ipv4.Parse("192.0.2.66"), ServerHostname = "boot.example", BootFileName = "linux.0", CalculateTeeTimes = true },
        });
        Answer nak = net.NewClient().InitReboot("198.51.100.5");

        Assert.Equal([53, 54, 56], nak.Codes);
        Assert.Equal(("0.0.0.0", "", ""), (nak.Siaddr.ToString(), nak.Sname, nak.File));
    }

    /// <summary>"The server MUST supply as many of the requested parameters as possible and MUST omit any parameters it cannot provide."
    /// Option 23 is a parameter of the Host Requirements with a default of its own.</summary>
    [Fact]
    public void Requested_parameter_without_a_value_is_omitted()
    {
        Client client = Network.With(Network.Lan with { Options = [Network.Option(42, "c0 00 02 2a")] }).NewClient();
        client.RequestList = [2, 23, 42, 4];

        Assert.Equal([53, 54, 51, 1, 42], client.Discover().Codes);
    }

    /// <summary>RFC 2131 §3.1 step 4: "Any configuration parameters in the DHCPACK message SHOULD NOT conflict with those in the earlier DHCPOFFER message".</summary>
    [Fact]
    public void Ack_says_what_the_offer_said()
    {
        Network net = Network.With(Network.Lan with
        {
            Options = [Network.Option(3, "c0 00 02 01"), Network.Option(6, "c0 00 02 35"), Network.Option(19, "01", alwaysSend: true)],
            Parameters = new() { NextServer = Ipv4.Parse("192.0.2.66"), BootFileName = "linux.0", CalculateTeeTimes = true },
        });
        Client client = net.NewClient();
        Answer offer = client.Discover();
        net.Pass(3);
        Answer ack = client.Select(offer.Yiaddr);

        byte[] expected = [.. offer.Octets];
        expected[7]++;                                  // xid: this client counts
        expected[242] = (byte)MessageType4.Ack;         // the value of option 53
        Assert.Equal(expected, ack.Octets);
    }

    /// <summary>"… IF the client has not requested a specific lease […] and the client already has an assigned network address, the server
    /// returns the lease expiration time previously assigned". Here it grants its full time anew.</summary>
    [Fact]
    public void Offer_to_a_client_with_a_lease_grants_the_full_time()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient();
        client.Dora();
        net.Pass(3600);

        Assert.Equal(7200u, client.Discover().Seconds(51));
    }

    /// <summary>"… the parameters MUST be identified by an exact match between the client's vendor class identifiers and the client's classes identified in the server".</summary>
    [Theory]
    [InlineData("3c 05 70 68 6f 6e 65", "0A 00 00 01")]             // phone
    [InlineData("3c 06 70 68 6f 6e 65 32", null)]                   // phone2
    [InlineData("3c 04 70 68 6f 6e", null)]                         // phon
    [InlineData("3c 05 50 68 6f 6e 65", null)]                      // Phone
    [InlineData("", null)]
    public void Parameters_of_a_vendor_class_are_for_clients_of_just_this_class(string vendorClass, string? servers)
    {
        Network net = Network.With(
            """
            {
              "interfaces-config": { "interfaces": [ "eth0" ] },
              "client-classes": [ { "name": "phones", "test": "member('VENDOR_CLASS_phone')", "option-data": [ { "name": "ntp-servers", "data": "10.0.0.1" } ] } ],
              "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ] } ]
            }
            """);
        Client client = net.NewClient();
        client.RequestList = [42];
        client.Extra = vendorClass;

        Assert.Equal(servers, client.Discover().Hex(42));
    }
}
