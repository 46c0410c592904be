using System.Text;
using Leasehold.Configuration;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests;

/// <summary>The boot section: which client boots what (RFC 4578 §2.1, RFC 2132 §9.4, §9.5).</summary>
public class BootTests
{
    private const string Office = """
        { "interfaces-config": { "interfaces": [ "eth0" ] },
          "boot": {
            "server": "192.0.2.5", "bios": "undionly.kpxe", "uefi-x64": "ipxe.efi", "uefi-arm64": "arm64/ipxe.efi", "u-boot": "boot.scr.uimg", "default": "other,file",
            "uefi-http-x64": "http://boot.example/ipxe.efi", "ipxe": "http://boot.example/menu.ipxe", "apple": "booter"
          },
          "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10-192.0.2.200" } ] } ] }
        """;

    private static readonly (string Name, string Extra)[] Clients =
    [
        ("bios", "5d 02 00 00 " + VendorClass("PXEClient:Arch:00000:UNDI:002001")),
        ("uefi-x64", "5d 02 00 07 " + VendorClass("PXEClient:Arch:00007:UNDI:003016")),
        ("uefi-x64 by RFC 4578", "5d 02 00 09 " + VendorClass("PXEClient:Arch:00009:UNDI:003016")),
        ("uefi-arm64", "5d 02 00 0b " + VendorClass("PXEClient:Arch:00011:UNDI:003000")),
        ("uefi-http-x64", "5d 02 00 10 " + VendorClass("HTTPClient:Arch:00016:UNDI:003001")),
        ("ipxe by user class", "5d 02 00 07 4d 04 69 50 58 45 " + VendorClass("PXEClient:Arch:00007:UNDI:003010")),
        ("ipxe by its options", "5d 02 00 00 af 03 b1 01 01 " + VendorClass("PXEClient:Arch:00000:UNDI:002001")),
        ("u-boot", VendorClass("U-Boot.armv8")),
        ("other pxe", "5d 02 00 02 " + VendorClass("PXEClient:Arch:00002:UNDI:002001")),
        ("no boot client", VendorClass("dhcpcd-9.4.1:Linux")),
    ];

    private static string VendorClass(string text) => $"3c {text.Length:x2} {string.Concat(Encoding.ASCII.GetBytes(text).Select(o => $"{o:x2} "))}";

    private static Answer Offer(Network net, string extra, Ipv4 giaddr = default)
    {
        Client client = net.NewClient();
        client.RequestList = [1, 66, 67];
        client.Extra = extra;
        client.Giaddr = giaddr;
        return client.Discover();
    }

    private static string File(Answer answer) => Encoding.ASCII.GetString(answer.Octets[108..236]).TrimEnd('\0');

    [Theory]
    [InlineData(0, "undionly.kpxe")]
    [InlineData(1, "ipxe.efi")]
    [InlineData(2, "ipxe.efi")]
    [InlineData(3, "arm64/ipxe.efi")]
    [InlineData(7, "boot.scr.uimg")]
    [InlineData(8, "other,file")]
    public void Client_loads_its_file_from_the_server(int client, string file)
    {
        Answer offer = Offer(Network.With(Office), Clients[client].Extra);
        Assert.Equal("192.0.2.5", offer.Siaddr.ToString());
        Assert.Equal(file, File(offer));
        Assert.Equal([53, 54, 51, 1, 66, 67], offer.Codes);
        Assert.Equal("192.0.2.5"u8.ToArray(), offer.Option(66));
        Assert.Equal(Encoding.ASCII.GetBytes(file), offer.Option(67));
    }

    /// <summary>UEFI 2.10 §24.7: option 60 of the answer is HTTPClient, option 67 the URL.</summary>
    [Fact]
    public void Client_of_HTTP_boot_gets_a_URL()
    {
        Client client = Network.With(Office).NewClient();
        client.RequestList = [1];
        client.Extra = Clients[4].Extra;
        Answer offer = client.Discover();
        Assert.Equal([53, 54, 51, 1, 60, 67], offer.Codes);
        Assert.Equal("HTTPClient"u8.ToArray(), offer.Option(60));
        Assert.Equal("http://boot.example/ipxe.efi"u8.ToArray(), offer.Option(67));
        Assert.Equal("http://boot.example/ipxe.efi", File(offer));
        Assert.True(offer.Siaddr.IsAny);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void Loader_that_runs_gets_its_script_instead_of_itself(int client)
    {
        Answer offer = Offer(Network.With(Office), Clients[client].Extra);
        Assert.Equal("http://boot.example/menu.ipxe", File(offer));
        Assert.Equal("http://boot.example/menu.ipxe"u8.ToArray(), offer.Option(67));
        Assert.Null(offer.Option(60));
    }

    [Fact]
    public void Other_clients_get_nothing_of_it()
    {
        Answer offer = Offer(Network.With(Office), Clients[9].Extra);
        Assert.Equal([53, 54, 51, 1], offer.Codes);
        Assert.Equal("", File(offer));
        Assert.True(offer.Siaddr.IsAny);
    }

    /// <summary>Boot Service Discovery Protocol: INFORM with the wish in sub-option 1 of option 43.</summary>
    [Fact]
    public void Mac_is_offered_one_image_and_gets_its_loader_when_it_selects_it()
    {
        Client mac = Network.With(Office).NewClient();
        mac.RequestList = [1, 3, 43, 60];
        mac.Extra = VendorClass("AAPLBSDPC/i386/iMac4,1") + "2b 07 01 01 01 02 02 01 00";
        Answer list = mac.Inform("192.0.2.99");
        Assert.Equal("AAPLBSDPC"u8.ToArray(), list.Option(60));
        Assert.Equal((byte[])[.. Hex.Of("01 01 01  04 02 80 00  07 04 81 00 00 01  09 0c 81 00 00 01 07"), .. "Network"u8], list.Option(43));
        Assert.Equal("", File(list));

        mac.Extra = VendorClass("AAPLBSDPC/i386/iMac4,1") + "2b 09 01 01 02 08 04 81 00 00 01";
        Answer selected = mac.Inform("192.0.2.99");
        Assert.Equal(Hex.Of("01 01 02  08 04 81 00 00 01"), selected.Option(43));
        Assert.Equal(("booter", "192.0.2.5"), (File(selected), selected.Siaddr.ToString()));
    }

    /// <summary>The long form that "leasehold check --expand" prints gives the same octets, for every kind of client.</summary>
    [Theory]
    [InlineData(Office)]
    [InlineData(Branches)]
    public void Long_form_says_the_same(string json)
    {
        ConfigResult<string> expanded = ConfigFileReader.Expand("a.json", _ => FileContent.Of(Encoding.UTF8.GetBytes($$"""{ "Dhcp4": {{json}} }""")));
        Assert.DoesNotContain("\"boot\"", expanded.Config, StringComparison.Ordinal);
        ConfigResult<Leasehold.Configuration.Model.Dhcp4Config> read = Dhcp4ConfigReader.ReadText(expanded.Config ?? "");
        Assert.Empty(read.Diagnostics);
        Network shortForm = Network.With(json);
        Network longForm = new(read.Config ?? throw new InvalidOperationException("the long form was refused"));
        foreach (Ipv4 giaddr in (Ipv4[])[Ipv4.Any, Ipv4.Parse("198.51.100.1"), Ipv4.Parse("203.0.113.1")])
        {
            foreach ((_, string extra) in Clients) Assert.Equal(Offer(shortForm, extra, giaddr).Octets, Offer(longForm, extra, giaddr).Octets);
        }
    }

    private const string Branches = """
        { "interfaces-config": { "interfaces": [ "eth0" ] }, "next-server": "192.0.2.5",
          "client-classes": [ { "name": "lab", "test": "pkt4.mac == 0x02005e100001" } ],
          "boot": { "server": "192.0.2.6", "bios": "global.kpxe", "uefi-x64": "global.efi" },
          "subnet4": [
            { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10-192.0.2.200" } ] },
            { "id": 2, "subnet": "198.51.100.0/24", "pools": [ { "pool": "198.51.100.10-198.51.100.200" } ],
              "boot": [ { "client-classes": [ "lab" ], "bios": "lab.kpxe" }, { "bios": "subnet.kpxe" } ] } ],
          "shared-networks": [ { "name": "far", "boot": { "server": "192.0.2.7", "server-name": "boot.far", "default": "far.0" },
            "subnet4": [ { "id": 3, "subnet": "203.0.113.0/24", "pools": [ { "pool": "203.0.113.10-203.0.113.200" } ] } ] } ] }
        """;

    /// <summary>The innermost section counts, alone.</summary>
    [Theory]
    [InlineData("0.0.0.0", 0, "192.0.2.6", "global.kpxe")]
    [InlineData("0.0.0.0", 1, "192.0.2.6", "global.efi")]
    [InlineData("198.51.100.1", 0, "192.0.2.5", "lab.kpxe")]
    [InlineData("198.51.100.1", 1, "192.0.2.5", "")]
    [InlineData("203.0.113.1", 0, "192.0.2.7", "far.0")]
    public void Section_of_the_subnet_or_its_network_counts(string giaddr, int client, string server, string file)
    {
        Answer offer = Offer(Network.With(Branches), Clients[client].Extra, Ipv4.Parse(giaddr));
        Assert.Equal((server, file), (offer.Siaddr.ToString(), File(offer)));
    }

    [Fact]
    public void Section_for_a_class_leaves_others_to_the_next()
    {
        Client other = Network.With(Branches).NewClient("02:00:5e:10:00:02");
        other.Giaddr = Ipv4.Parse("198.51.100.1");
        other.Extra = Clients[0].Extra;
        Assert.Equal("subnet.kpxe", File(other.Discover()));
    }

    [Fact]
    public void Server_has_a_name_where_one_is_given() =>
        Assert.Equal("boot.far"u8.ToArray(), Offer(Network.With(Branches), Clients[0].Extra, Ipv4.Parse("203.0.113.1")).Option(66));

    /// <summary>What the administrator's own class or a reservation says goes before the section.</summary>
    [Fact]
    public void Own_class_and_reservation_go_before_the_section()
    {
        Network net = Network.With("""
            { "interfaces-config": { "interfaces": [ "eth0" ] }, "boot": { "server": "192.0.2.5", "bios": "section" },
              "client-classes": [ { "name": "mine", "test": "option[12].exists", "boot-file-name": "mine" } ],
              "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10-192.0.2.200" } ],
                "reservations": [ { "hw-address": "02:00:5e:10:00:02", "boot-file-name": "host" } ] } ] }
            """);
        Assert.Equal("section", File(Offer(net, Clients[0].Extra)));
        Assert.Equal("mine", File(Offer(net, Clients[0].Extra + "0c 01 61")));
        Client owner = net.NewClient("02:00:5e:10:00:02");
        owner.Extra = Clients[0].Extra;
        Assert.Equal("host", File(owner.Discover()));
    }

    [Fact]
    public void Long_URL_goes_into_option_67_alone()
    {
        string url = "http://boot.example/" + new string('a', 200);
        Network net = Network.With($$"""
            { "interfaces-config": { "interfaces": [ "eth0" ] }, "boot": { "ipxe": "{{url}}" },
              "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10-192.0.2.200" } ] } ] }
            """);
        Answer offer = Offer(net, Clients[5].Extra);
        Assert.Equal("", File(offer));
        Assert.Equal(Encoding.ASCII.GetBytes(url), offer.Option(67));
        Assert.Equal(MessageType4.Offer, offer.Sent);
    }
}
