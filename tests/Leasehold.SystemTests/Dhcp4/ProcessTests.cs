using Leasehold.Demo;
using Leasehold.Demo.Clients;
using Xunit;
using static Leasehold.SystemTests.Dhcp4.ServedNetwork;

namespace Leasehold.SystemTests.Dhcp4;

/// <summary>The server as a process: how it ends, and that there is one a lease file.</summary>
public class ProcessTests
{
    private const string OneSubnet =
        """{ "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.100 - 192.0.2.109" } ] } ] }""";

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_to_end_ends_it_cleanly_and_the_next_start_has_the_leases(string signal)
    {
        await using var network = await Create(OneSubnet);
        await network.StartServer();
        var client = new Udhcpc("host-a", network.ClientHost, "eth0", network.Folder);
        var before = await client.ObtainAsync(Cancel);

        var first = Assert.IsType<RunningProgram>(network.Server.Running);
        first.Signal(signal);
        await network.Until(() => first.HasExited, $"the server ends after SIG{signal}");
        Assert.Equal(0, first.ExitStatus);

        await network.StartServer();
        var after = await client.RenewAsync(Cancel);
        Assert.Equal(before.Address, after.Address);
    }

    [Fact]
    public async Task A_second_server_on_the_same_lease_file_is_refused_and_the_first_serves_on()
    {
        await using var network = await Create(OneSubnet);
        await network.StartServer();
        var first = Assert.IsType<RunningProgram>(network.Server.Running);

        // Another configuration file and no common place for process ids, so that the lease file alone can show it.
        string elsewhere = Directory.CreateDirectory(Path.Combine(network.Folder, "second")).FullName;
        string configuration = Path.Combine(elsewhere, "second.json");
        File.Copy(network.Server.ConfigurationFile, configuration);
        using var second = network.ClientHost.Start(
            Path.Combine(elsewhere, "log"),
            [Program, "dhcp4", "-c", configuration],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["LEASEHOLD_PIDFILE_DIR"] = elsewhere, ["KEA_PIDFILE_DIR"] = elsewhere, ["KEA_LOCKFILE_DIR"] = elsewhere });
        await network.Until(() => second.HasExited, "the second server ends");

        Assert.Equal(1, second.ExitStatus);
        Assert.Contains(network.Server.LeaseFile, second.Output(), StringComparison.Ordinal);
        Assert.False(first.HasExited);
        var served = await new Udhcpc("host-a", network.ClientHost, "eth0", network.Folder).ObtainAsync(Cancel);
        Assert.NotNull(served.Address);
    }

    [Fact]
    public async Task A_lease_file_with_a_torn_last_line_is_read_and_the_torn_line_dropped()
    {
        await using var network = await Create(OneSubnet);
        await network.StartServer();
        var client = new Udhcpc("host-a", network.ClientHost, "eth0", network.Folder);
        var before = await client.ObtainAsync(Cancel);
        network.Server.Kill();
        await File.AppendAllTextAsync(network.Server.LeaseFile, "192.0.2.101,02:00:5e:10:00:0", Cancel);

        await network.StartServer();
        var after = await client.RenewAsync(Cancel);

        Assert.Equal(before.Address, after.Address);
        Assert.True(RecordedLeases.Read(network.Server.LeaseFile)[Assert.NotNull(after.Address)].IsInUse);
    }

    [Fact]
    public async Task The_lease_file_and_the_log_are_not_readable_by_others()
    {
        await using var network = await Create(OneSubnet);
        string log = Path.Combine(network.Folder, "server.log");
        network.Configure(
            $$"""
            {
              "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.100 - 192.0.2.109" } ] } ],
              "loggers": [ { "name": "kea-dhcp4", "severity": "INFO", "output_options": [ { "output": "{{log}}" }, { "output": "stdout" } ] } ]
            }
            """);
        await network.StartServer();
        await new Udhcpc("host-a", network.ClientHost, "eth0", network.Folder).ObtainAsync(Cancel);

        const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(network.Server.LeaseFile) & Others);
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(log) & Others);
    }
}
