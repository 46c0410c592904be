using System.Text;
using Leasehold.Leases;
using Leasehold.Leases.Memfile;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Leases.Memfile;

/// <summary>The octets of a DHCPv6 line, as the established server writes and reads them.</summary>
public sealed class LeaseLine6Tests
{
    private static readonly Instant Now = new(1_700_000_000);

    private static readonly LeaseRow6 Lease = new()
    {
        Address = Ipv6.Parse("2001:db8::10"),
        Duid = "\x00\x03\x00\x01\x02\x00\x5e\x10\x00\x01",
        Iaid = 4_000_000_000,
        ValidLifetime = new(3600),
        PreferredLifetime = new(1800),
        Expire = new(1_700_003_600),
        SubnetId = 7,
        PoolId = 3,
        FqdnForward = true,
        Hostname = "printer.example.org",
        HardwareAddress = "\x02\x00\x5e\x10\x00\x01",
        HardwareType = 1,
        HardwareSource = HardwareSource6.Duid,
    };

    private static readonly LeaseRow6 Prefix = Lease with
    {
        Type = LeaseType6.Prefix,
        Address = Ipv6.Parse("2001:db8:100::"),
        PrefixLength = 56,
        HardwareAddress = "",
        HardwareType = 0,
        HardwareSource = HardwareSource6.None,
        Hostname = "",
        FqdnForward = false,
    };

    [Fact]
    public void An_address() =>
        Assert.Equal(
            "2001:db8::10,00:03:00:01:02:00:5e:10:00:01,3600,1700003600,7,1800,0,4000000000,128,1,0,printer.example.org,02:00:5e:10:00:01,0,,1,2,3\n",
            Appended(LeaseChangeKind.Commit, Lease));

    [Fact]
    public void A_prefix_of_a_client_whose_link_layer_address_is_not_known() =>
        Assert.Equal(
            "2001:db8:100::,00:03:00:01:02:00:5e:10:00:01,3600,1700003600,7,1800,2,4000000000,56,0,0,,,0,,,,3\n",
            Appended(LeaseChangeKind.Commit, Prefix));

    [Fact]
    public void A_temporary_address_has_type_1() =>
        Assert.Equal(
            "2001:db8::10,00:03:00:01:02:00:5e:10:00:01,3600,1700003600,7,1800,1,4000000000,128,1,0,printer.example.org,02:00:5e:10:00:01,0,,1,2,3\n",
            Appended(LeaseChangeKind.Commit, Lease with { Type = LeaseType6.Temporary }));

    [Fact]
    public void An_infinite_lease_ends_2_to_the_32_less_1_seconds_after_now() =>
        Assert.Equal(
            "2001:db8:100::,00:03:00:01:02:00:5e:10:00:01,4294967295,5994967295,7,4294967295,2,4000000000,56,0,0,,,0,,,,3\n",
            Appended(LeaseChangeKind.Commit, Prefix with { ValidLifetime = Lifetime.Infinite, PreferredLifetime = Lifetime.Infinite, Expire = Instant.Never }));

    [Theory]
    [InlineData(LeaseChangeKind.Release, "3")]
    [InlineData(LeaseChangeKind.Delete, "0")]
    public void A_lease_that_is_no_more_has_lifetimes_of_zero(LeaseChangeKind kind, string state) =>
        Assert.Equal(
            $"2001:db8:100::,00:03:00:01:02:00:5e:10:00:01,0,1700000000,7,0,2,4000000000,56,0,0,,,{state},,,,3\n", Appended(kind, Prefix));

    [Fact]
    public void A_declined_address_has_state_1_and_the_duid_of_nobody() =>
        Assert.Equal("2001:db8::10,00:00:00,3600,1700003600,7,0,0,0,128,0,0,,,1,,,,3\n", Appended(LeaseChangeKind.Decline, Lease));

    [Fact]
    public void A_registered_address_has_state_4() =>
        Assert.Equal(
            "2001:db8::10,00:03:00:01:02:00:5e:10:00:01,3600,1700003600,7,1800,0,4000000000,128,1,0,printer.example.org,02:00:5e:10:00:01,4,,1,2,3\n",
            Appended(LeaseChangeKind.Register, Lease));

    [Fact]
    public void An_offer_has_no_line_whether_it_is_made_given_up_or_taken_from()
    {
        Assert.Equal("", Appended(LeaseChangeKind.Offer, Lease));
        Assert.Equal("", Appended(LeaseChangeKind.Delete, Lease with { State = LeaseState.Offered }));
        Assert.Equal(Appended(LeaseChangeKind.Commit, Lease), Appended(LeaseChangeKind.Commit, Lease with { State = LeaseState.Offered }));
    }

    [Theory]
    [InlineData(LeaseState.Assigned)]
    [InlineData(LeaseState.Declined)]
    [InlineData(LeaseState.ExpiredReclaimed)]
    [InlineData(LeaseState.Registered)]
    public void A_line_comes_back_in_each_state(LeaseState state)
    {
        LeaseRow6 row = state == LeaseState.Declined ? Lease.Declined() : Lease with { State = state };
        byte[] line = new byte[LeaseLine6.Bound(row.ToLease())];
        int length = LeaseLine6.Write(row.ToLease(), 3600, 1_700_003_600, line);
        Assert.Equal(row, Read(Encoding.Latin1.GetString(line, 0, length)));
    }

    [Fact]
    public void The_duid_of_nobody_may_be_a_single_octet_as_older_versions_write_it() =>
        Assert.Equal(
            "", Read("2001:db8::10,00,3600,1700003600,7,0,0,0,128,0,0,,,1,,,,3\n").Duid);

    [Fact]
    public void The_longest_texts_come_back()
    {
        LeaseRow6 row = Lease with
        {
            Address = Ipv6.Parse("2001:db8:1111:2222:3333:4444:5555:6666"),
            Duid = new('\xff', 130),
            Hostname = new(',', 255),
            HardwareAddress = new('\xfe', 20),
            HardwareType = ushort.MaxValue,
            HardwareSource = (HardwareSource6)uint.MaxValue,
            UserContext = $"{{{new string(',', 65533)}}}",
        };
        Assert.Equal(row, Read(Appended(LeaseChangeKind.Commit, row)));
    }

    [Fact]
    public void Every_octet_in_a_text_comes_back()
    {
        string all = string.Concat(Enumerable.Range(1, 254).Select(i => (char)i).Where(c => c is not (>= 'A' and <= 'Z')));
        LeaseRow6 row = Lease with { Hostname = all, UserContext = $"{{{all}}}" };
        Assert.Equal(row, Read(Appended(LeaseChangeKind.Commit, row)));
    }

    [Theory]
    [InlineData("2001:db8::g,01:02:03,3600,1,7,1,0,1,128,0,0,,,0,,,,0", "address '2001:db8::g' is not an IPv6 address")]
    [InlineData("192.0.2.1,01:02:03,3600,1,7,1,0,1,128,0,0,,,0,,,,0", "address '192.0.2.1' is not an IPv6 address")]
    [InlineData("2001:db8::1,,3600,1,7,1,0,1,128,0,0,,,0,,,,0", "duid '' is not 1 to 130 octets in hexadecimal with colons")]
    [InlineData("2001:db8::1,00:00:00,3600,1,7,1,0,1,128,0,0,,,0,,,,0", "duid is that of nobody, and the address is not declined")]
    [InlineData("2001:db8::1,01:02:03,x,1,7,1,0,1,128,0,0,,,0,,,,0", "valid_lifetime 'x' is not a number of 32 bits")]
    [InlineData("2001:db8::1,01:02:03,3600,,7,1,0,1,128,0,0,,,0,,,,0", "expire '' is not a number")]
    [InlineData("2001:db8::1,01:02:03,3600,1,7,-1,0,1,128,0,0,,,0,,,,0", "pref_lifetime '-1' is not a number of 32 bits")]
    [InlineData("2001:db8::1,01:02:03,3600,1,7,1,3,1,128,0,0,,,0,,,,0", "lease_type '3' is not 0 (address), 1 (temporary address) or 2 (prefix)")]
    [InlineData("2001:db8::1,01:02:03,3600,1,7,1,0,4294967296,128,0,0,,,0,,,,0", "iaid '4294967296' is not a number of 32 bits")]
    [InlineData("2001:db8::1,01:02:03,3600,1,7,1,2,1,129,0,0,,,0,,,,0", "prefix_len '129' is not a length from 0 to 128")]
    [InlineData("2001:db8::1,01:02:03,3600,1,7,1,0,1,64,0,0,,,0,,,,0", "prefix_len 64 is not 128, as an address has it")]
    [InlineData("2001:db8::1,01:02:03,3600,1,7,1,0,1,128,0,0,,0:1:2:3:4:5:6:7:8:9:a:b:c:d:e:f:0:1:2:3:4,0,,,,0", "hwaddr '0:1:2:3:4:5:6:7:8:9:a:b:c:d:e:f:0:1:2:3:4' is not at most 20 octets in hexadecimal with colons")]
    [InlineData("2001:db8::1,01:02:03,3600,1,7,1,0,1,128,0,0,,,5,,,,0", "state '5' is not a state from 0 to 4")]
    [InlineData("2001:db8::1,01:02:03,3600,1,7,1,0,1,128,0,0,,,0,,65536,,0", "hwtype '65536' is not a number of 16 bits")]
    [InlineData("2001:db8::1,01:02:03,3600,1,7,1,0,1,128,0,0,,,0,,", "16 columns where the header has 18")]
    [InlineData("2001:db8::1,01:02:03,3600,1,7,1,0,1,128,0,0,,,0,,,,0,", "more columns than the header's 18")]
    public void A_line_that_is_none_says_why(string line, string problem)
    {
        LeaseColumns? columns = LeaseLine6.Schema.Parse(Encoding.Latin1.GetBytes(LeaseLine6.Header), out _);
        Assert.False(LeaseLine6.TryRead(Encoding.Latin1.GetBytes(line), columns!, new byte[LeaseLine6.ScratchLength], out _, out _, out string? found));
        Assert.Equal(problem, found);
    }

    [Fact]
    public void A_line_cut_anywhere_is_refused_or_another_whole_line_but_never_throws()
    {
        LeaseColumns? columns = LeaseLine6.Schema.Parse(Encoding.Latin1.GetBytes(LeaseLine6.Header), out _);
        byte[] line = Encoding.Latin1.GetBytes(Appended(LeaseChangeKind.Commit, Lease with { PoolId = 0 }).TrimEnd('\n'));
        byte[] scratch = new byte[LeaseLine6.ScratchLength];
        for (int length = 0; length <= line.Length; length++)
        {
            bool good = LeaseLine6.TryRead(line.AsSpan(0, length), columns!, scratch, out _, out _, out string? problem);
            // Without its last octet the line has an empty pool_id, which is allowed.
            Assert.Equal(length >= line.Length - 1, good);
            Assert.Equal(good, problem is null);
        }
    }

    private static string Appended(LeaseChangeKind kind, LeaseRow6 row)
    {
        SimulatedDisk disk = new(new(1));
        _ = LeaseLog6.Open(disk, "leases", new(), new(), out LeaseLog6? log);
        log!.Append(new() { Kind = kind, Lease = row.ToLease() }, Now);
        Assert.True(log.TryCommit(out _));
        string text = disk.Text("leases");
        Assert.StartsWith(LeaseLine6.Header + "\n", text);
        return text[(LeaseLine6.Header.Length + 1)..];
    }

    private static LeaseRow6 Read(string line)
    {
        SimulatedDisk disk = new(new(1));
        disk.Put("leases", $"{LeaseLine6.Header}\n{line}");
        LeaseTable6 table = new();
        LeaseLoadReport report = LeaseLog6.Open(disk, "leases", table, new(), out _);
        Assert.Empty(report.Findings);
        return Assert.Single(LeaseRow6.All(table.All()));
    }
}
