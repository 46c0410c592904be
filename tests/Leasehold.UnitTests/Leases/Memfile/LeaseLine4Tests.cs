using System.Text;
using Leasehold.Leases;
using Leasehold.Leases.Memfile;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Leases.Memfile;

/// <summary>The octets of a line, as the established server writes and reads them.</summary>
public sealed class LeaseLine4Tests
{
    private static readonly Instant Now = new(1_700_000_000);

    private static readonly LeaseRow Lease = new()
    {
        Address = Ipv4.Parse("192.0.2.10"),
        HardwareAddress = HardwareAddress.Parse("02:00:5e:10:00:01"),
        ClientId = "\x01\x02\x00\x5e\x10\x00\x01",
        ValidLifetime = new(3600),
        Expire = new(1_700_003_600),
        SubnetId = 7,
        PoolId = 3,
        FqdnForward = true,
        Hostname = "printer.example.org",
    };

    [Fact]
    public void A_granted_lease() =>
        Assert.Equal(
            "192.0.2.10,02:00:5e:10:00:01,01:02:00:5e:10:00:01,3600,1700003600,7,1,0,printer.example.org,0,,3\n",
            Appended(LeaseChangeKind.Commit, Lease));

    [Fact]
    public void A_lease_without_a_client_identifier_a_name_and_a_pool() =>
        Assert.Equal(
            "192.0.2.10,02:00:5e:10:00:01,,3600,1700003600,7,0,1,,0,,0\n",
            Appended(LeaseChangeKind.Commit, Lease with { ClientId = "", Hostname = "", PoolId = 0, FqdnForward = false, FqdnReverse = true }));

    [Fact]
    public void An_infinite_lease_ends_2_to_the_32_less_1_seconds_after_now() =>
        Assert.Equal(
            "192.0.2.10,02:00:5e:10:00:01,01:02:00:5e:10:00:01,4294967295,5994967295,7,1,0,printer.example.org,0,,3\n",
            Appended(LeaseChangeKind.Commit, Lease with { ValidLifetime = Lifetime.Infinite, Expire = Instant.Never }));

    [Fact]
    public void A_released_lease_has_a_valid_lifetime_of_zero() =>
        Assert.Equal(
            "192.0.2.10,02:00:5e:10:00:01,01:02:00:5e:10:00:01,0,1700000000,7,1,0,printer.example.org,3,,3\n",
            Appended(LeaseChangeKind.Release, Lease));

    [Fact]
    public void A_declined_lease_has_state_1_and_no_client() =>
        Assert.Equal("192.0.2.10,,,3600,1700003600,7,0,0,,1,,3\n", Appended(LeaseChangeKind.Decline, Lease));

    [Fact]
    public void A_deleted_lease_has_a_valid_lifetime_of_zero() =>
        Assert.Equal(
            "192.0.2.10,02:00:5e:10:00:01,01:02:00:5e:10:00:01,0,1700000000,7,1,0,printer.example.org,0,,3\n",
            Appended(LeaseChangeKind.Delete, Lease));

    [Fact]
    public void An_offer_has_no_line() => Assert.Equal("", Appended(LeaseChangeKind.Offer, Lease));

    [Fact]
    public void Commas_ampersands_and_what_does_not_print_are_escaped() =>
        Assert.Equal(
            "192.0.2.10,02:00:5e:10:00:01,,3600,1700003600,7,1,0,a&#x2cb&#x26c&#x0ad&#xe9,0,{ \"a\": 1&#x2c \"b\": 2 },3\n",
            Appended(LeaseChangeKind.Commit, Lease with { ClientId = "", Hostname = "a,b&c\nd\xe9", UserContext = "{ \"a\": 1, \"b\": 2 }" }));

    [Fact]
    public void A_vacated_address_ends_behind_the_lease_that_vacates_it()
    {
        SimulatedDisk disk = new(new(1));
        LeaseTable4 table = new();
        _ = LeaseLog4.Open(disk, "leases", table, new(), out LeaseLog4? log);
        LeaseChange4 first = new() { Kind = LeaseChangeKind.Commit, Lease = Lease.ToLease() };
        table.Apply(first, Now);
        table.Accept();
        LeaseChange4 second = new()
        {
            Kind = LeaseChangeKind.Commit,
            Lease = (Lease with { Address = Ipv4.Parse("192.0.2.11") }).ToLease(),
            Vacates = Lease.Address,
        };
        log!.Append(second, Now);
        table.Apply(second, Now);
        Assert.True(log.TryCommit(out _));
        Assert.Equal(
            LeaseLine4.Header + "\n"
            + "192.0.2.11,02:00:5e:10:00:01,01:02:00:5e:10:00:01,3600,1700003600,7,1,0,printer.example.org,0,,3\n"
            + "192.0.2.10,02:00:5e:10:00:01,01:02:00:5e:10:00:01,0,1700000000,7,1,0,printer.example.org,3,,3\n",
            disk.Text("leases"));
        Assert.True(table.TryGet(Lease.Address, out Lease4 former));
        Assert.Equal((LeaseState.Released, Now), (former.State, former.Expire));
    }

    [Theory]
    [InlineData("", "{ \"leasehold\": { \"htype\": 6 } }")]
    [InlineData("{ }", "{ \"leasehold\": { \"htype\": 6 } }")]
    [InlineData("{ \"a\": 1 }", "{ \"leasehold\": { \"htype\": 6 }&#x2c \"a\": 1 }")]
    public void A_hardware_type_other_than_Ethernet_stands_in_the_user_context_and_is_read_from_there(string context, string written)
    {
        LeaseRow row = Lease with { HardwareAddress = new(6, [1, 2]), UserContext = context };
        string line = Appended(LeaseChangeKind.Commit, row);
        Assert.Equal($"192.0.2.10,01:02,01:02:00:5e:10:00:01,3600,1700003600,7,1,0,printer.example.org,0,{written},3\n", line);
        Assert.Equal(row with { UserContext = context == "{ }" ? "" : context }, Read(line));
    }

    [Fact]
    public void A_hardware_type_is_found_behind_other_members_where_the_established_server_sorts_it() =>
        Assert.Equal(
            Lease with { HardwareAddress = new(6, [1, 2]), UserContext = "{ \"a\": 1 }" },
            Read("192.0.2.10,01:02,01:02:00:5e:10:00:01,3600,1700003600,7,1,0,printer.example.org,0,{ \"a\": 1&#x2c \"leasehold\": { \"htype\": 6 } },3\n"));

    [Fact]
    public void Every_octet_in_a_text_comes_back()
    {
        string all = string.Concat(Enumerable.Range(1, 254).Select(i => (char)i).Where(c => c is not (>= 'A' and <= 'Z')));
        LeaseRow row = Lease with { ClientId = all, Hostname = all, UserContext = $"{{{all}}}" };
        Assert.Equal(row, Read(Appended(LeaseChangeKind.Commit, row)));
    }

    [Fact]
    public void The_longest_texts_come_back()
    {
        LeaseRow row = Lease with
        {
            HardwareAddress = new(32, new byte[16]),
            ClientId = new('\xff', 255),
            Hostname = new(',', 255),
            UserContext = $"{{ {new string(',', 65532)}}}",
        };
        Assert.Equal(row, Read(Appended(LeaseChangeKind.Commit, row)));
    }

    [Theory]
    [InlineData("192.0.2.256,02:00:5e:10:00:01,,3600,1,1,0,0,,0,,0", "address '192.0.2.256' is not an IPv4 address")]
    [InlineData("192.0.2,02:00:5e:10:00:01,,3600,1,1,0,0,,0,,0", "address '192.0.2' is not an IPv4 address")]
    [InlineData("192.0.2.01,02:00:5e:10:00:01,,3600,1,1,0,0,,0,,0", "address '192.0.2.01' is not an IPv4 address")]
    [InlineData("192.0.2.1,02:00:5e:10:00:zz,,3600,1,1,0,0,,0,,0", "hwaddr '02:00:5e:10:00:zz' is not at most 16 octets in hexadecimal with colons")]
    [InlineData("192.0.2.1,0:1:2:3:4:5:6:7:8:9:a:b:c:d:e:f:0,,3600,1,1,0,0,,0,,0", "hwaddr '0:1:2:3:4:5:6:7:8:9:a:b:c:d:e:f:0' is not at most 16 octets in hexadecimal with colons")]
    [InlineData("192.0.2.1,02,01:,3600,1,1,0,0,,0,,0", "client_id '01:' is not at most 255 octets in hexadecimal with colons")]
    [InlineData("192.0.2.1,02,,4294967296,1,1,0,0,,0,,0", "valid_lifetime '4294967296' is not a number of 32 bits")]
    [InlineData("192.0.2.1,02,,-1,1,1,0,0,,0,,0", "valid_lifetime '-1' is not a number of 32 bits")]
    [InlineData("192.0.2.1,02,,3600,,1,0,0,,0,,0", "expire '' is not a number")]
    [InlineData("192.0.2.1,02,,3600,1,1,2,0,,0,,0", "fqdn_fwd '2' is not 0 or 1")]
    [InlineData("192.0.2.1,02,,3600,1,1,0,5,,0,,0", "fqdn_rev '5' is not 0 or 1")]
    [InlineData("192.0.2.1,02,,3600,1,1,0,0,,4,,0", "state '4' is not a state from 0 to 3")]
    [InlineData("192.0.2.1,02,,3600,1,1,0,0,,0,x,0", "user_context 'x' is not a JSON map of at most 65535 octets")]
    [InlineData("192.0.2.1,02,,3600,1,1,0,0,,0,", "11 columns where the header has 12")]
    [InlineData("192.0.2.1,02,,3600,1,1,0,0,,0,,0,", "more columns than the header's 12")]
    [InlineData("x", "address 'x' is not an IPv4 address")]
    public void A_line_that_is_none_says_why(string line, string problem)
    {
        LeaseColumns? columns = LeaseLine4.Schema.Parse(Encoding.Latin1.GetBytes(LeaseLine4.Header), out _);
        Assert.False(LeaseLine4.TryRead(Encoding.Latin1.GetBytes(line), columns!, new byte[LeaseLine4.ScratchLength], out _, out _, out string? found));
        Assert.Equal(problem, found);
    }

    [Fact]
    public void A_line_cut_anywhere_is_refused_or_another_whole_line_but_never_throws()
    {
        LeaseColumns? columns = LeaseLine4.Schema.Parse(Encoding.Latin1.GetBytes(LeaseLine4.Header), out _);
        byte[] line = Encoding.Latin1.GetBytes(Appended(LeaseChangeKind.Commit, Lease with { PoolId = 0 }).TrimEnd('\n'));
        byte[] scratch = new byte[LeaseLine4.ScratchLength];
        for (int length = 0; length <= line.Length; length++)
        {
            bool good = LeaseLine4.TryRead(line.AsSpan(0, length), columns!, scratch, out _, out _, out string? problem);
            // Without its last octet the line has an empty pool_id, which is allowed.
            Assert.Equal(length >= line.Length - 1, good);
            Assert.Equal(good, problem is null);
        }
    }

    private static string Appended(LeaseChangeKind kind, LeaseRow row)
    {
        SimulatedDisk disk = new(new(1));
        _ = LeaseLog4.Open(disk, "leases", new(), new(), out LeaseLog4? log);
        log!.Append(new() { Kind = kind, Lease = row.ToLease() }, Now);
        Assert.True(log.TryCommit(out _));
        string text = disk.Text("leases");
        Assert.StartsWith(LeaseLine4.Header + "\n", text);
        return text[(LeaseLine4.Header.Length + 1)..];
    }

    private static LeaseRow Read(string line)
    {
        SimulatedDisk disk = new(new(1));
        disk.Put("leases", $"{LeaseLine4.Header}\n{line}");
        LeaseTable4 table = new();
        LeaseLoadReport report = LeaseLog4.Open(disk, "leases", table, new(), out _);
        Assert.Empty(report.Findings);
        return Assert.Single(LeaseRow.All(table.All()));
    }
}
