using System.Text.Json;

namespace Leasehold.ConformanceTests;

/// <summary>Every option of the established server's list is configured by its name and reaches a client in the octets of its type.</summary>
public class StandardOptions
{
    /// <summary>What the protocol itself says or asks for: from the configuration it is not taken.</summary>
    private static readonly int[] Protocols = [50, 51, 52, 53, 55, 57, 58, 59, 61, 82, 118];

    private static readonly JsonElement[] Facts = Read();

    // Text and octets of one value of a type, and of a second one where the option is a list.
    private static readonly Dictionary<string, (string Text, string Octets, string Second, string SecondOctets)> Samples = new()
    {
        ["ipv4-address"] = ("192.0.2.7", "c0 00 02 07", "198.51.100.8", "c6 33 64 08"),
        ["ipv6-address"] = ("2001:db8::1", "20 01 0d b8 00*11 01", "::2", "00*15 02"),
        ["string"] = ("Text", "54 65 78 74", "", ""),
        ["binary"] = ("0x0a0b0c", "0a 0b 0c", "", ""),
        ["boolean"] = ("true", "01", "false", "00"),
        ["int32"] = ("-2", "ff ff ff fe", "", ""),
        ["uint8"] = ("200", "c8", "7", "07"),
        ["uint16"] = ("4660", "12 34", "1", "00 01"),
        ["uint32"] = ("305419896", "12 34 56 78", "1", "00 00 00 01"),
        ["fqdn"] = ("a.example", "01 61 07 65 78 61 6d 70 6c 65 00", "b.example", "01 62 07 65 78 61 6d 70 6c 65 00"),
        ["tuple"] = ("abc", "00 03 61 62 63", "d", "00 01 64"),
        ["psid"] = ("3/4", "04 30 00", "", ""),
    };

    // Shapes of their own, and names that point to each other (RFC 3397 §2).
    private static readonly Dictionary<int, (string Text, string Octets)> Particular = new()
    {
        [119] = ("a.example, b.example", "01 61 07 65 78 61 6d 70 6c 65 00 01 62 c0 02"),
        [141] = ("a.example, b.example", "01 61 07 65 78 61 6d 70 6c 65 00 01 62 c0 02"),
        [121] = ("10.0.0.0/8 - 192.0.2.1, 0.0.0.0/0 - 192.0.2.2", "08 0a c0 00 02 01 00 c0 00 02 02"),
        [125] = ("4491", ""),
        [162] = (
            @"2, resolver.example., 192.0.2.1 192.0.2.2, alpn=dot\,doq port=8530 | 1, a.",
            "00 30  00 02 12 08 72 65 73 6f 6c 76 65 72 07 65 78 61 6d 70 6c 65 00  08 c0 00 02 01 c0 00 02 02  00 01 00 08 03 64 6f 74 03 64 6f 71  00 03 00 02 21 52  00 06  00 01 03 01 61 00"),
    };

    public static TheoryData<int> Codes => [.. Facts.Where(IsOfMessages).Select(Code).Except(Protocols)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Option_is_sent_in_the_octets_of_its_type(int code)
    {
        JsonElement fact = Facts.First(f => IsOfMessages(f) && Code(f) == code);
        (string text, string octets) = Particular.TryGetValue(code, out (string Text, string Octets) known) ? known : Sample(fact);
        string entry = $$"""{ "name": "{{fact.GetProperty("name").GetString()}}", "data": "{{text.Replace(@"\", @"\\", StringComparison.Ordinal)}}" }""";
        if (code is 43) entry += """, { "code": 9, "space": "vendor-encapsulated-options-space", "data": "0a" }""";
        if (code is 122) entry += """, { "name": "tsp-primary-server", "space": "cablelabs-client-conf", "data": "192.0.2.7" }, { "name": "tsp-realm", "space": "cablelabs-client-conf", "data": "A" }""";
        if (code is 125) entry += """, { "name": "tftp-servers", "space": "vendor-4491", "data": "192.0.2.7" }""";
        byte[] expected = Hex.Of(code switch
        {
            43 => "09 01 0a",
            122 => "01 04 c0 00 02 07 06 03 01 41 00",
            125 => "00 00 11 8b 06 02 04 c0 00 02 07",
            _ => octets,
        });

        Client client = Network.With($$"""
            { "interfaces-config": { "interfaces": [ "eth0" ] }, "option-data": [ {{entry}} ],
              "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10-192.0.2.20" } ] } ] }
            """).NewClient();
        client.RequestList = [(byte)code];
        Assert.Equal(expected, client.Discover().Option((byte)code));
    }

    private static (string Text, string Octets) Sample(JsonElement fact)
    {
        string[] types = fact.TryGetProperty("record-types", out JsonElement fields) ? [.. fields.EnumerateArray().Select(f => f.GetString() ?? "")] : [fact.GetProperty("type").GetString() ?? ""];
        if (types is ["empty"]) return ("", "");
        string text = string.Join(", ", types.Select(type => Samples[type].Text));
        string octets = string.Join(' ', types.Select(type => Samples[type].Octets));
        if (!fact.GetProperty("array").GetBoolean()) return (text, octets);
        return ($"{text}, {Samples[types[^1]].Second}", $"{octets} {Samples[types[^1]].SecondOctets}");
    }

    private static bool IsOfMessages(JsonElement fact) => fact.GetProperty("space").GetString() == "dhcp4";

    private static int Code(JsonElement fact) => fact.GetProperty("code").GetInt32();

    private static JsonElement[] Read()
    {
        using Stream stream = typeof(StandardOptions).Assembly.GetManifestResourceStream("Facts/options.json") ?? throw new FileNotFoundException("options.json");
        using JsonDocument document = JsonDocument.Parse(stream);
        return [.. document.RootElement.Clone().EnumerateArray()];
    }
}
