using Leasehold.Leases;
using Leasehold.Leases.Memfile;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Leases.Memfile;

/// <summary>What a clean-up leaves in the files.</summary>
public sealed class LeaseCleanupTests
{
    private const string Name = "leases";

    private readonly SimulatedDisk disk = new(new(1));

    [Fact]
    public void Of_each_address_the_last_line_stays_in_the_order_of_the_files()
    {
        Put($"{Name}.2", Line("192.0.2.1", 1), Line("192.0.2.2", 2), Line("192.0.2.3", 3));
        Put(Name, Line("192.0.2.3", 4), Line("192.0.2.2", 5, lifetime: 0), Line("192.0.2.4", 6), Line("192.0.2.3", 7), Line("192.0.2.5", 8), Line("192.0.2.5", 8, lifetime: 0));
        LeaseCleanupReport report = Clean(new() { KeepFree = 0 }, out LeaseLog4 log);
        Assert.Null(report.Problem);
        Assert.Equal(File(Line("192.0.2.1", 1), Line("192.0.2.4", 6), Line("192.0.2.3", 7)), disk.Text($"{Name}.2"));
        Assert.Equal(File(), disk.Text(Name));
        Assert.Equal($"{Name} {Name}.2", disk.Names);
        Assert.Equal((9, 3), (report.LinesBefore, report.LeasesAfter));
        Assert.Equal(disk.Text($"{Name}.2").Length, report.OctetsAfter);
        log.Append(Commit("192.0.2.9", 9), new(1_700_000_000));
        Assert.True(log.TryCommit(out _));
        Assert.Equal(File(Line("192.0.2.9", 9)), disk.Text(Name));
    }

    [Fact]
    public void Without_a_server_all_leases_are_in_the_one_file_that_is_left()
    {
        Put($"{Name}.2", Line("192.0.2.1", 1), Line("192.0.2.2", 2));
        Put($"{Name}.1", Line("192.0.2.2", 3));
        Put(Name, Line("192.0.2.1", 1, lifetime: 0), Line("192.0.2.3", 4));
        LeaseCleanup cleanup = new(disk, Name, LeaseFormat.V4, new() { KeepFree = 0 });
        LeaseCleanupReport measured = cleanup.Measure(CancellationToken.None);
        Assert.Equal($"{Name} {Name}.1 {Name}.2", disk.Names);
        LeaseCleanupReport report = cleanup.RunAlone(CancellationToken.None);
        Assert.Null(report.Problem);
        Assert.Equal(File(Line("192.0.2.2", 3), Line("192.0.2.3", 4)), disk.Text(Name));
        Assert.Equal(Name, disk.Names);
        Assert.Equal((report.LinesBefore, report.OctetsBefore, report.LeasesAfter, report.OctetsAfter), (measured.LinesBefore, measured.OctetsBefore, measured.LeasesAfter, measured.OctetsAfter));
        Assert.Equal((5, 2), (report.LinesBefore, report.LeasesAfter));
    }

    [Fact]
    public void A_completed_merge_that_was_left_takes_its_place_first()
    {
        Put($"{Name}.completed", Line("192.0.2.1", 1));
        Put($"{Name}.2", Line("192.0.2.9", 9));
        Put($"{Name}.1", Line("192.0.2.9", 9, lifetime: 0), Line("192.0.2.1", 1));
        Put(Name, Line("192.0.2.2", 2));
        Assert.Null(Clean(new() { KeepFree = 0 }, out _).Problem);
        Assert.Equal(File(Line("192.0.2.1", 1), Line("192.0.2.2", 2)), disk.Text($"{Name}.2"));
        Assert.Equal($"{Name} {Name}.2", disk.Names);
    }

    [Fact]
    public void A_file_that_was_set_aside_is_merged_before_another_is()
    {
        Put($"{Name}.1", Line("192.0.2.1", 1));
        Put(Name, Line("192.0.2.2", 2));
        Assert.Null(Clean(new() { KeepFree = 0 }, out _).Problem);
        Assert.Equal(File(Line("192.0.2.1", 1)), disk.Text($"{Name}.2"));
        Assert.Equal(File(Line("192.0.2.2", 2)), disk.Text(Name));
    }

    [Fact]
    public void What_was_over_for_long_is_left_out_and_an_infinite_lease_never_is()
    {
        Put(Name, Line("192.0.2.1", 1, expire: 999), Line("192.0.2.2", 2, expire: 1000), Line("192.0.2.3", 3, lifetime: uint.MaxValue, expire: 10));
        Assert.Null(Clean(new() { KeepFree = 0, ForgetBefore = new(1000) }, out _).Problem);
        Assert.Equal(File(Line("192.0.2.2", 2, expire: 1000), Line("192.0.2.3", 3, lifetime: uint.MaxValue, expire: 10)), disk.Text($"{Name}.2"));
    }

    [Fact]
    public void A_file_of_an_older_schema_gets_todays_columns()
    {
        disk.Put($"{Name}.2", "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname\n192.0.2.1,01,,3600,1700003600,1,0,0,a\n");
        Put(Name, Line("192.0.2.2", 2));
        Assert.Null(Clean(new() { KeepFree = 0 }, out _).Problem);
        Assert.Equal(File("192.0.2.1,01,,3600,1700003600,1,0,0,a,0,,0\n", Line("192.0.2.2", 2)), disk.Text($"{Name}.2"));
    }

    [Fact]
    public void A_DHCPv6_file_is_known_by_its_header_and_prefixes_are_apart_from_addresses()
    {
        const string prefix = "2001:db8::,01:02:03,3600,1700003600,7,1800,2,1,56,0,0,,,0,,,,0\n";
        const string address = "2001:db8::,01:02:04,3600,1700003600,7,1800,0,2,128,0,0,,,0,,,,0\n";
        const string gone = "2001:db8::1,01:02:04,0,1700003600,7,0,0,2,128,0,0,,,0,,,,0\n";
        disk.Put($"{Name}.2", $"{LeaseLine6.Header.Replace(",pool_id", "", StringComparison.Ordinal)}\n{prefix.Replace(",0\n", "\n", StringComparison.Ordinal)}");
        disk.Put(Name, $"{LeaseLine6.Header}\n{address}{gone}{address}");
        LeaseFormat format = LeaseFormat.Of(disk, new(Name));
        Assert.Same(LeaseFormat.V6, format);
        LeaseCleanupReport report = new LeaseCleanup(disk, Name, format, new() { KeepFree = 0 }).RunAlone(CancellationToken.None);
        Assert.Null(report.Problem);
        Assert.Equal((4, 2), (report.LinesBefore, report.LeasesAfter));
        Assert.Equal($"{LeaseLine6.Header}\n{prefix}{address}", disk.Text(Name));
        Assert.Same(LeaseFormat.V4, LeaseFormat.Of(disk, new("other")));
    }

    [Fact]
    public void Of_many_DHCPv6_addresses_the_last_line_stays()
    {
        Random random = new(1);
        List<string> keys = [.. Enumerable.Range(0, 30_000).Select(i => i % 2 == 0 ? $"2001:db8::{i:x}" : $"2001:db8:{random.Next(65536):x}:{i:x}::1")];
        string LineOf(string key, int lifetime) => $"{Ipv6.Parse(key)},01:02:03,{lifetime},1700003600,7,1800,0,1,128,0,0,,,0,,,,0\n";
        disk.Put(Name, $"{LeaseLine6.Header}\n{string.Concat(keys.Select(key => LineOf(key, 1)))}{string.Concat(keys.Select(key => LineOf(key, 2)))}");
        Assert.Null(new LeaseCleanup(disk, Name, LeaseFormat.V6, new() { KeepFree = 0 }).RunAlone(CancellationToken.None).Problem);
        Assert.Equal($"{LeaseLine6.Header}\n{string.Concat(keys.Select(key => LineOf(key, 2)))}", disk.Text(Name));
    }

    [Fact]
    public void Files_larger_than_any_buffer_keep_every_lease()
    {
        string[] lines = [.. Enumerable.Range(0, 40_000).Select(i => Line($"10.{i % 3}.{(i >> 8) & 255}.{i & 255}", (byte)(i % 251)))];
        Put($"{Name}.2", lines);
        Put($"{Name}.1", [.. lines.Reverse()]);
        LeaseTable4 before = new();
        _ = LeaseLog4.Open(disk, Name, before, new(), out _);
        Assert.Null(new LeaseCleanup(disk, Name, LeaseFormat.V4, new() { KeepFree = 0 }).RunAlone(CancellationToken.None).Problem);
        LeaseTable4 after = new();
        LeaseLoadReport report = LeaseLog4.Open(disk, Name, after, new(), out _);
        Assert.Equal(after.Count, report.Lines);
        Assert.Equal(LeaseRow.All(before.All()).OrderBy(row => row.Address), LeaseRow.All(after.All()).OrderBy(row => row.Address));
    }

    [Fact]
    public void When_the_room_is_short_nothing_is_written_and_the_next_clean_up_makes_up_for_it()
    {
        Put($"{Name}.2", Line("192.0.2.1", 1));
        Put(Name, Line("192.0.2.2", 2));
        disk.Capacity = disk.Used + 1000;
        LeaseCleanupReport report = Clean(new() { KeepFree = 10_000 }, out LeaseLog4 log);
        Assert.Equal(LeaseCleanupStep.Merging, report.Step);
        Assert.Contains("to stay free", report.Problem, StringComparison.Ordinal);
        Assert.Equal($"{Name} {Name}.1 {Name}.2", disk.Names);
        disk.Capacity = long.MaxValue;
        Assert.Null(Clean(new(), log).Problem);
        Assert.Equal($"{Name} {Name}.2", disk.Names);
        Assert.Equal(File(Line("192.0.2.1", 1), Line("192.0.2.2", 2)), disk.Text($"{Name}.2"));
    }

    [Fact]
    public void A_damaged_line_stops_the_clean_up_and_all_files_stay()
    {
        Put($"{Name}.1", Line("192.0.2.1", 1), "192.0.2.x,01,,3600,1,1,0,0,,0,,0\n");
        Put(Name);
        string before = disk.Text($"{Name}.1");
        LeaseCleanupReport report = new LeaseCleanup(disk, Name, LeaseFormat.V4, new() { KeepFree = 0 }).RunAlone(CancellationToken.None);
        Assert.Equal(LeaseCleanupStep.Merging, report.Step);
        Assert.Equal(
            $"{Name}.1, octet {LeaseLine4.Header.Length + 1 + Line("192.0.2.1", 1).Length}: address '192.0.2.x' is not an IPv4 address; correct or remove the line, or allow damaged lines to be skipped with max-row-errors",
            report.Problem);
        Assert.Equal(before, disk.Text($"{Name}.1"));
        Assert.Equal($"{Name} {Name}.1", disk.Names);
        report = new LeaseCleanup(disk, Name, LeaseFormat.V4, new() { KeepFree = 0, MaxRowErrors = 1 }).RunAlone(CancellationToken.None);
        Assert.Null(report.Problem);
        Assert.Equal(1, report.DamagedLines);
    }

    [Fact]
    public void A_switch_that_does_not_happen_leaves_the_log_with_its_file()
    {
        Put(Name, Line("192.0.2.1", 1));
        _ = LeaseLog4.Open(disk, Name, new(), new(), out LeaseLog4? log);
        LeaseCleanupReport report = new LeaseCleanup(disk, Name, LeaseFormat.V4, new()).Run(
            (_, out error) =>
            {
                error = "no";
                return null;
            },
            CancellationToken.None);
        Assert.Equal((LeaseCleanupStep.Switching, "no"), (report.Step, report.Problem));
        Assert.Equal(Name, disk.Names);
        log!.Append(Commit("192.0.2.2", 2), new(1_700_000_000));
        Assert.True(log.TryCommit(out _));
        Assert.Equal(File(Line("192.0.2.1", 1), Line("192.0.2.2", 2)), disk.Text(Name));
    }

    [Fact]
    public void A_clean_up_that_is_stopped_gives_the_room_of_its_output_back()
    {
        Put($"{Name}.1", Line("192.0.2.1", 1));
        Put(Name);
        using CancellationTokenSource stop = new();
        LeaseCleanup cleanup = new(disk, Name, LeaseFormat.V4, new() { KeepFree = 0 }, _ => stop.Cancel());
        Assert.Throws<OperationCanceledException>(() => cleanup.RunAlone(stop.Token));
        Assert.Equal($"{Name} {Name}.1", disk.Names);
    }

    [Fact]
    public void A_start_removes_a_second_name_of_the_lease_file()
    {
        Put(Name, Line("192.0.2.1", 1));
        disk.Link(Name, $"{Name}.1");
        LeaseLoadReport report = LeaseLog4.Open(disk, Name, new(), new(), out _);
        Assert.Equal([Name], report.Files);
        disk.Crash();
        Assert.Equal(Name, disk.Names);
    }

    [Fact]
    public void A_file_that_shows_the_same_line_over_and_over_is_measured_without_a_change()
    {
        Put(Name, [.. Enumerable.Repeat(Line("192.0.2.1", 1), 1000)]);
        int writes = disk.Writes;
        LeaseCleanupReport report = new LeaseCleanup(disk, Name, LeaseFormat.V4, new()).Measure(CancellationToken.None);
        Assert.Equal((1000, 1), (report.LinesBefore, report.LeasesAfter));
        Assert.Equal(File(Line("192.0.2.1", 1)).Length, report.OctetsAfter);
        Assert.Equal(writes, disk.Writes);
    }

    private LeaseCleanupReport Clean(LeaseCleanupOptions options, out LeaseLog4 log)
    {
        LeaseLoadReport loaded = LeaseLog4.Open(disk, Name, new(), new(), out LeaseLog4? opened);
        Assert.DoesNotContain(loaded.Findings, finding => finding.Severity == LeaseFileSeverity.Error);
        log = opened!;
        return Clean(options, log);
    }

    private LeaseCleanupReport Clean(LeaseCleanupOptions options, LeaseLog4 log) =>
        new LeaseCleanup(disk, Name, LeaseFormat.V4, options).Run((next, out error) => log.TrySwitch(disk, $"{Name}.new", Name, next, out error), CancellationToken.None);

    private static LeaseChange4 Commit(string address, byte client) => new()
    {
        Kind = LeaseChangeKind.Commit,
        Lease = new LeaseRow { Address = Ipv4.Parse(address), HardwareAddress = new(1, [client]), Expire = new(1_700_003_600) }.ToLease(),
    };

    private void Put(string name, params string[] lines) => disk.Put(name, File(lines));

    private static string File(params string[] lines) => $"{LeaseLine4.Header}\n{string.Concat(lines)}";

    private static string Line(string address, byte client, uint lifetime = 3600, long expire = 1_700_003_600) => $"{address},{client:x2},,{lifetime},{expire},1,0,0,,0,,0\n";
}
