using Leasehold.Configuration;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Model;

namespace Leasehold.Fuzz.Targets;

/// <summary>What the server that is fed is configured with: plain, with all that clients can touch, and with little room.</summary>
internal static class ServedConfigurations
{
    private static readonly string[] Texts =
    [
        """{ "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10 - 192.0.2.20" } ], "option-data": [ { "name": "routers", "data": "192.0.2.1" } ] } ] }""",
        """
        {
          "valid-lifetime": 3600, "min-valid-lifetime": 600, "max-valid-lifetime": 7200, "calculate-tee-times": true, "store-extended-info": true, "echo-client-id": true,
          "hostname-char-set": "[^A-Za-z0-9.-]", "hostname-char-replacement": "x", "ddns-replace-client-name": "when-not-present", "ddns-qualifying-suffix": "example.org",
          "option-data": [
            { "name": "domain-name-servers", "data": "192.0.2.2, 192.0.2.3", "always-send": true }, { "name": "domain-search", "data": "a.example.org, b.example.org" },
            { "name": "classless-static-route", "data": "10.0.0.0/8 - 192.0.2.1" }, { "code": 43, "csv-format": false, "data": "0102030405" }, { "name": "v6-only-preferred", "data": "1800" } ],
          "client-classes": [
            { "name": "pxe", "test": "substring(option[60].hex, 0, 9) == 'PXEClient'", "boot-file-name": "pxelinux.0", "next-server": "192.0.2.4" },
            { "name": "port", "test": "option[82].option[1].exists and hexstring(pkt4.mac, ':') != ''", "option-data": [ { "name": "boot-file-name", "data": "x.efi" } ] },
            { "name": "bad", "test": "option[12].text == 'bad'" }, { "name": "DROP", "test": "option[12].text == 'drop'" } ],
          "shared-networks": [ { "name": "two", "subnet4": [
            { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.10 - 192.0.2.13" } ], "reservations": [ { "hw-address": "02:00:5e:10:00:01", "ip-address": "192.0.2.50", "hostname": "fixed" } ] },
            { "id": 2, "subnet": "198.51.100.0/24", "pools": [ { "pool": "198.51.100.10 - 198.51.100.20" } ] } ] } ],
          "subnet4": [ { "id": 3, "subnet": "10.1.2.0/24", "pools": [ { "pool": "10.1.2.10 - 10.1.2.11" } ], "relay": { "ip-addresses": [ "10.1.2.1" ] } } ]
        }
        """,
        """{ "match-client-id": false, "authoritative": true, "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "valid-lifetime": 4294967295, "pools": [ { "pool": "192.0.2.10 - 192.0.2.10" } ] } ] }""",
    ];

    public static IReadOnlyList<Dhcp4Config> All { get; } = [.. Texts.Select(Read)];

    private static Dhcp4Config Read(string text)
    {
        ConfigResult<Dhcp4Config> read = Dhcp4ConfigReader.ReadText($$"""{ "Dhcp4": {{text}} }""");
        return read.Config ?? throw new InvalidOperationException(string.Join('\n', read.Diagnostics));
    }
}
