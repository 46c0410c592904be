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
