using Leasehold.Configuration;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Model;
using Xunit;

namespace Leasehold.UnitTests.Configuration.Kea;

/// <summary>The examples of the established server's first guide to DHCPv6, one by one: what stands inside "Dhcp6".</summary>
public class FirstGuideTests6
{
    private const string Pool = "\"pools\": [ { \"pool\": \"2001:db8:1::1-2001:db8:1::ffff\" } ]";

    public static TheoryData<string> Examples =>
    [
        // A small server, its interfaces and its lease file.
        $$"""
        "renew-timer": 1000, "rebind-timer": 2000, "preferred-lifetime": 3000, "valid-lifetime": 4000,
        "lease-database": { "type": "memfile", "persist": true, "name": "/var/kea/dhcp6.leases" },
        "subnet6": [ { "subnet": "2001:db8:1::/64", {{Pool}} } ]
        """,
        """  "subnet6": [ { "pools": [ { "pool": "2001:db8:1::/112" } ], "subnet": "2001:db8:1::/64" }, { "pools": [ { "pool": "2001:db8:2::1-2001:db8:2::ffff" } ], "subnet": "2001:db8:2::/64", "interface": "eth0" } ]""",
        """  "lease-database": { "type": "memfile", "persist": true, "name": "/tmp/kea-leases6.csv", "lfc-interval": 1800 }""",
        """  "lease-database": { "name": "database-name" }""",
        """  "lease-database": { "host": "" }""",
        """  "lease-database": { "user": "user-name", "password": "password" }""",

        // Subnets and pools.
        """  "subnet6": [ { "subnet": "2001:db8:1::/64", "id": 1024 } ]""",
        """  "subnet6": [ { "subnet": "2001:db8:1::/48", "pools": [ { "pool": "2001:db8:1::1-2001:db8:1::ffff" }, { "pool": "2001:db8:1:05::/80" } ] } ]""",
        $$"""  "subnet6": [ { "subnet": "2001:db8:1::/64", {{Pool}} }, { "subnet": "2001:db8:2::/64", "pools": [ { "pool": "2001:db8:2::/64" } ] } ]""",
        """  "subnet6": [ { "subnet": "2001:d8b:1::/64", "pd-pools": [ { "prefix": "3000:1::", "prefix-len": 64, "delegated-len": 96 } ] } ]""",
        """  "subnet6": [ { "subnet": "2001:db8:beef::/48", "pools": [ { "pool": "2001:db8:beef::/48" } ], "interface": "eth0" } ]""",
        """  "subnet6": [ { "subnet": "2001:db8:beef::/48", "pools": [ { "pool": "2001:db8:beef::/48" } ], "interface-id": "vlan123" } ]""",
        """  "subnet6": [ { "subnet": "2001:db8:1::/64", "pools": [ { "pool": "2001:db8:1::-2001:db8:1::ffff" } ], "client-class": "VENDOR_CLASS_eRouter1.0" } ]""",
        $$"""  "subnet6": [ { "subnet": "2001:db8:1::/64", {{Pool}}, "relay": { "ip-address": "3000::1" } } ]""",
        $$"""
        "subnet6": [ { "subnet": "3000::/64", "pools": [ { "pool": "3000::2 - 3000::ffff" } ], "client-class": "VENDOR_CLASS_docsis3.0", "relay": { "ip-address": "3000::1" } },
                     { "subnet": "2001:db8:1::/64", {{Pool}}, "relay": { "ip-address": "3000::1" } } ]
        """,

        // Options.
        """  "option-data": [ { "name": "dns-servers", "code": 23, "space": "dhcp6", "csv-format": true, "data": "2001:db8::cafe, 2001:db8::babe" } ]""",
        """  "option-data": [ { "name": "dns-servers", "code": 23, "space": "dhcp6", "csv-format": false, "data": "2001 0DB8 0001 0000 0000 0000 0000 CAFE 2001 0DB8 0001 0000 0000 0000 0000 BABE" } ]""",
        """  "subnet6": [ { "subnet": "2001:db8:1::/64", "option-data": [ { "name": "dns-servers", "code": 23, "space": "dhcp6", "csv-format": true, "data": "2001:db8:1::3" } ] } ]""",
        """
        "option-def": [ { "name": "foo", "code": 100, "type": "uint32", "array": false, "record-types": "", "space": "dhcp6", "encapsulate": "" } ],
        "option-data": [ { "name": "foo", "code": 100, "space": "dhcp6", "csv-format": true, "data": "12345" } ]
        """,
        """
        "option-def": [ { "name": "foo", "code": 1, "space": "vendor-encapsulated-options-space", "type": "record", "array": false, "record-types": "ipv6-address, uint16, string", "encapsulates": "" } ],
        "option-data": [ { "name": "foo", "space": "vendor-encapsulated-options-space", "code": 1, "csv-format": true, "data": "2001:db8:1::10, 123, Hello World" },
                         { "name": "vendor-encapsulated-options", "space": "dhcp6", "code": 17, "csv-format": true, "data": "12345" } ]
        """,
        """
        "option-def": [ { "name": "subopt1", "code": 1, "space": "isc", "type": "ipv6-address", "record-types": "", "array": false, "encapsulate": "" },
                        { "name": "subopt2", "code": 2, "space": "isc", "type": "string", "record-types": "", "array": false, "encapsulate": "" },
                        { "name": "container", "code": 102, "space": "dhcp6", "type": "empty", "array": false, "record-types": "", "encapsulate": "isc" } ],
        "option-data": [ { "name": "subopt1", "space": "isc", "code": 1, "csv-format": true, "data": "2001:db8::abcd" },
                         { "name": "subopt2", "space": "isc", "code": 2, "csv-format": true, "data": "Hello world" },
                         { "name": "container", "space": "dhcp6", "code": 102, "csv-format": true, "data": "" } ]
        """,
        """  "option-data": [ { "name": "dns-servers", "data": "2001:db8::1, 2001:db8::2" } ], "lease-database": { "type": "memfile" }""",

        // DNS updates that are off.
        """  "dhcp-ddns": { "enable-updates": false }""",
        """  "dhcp-ddns": { "server-ip": "2001:db8::5", "server-port": 900 }""",
        """  "dhcp-ddns": { "override-client-update": true }""",
        """  "dhcp-ddns": { "override-no-update": true }""",
        """  "dhcp-ddns": { "replace-client-name": true }""",
        """  "dhcp-ddns": { "generated-prefix": "another.host" }""",
        """  "dhcp-ddns": { "qualifying-suffix": "foo.example.org" }""",

        // Reservations and hardware addresses.
        """
        "subnet6": [ { "subnet": "2001:db8:1::/48", "pools": [ { "pool": "2001:db8:1::/80" } ],
          "pd-pools": [ { "prefix": "2001:db8:1:8000::", "prefix-len": 56, "delegated-len": 64 } ],
          "reservations": [ { "duid": "01:02:03:04:05:0A:0B:0C:0D:0E", "ip-addresses": [ "2001:db8:1::100" ] },
                            { "hw-address": "00:01:02:03:04:05", "ip-addresses": [ "2001:db8:1::101" ] },
                            { "duid": "01:02:03:04:05:06:07:08:09:0A", "ip-addresses": [ "2001:db8:1::102" ], "prefixes": [ "2001:db8:2:abcd::/64" ], "hostname": "foo.example.com" } ] } ]
        """,
        """  "subnet6": [ { "subnet": "2001:db8:1::/64", "reservation-mode": "disabled" } ]""",
        """  "mac-sources": [ "any" ]""",
        """  "mac-sources": [ "raw", "duid", "ipv6-link-local", "client-link-addr-option", "remote-id", "subscriber-id", "docsis-cmts", "docsis-modem" ]""",
        """  "mac-sources": [ "rfc6939", "rfc4649", "rfc4580" ]""",
    ];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_is_read_and_has_no_error(string inside)
    {
        ConfigResult<Dhcp6Config> result = Reads.Of6(inside);
        Assert.True(result.Config is not null, string.Join('\n', result.Diagnostics));
    }

    [Theory]
    [InlineData("\"eth0\"", "eth0")]
    [InlineData("\"eth0\", \"eth1\"", "eth0 eth1")]
    [InlineData("\"*\"", "*")]
    [InlineData("\"eth1\", \"eth3\", \"*\"", "eth1 eth3 *")]
    [InlineData("\"eth1/2001:db8::1\"", "eth1/2001:db8::1")]
    public void Interfaces_are_named_in_every_form(string names, string selectors)
    {
        foreach (string form in (string[])["\"interfaces-config\": { \"interfaces\": [ NAMES ] }", "\"interfaces\": [ NAMES ]"])
        {
            Dhcp6Config config = Dhcp6ConfigReader.ReadText($"{{ \"Dhcp6\": {{ {form.Replace("NAMES", names)} }} }}").Config!;
            Assert.Equal(selectors, string.Join(' ', config.Interfaces.Interfaces.Select(i => $"{i.Name ?? "*"}{(i.Unicast is { } address ? $"/{address}" : "")}")));
        }
    }

    [Theory]
    [InlineData("""  "lease-database": { "type": "mysql" }""", "leases in a database of type mysql are not supported yet")]
    [InlineData("""  "dhcp-ddns": { "enable-updates": true, "qualifying-suffix": "example." }""", "DNS updates are not built in yet")]
    [InlineData(
        """  "option-def": [ { "name": "bar", "code": 101, "type": "record", "record-types": "ipv4-address, uint16, boolean, string" } ], "option-data": [ { "name": "bar", "data": "2001:db8:1::10, 123, false, Hello World" } ]""",
        "for IPv6 addresses the option's definition says ipv6-address")]
    public void Example_that_cannot_work_is_told_with_the_reason(string inside, string complaint) =>
        Assert.Contains(complaint, Reads.Complaint6(inside), StringComparison.Ordinal);
}
