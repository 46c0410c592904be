using Xunit;

namespace Leasehold.UnitTests.Configuration;

public class CheckCommandTests
{
    private const string Good = """{ "Dhcp4": { "interfaces-config": { "interfaces": [ "eth0" ] }, "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24" } ] } }""";

    [Fact]
    public void Good_file_is_named_in_one_line_and_the_status_is_0() =>
        Assert.Equal((0, "a.json: good (1 subnet, 0 reservations)\n"), Run(("a.json", Good)));

    [Fact]
    public void Warnings_leave_a_file_usable() =>
        Assert.Equal(
            (0, """
            a.json:1:12: warning: no interface is named, so the server listens nowhere; add "interfaces-config": { "interfaces": [ "*" ] } or the interfaces' names
            a.json: usable, 1 warning (0 subnets, 0 reservations)

            """),
            Run(("a.json", """{ "Dhcp4": { } }""")));

    [Fact]
    public void Expanded_file_has_classes_in_the_place_of_its_boot_section()
    {
        const string text = """{ "Dhcp4": { /* short */ "boot": { "server": "192.0.2.5", "bios": "a,b", "uefi-http-x64": "http://b.example/c" }, "interfaces-config": { "interfaces": [ "eth0" ] } } }""";
        using StringWriter output = new();
        using StringWriter remarks = new();
        Assert.Equal(0, CheckCommand.Expand(["a.json"], output, remarks, Reads.Files(("a.json", text))));
        Assert.Equal("", remarks.ToString());
        Assert.Equal(
            """
            {
              "Dhcp4": {
                "interfaces-config": { "interfaces": [ "eth0" ] },
                "client-classes": [
                  {
                    "name": "boot-uefi-http-x64",
                    "test": "substring(option[93].hex, 0, 2) == 0x0010",
                    "boot-file-name": "http://b.example/c",
                    "option-data": [
                      { "name": "vendor-class-identifier", "data": "HTTPClient", "always-send": true },
                      { "name": "boot-file-name", "data": "http://b.example/c", "always-send": true }
                    ]
                  },
                  {
                    "name": "boot-bios",
                    "test": "substring(option[93].hex, 0, 2) == 0x0000",
                    "next-server": "192.0.2.5",
                    "boot-file-name": "a,b",
                    "option-data": [
                      { "name": "tftp-server-name", "data": "192.0.2.5" },
                      { "name": "boot-file-name", "data": "a\\,b" }
                    ]
                  }
                ]
              }
            }

            """,
            output.ToString());
    }

    [Fact]
    public void Expanded_file_of_two_servers_keeps_what_the_other_one_has()
    {
        const string text = """
            { "Dhcp4": { "boot": { "server": "192.0.2.5", "bios": "a" }, "interfaces-config": { "interfaces": [ "eth0" ] } },
              "Dhcp6": { "interfaces-config": { "interfaces": [ "eth0" ] } } }
            """;
        using StringWriter output = new();
        using StringWriter remarks = new();
        Assert.Equal(0, CheckCommand.Expand(["a.json"], output, remarks, Reads.Files(("a.json", text))));
        Assert.Equal("", remarks.ToString());
        Assert.Contains("\"name\": \"boot-bios\"", output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("""
              "Dhcp6": { "interfaces-config": { "interfaces": [ "eth0" ] } }
            }

            """, output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void File_whose_other_server_has_an_error_is_not_expanded()
    {
        using StringWriter output = new();
        using StringWriter remarks = new();
        Assert.Equal(2, CheckCommand.Expand(["a.json"], output, remarks, Reads.Files(("a.json", """{ "Dhcp4": { }, "Dhcp6": { "boot": { } } }"""))));
        Assert.Equal("", output.ToString());
        Assert.Contains("a.json:1:28: \"boot\" is not a key of \"Dhcp6\"", remarks.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void File_with_an_error_is_not_expanded()
    {
        using StringWriter output = new();
        using StringWriter remarks = new();
        Assert.Equal(2, CheckCommand.Expand(["a.json"], output, remarks, Reads.Files(("a.json", """{ "Dhcp4": { "boot": { "bois": "a" } } }"""))));
        Assert.Equal("", output.ToString());
        Assert.Contains("a.json:1:24: \"bois\" is not a key of \"boot\"; did you mean \"bios\"?", remarks.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_bad_file_of_two_gives_status_2_and_both_are_told()
    {
        (int status, string said) = Run(("a.json", Good.Replace("/24", "/33")), ("b.json", Good));
        Assert.Equal(2, status);
        Assert.Equal(
            """
            a.json:1:99: "192.0.2.0/33" is not an IPv4 network; write address and length, such as 192.0.2.0/24
            a.json: refused, 1 error
            b.json: good (1 subnet, 0 reservations)

            """,
            said);
    }

    [Fact]
    public void File_of_both_servers_is_checked_for_both()
    {
        string both = Good[..^1] + """, "Dhcp6": { "interfaces-config": { "interfaces": [ "eth0" ] }, "subnet6": [ ], "reservations": [ { "duid": "00:03:00:01:01" } ] } }""";
        Assert.Equal((0, "a.json: good (DHCPv4: 1 subnet, 0 reservations; DHCPv6: 0 subnets, 1 reservation)\n"), Run(("a.json", both)));
        Assert.Equal(
            (2, """
            a.json:1:99: "192.0.2.0/33" is not an IPv4 network; write address and length, such as 192.0.2.0/24
            a.json:1:195: this is a map, and it should be a list; write [ … ], also for one element
            a.json: refused, 2 errors

            """),
            Run(("a.json", both.Replace("/24", "/33").Replace("[ ]", "{ }"))));
    }

    [Fact]
    public void File_of_a_DHCPv6_server_alone_is_checked() =>
        Assert.Equal(
            (0, "a.json: good (0 subnets, 0 reservations)\n"),
            Run(("a.json", """{ "Dhcp6": { "interfaces-config": { "interfaces": [ "eth0" ] } } }""")));

    [Fact]
    public void One_server_of_a_file_is_checked_without_the_other()
    {
        string half = Good[..^1] + """, "Dhcp6": { "interfaces-config": { "interfaces": [ "eth0" ] }, "subnet6": { } } }""";
        var output = new StringWriter();
        Assert.Equal(0, CheckCommand.RunDhcp4("a.json", output, Reads.Files(("a.json", half))));
        Assert.Equal(2, CheckCommand.RunDhcp6("a.json", output, Reads.Files(("a.json", half))));
        Assert.StartsWith("a.json: good (1 subnet, 0 reservations)\n", output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("a.json: refused, 1 error\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_is_not_there_gives_status_2()
    {
        var output = new StringWriter();
        Assert.Equal(2, CheckCommand.Run(["a.json"], output, Reads.Files()));
        Assert.Equal("a.json: the file cannot be read: there is no such file; correct its name or its rights\na.json: refused, 1 error\n", output.ToString());
    }

    private static (int Status, string Said) Run(params (string Name, string Text)[] files)
    {
        var output = new StringWriter();
        int status = CheckCommand.Run(files.Select(f => f.Name), output, Reads.Files(files));
        return (status, output.ToString());
    }
}
