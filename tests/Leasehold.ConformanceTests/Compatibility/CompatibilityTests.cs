using Leasehold.Engine;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Compatibility;

/// <summary>The exceptions from the RFCs that "compatibility" makes, each beside what the server does without it.</summary>
public class CompatibilityTests
{
    private static Network With(string flag, bool on, string subnets = Lan) => Network.With(
        $$"""
        {
          "interfaces-config": { "interfaces": [ "eth0" ] },
          "compatibility": { "{{flag}}": {{(on ? "true" : "false")}} },
          "subnet4": [ {{subnets}} ]
        }
        """);

    private const string Lan = """{ "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ] }""";

    [Theory]
    [InlineData(false, MessageType4.None, DropReason.OtherServerChosen)]
    [InlineData(true, MessageType4.Ack, DropReason.None)]
    public void Request_to_another_server(bool on, MessageType4 sent, DropReason drop)
    {
        Network net = With("ignore-dhcp-server-identifier", on);
        Client client = net.NewClient();
        client.Discover();
        Answer answer = client.Select(Ipv4.Parse("192.0.2.10"), server: Ipv4.Parse("10.9.8.7"));
        Assert.Equal((sent, drop), (answer.Sent, answer.Drop));
        if (on) Assert.Equal(Hex.Of("c0 00 02 01"), answer.Option(54));
    }

    [Theory]
    [InlineData(false, DropReason.OtherServerAddressed)]
    [InlineData(true, DropReason.None)]
    public void Release_to_another_server(bool on, DropReason drop)
    {
        Network net = With("ignore-dhcp-server-identifier", on);
        Client client = net.NewClient();
        client.Dora();
        Assert.Equal(drop, client.Release(server: Ipv4.Parse("10.9.8.7")).Drop);
    }

    [Theory]
    [InlineData(false, "198.51.100.10")]
    [InlineData(true, "192.0.2.10")]
    public void Link_selection_of_the_relay(bool on, string address)
    {
        Network net = With(
            "ignore-rai-link-selection",
            on,
            $$"""{{Lan}}, { "id": 2, "subnet": "198.51.100.0/24", "pools": [ { "pool": "198.51.100.10 - 198.51.100.20" } ] }""");
        Client client = net.NewClient();
        client.Giaddr = Ipv4.Parse("192.0.2.254");
        client.Extra = "52 06 05 04 c6 33 64 00";
        Answer offer = client.Discover();
        Assert.Equal(address, offer.Yiaddr.ToString());
        Assert.Equal(Hex.Of("05 04 c6 33 64 00"), offer.Option(82));
    }

    /// <summary>The last option says that it has 9 octets, and two follow (END among them), or it has no length at all.</summary>
    [Theory]
    [InlineData("3c 09 61")]
    [InlineData("ff*0 3c")]
    public void Option_that_is_cut(string option)
    {
        foreach (bool on in (bool[])[false, true])
        {
            Network net = With("lenient-option-parsing", on);
            Client client = net.NewClient();
            byte[] packet = [.. client.Packet(MessageType4.Discover, default, [])[..^1], .. Hex.Of(option)];
            Answer answer = client.Send(packet, Ipv4.Any, Ipv4.Broadcast);
            Assert.Equal(on ? DropReason.None : DropReason.Malformed, answer.Drop);

            // What came before it counts: the request list asks for the lease time.
            if (on) Assert.Equal(7200u, answer.Seconds(51));
        }
    }

    /// <summary>RFC 2131 §2: with no option 53 among what is left it is a BOOTP message, and below the fixed fields it is none at all.</summary>
    [Fact]
    public void Message_cut_anywhere_is_answered_or_dropped_with_a_reason()
    {
        Network net = With("lenient-option-parsing", on: true);
        Client client = net.NewClient(clientId: "01 02 00 5e 10 00 01");
        client.Extra = "52 06 01 04 65 74 68 33";
        byte[] whole = client.Packet(MessageType4.Discover, default, []);
        const int OptionsStart = 240;
        const int MessageTypeLength = 3;
        for (int length = 0; length < whole.Length; length++)
        {
            Answer answer = client.Send(whole[..length], Ipv4.Any, Ipv4.Broadcast);
            DropReason expected = length >= OptionsStart + MessageTypeLength ? DropReason.None
                : length >= OptionsStart - 4 ? DropReason.BootpNotServed
                : DropReason.Malformed;
            Assert.Equal((length, expected), (length, answer.Drop));
        }
    }

    [Fact]
    public void Cut_option_means_nothing()
    {
        Network net = With("lenient-option-parsing", on: true);
        Client client = net.NewClient();
        byte[] packet = [.. client.Packet(MessageType4.Discover, default, [])[..^1], .. Hex.Of("3d 07 01 02 00")];
        Assert.Null(client.Send(packet, Ipv4.Any, Ipv4.Broadcast).Option(61));
    }

    [Fact]
    public void First_and_last_of_each_24_are_passed_over_by_searches()
    {
        Network net = With(
            "exclude-first-last-24",
            on: true,
            """
            { "id": 1, "subnet": "192.0.0.0/16", "pools": [ { "pool": "192.0.2.254 - 192.0.4.1" } ] },
            { "id": 2, "subnet": "198.51.100.128/25", "pools": [ { "pool": "198.51.100.200 - 198.51.100.254" } ] }
            """);
        Client[] clients = [.. Enumerable.Range(1, 256).Select(i => net.NewClient($"02:00:5e:10:{i / 256:x2}:{i % 256:x2}"))];
        string[] given = [.. clients.Select(client => client.Dora().Yiaddr.ToString())];

        Assert.Equal(["192.0.2.254", "192.0.3.1"], given[..2]);
        Assert.Equal(["192.0.3.254", "192.0.4.1"], given[^2..]);
        Assert.DoesNotContain(given, address => address.EndsWith(".0", StringComparison.Ordinal) || address.EndsWith(".255", StringComparison.Ordinal));
        Assert.Equal(DropReason.NoFreeAddress, net.NewClient("02:00:5e:10:ff:01").Discover().Drop);

        // A client that asks for one has it, and gets it again.
        Client asking = net.NewClient("02:00:5e:10:ff:02");
        Assert.Equal("192.0.3.255", asking.Dora(requested: "192.0.3.255").Yiaddr.ToString());
        asking.Release();
        Assert.Equal("192.0.3.255", asking.Dora().Yiaddr.ToString());
    }

    [Fact]
    public void Smaller_subnets_keep_all_their_addresses()
    {
        Network net = With(
            "exclude-first-last-24", on: true, """{ "id": 1, "subnet": "192.0.2.0/31", "pools": [ { "pool": "192.0.2.0/32" } ] }""");
        Assert.Equal("192.0.2.0", net.NewClient().Dora().Yiaddr.ToString());
    }
}
