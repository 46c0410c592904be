using Leasehold.Leases.Memfile;
using Leasehold.Net;
using Leasehold.Serve;
using Leasehold.UnitTests.Log;
using Xunit;

namespace Leasehold.UnitTests;

public sealed class LeasesCommandTests : IDisposable
{
    private const string Before = $"{LeaseLine4.Header}\n192.0.2.1,01,,3600,1700003600,1,0,0,,0,,0\n192.0.2.1,02,,3600,1700003600,1,0,0,,0,,0\n192.0.2.2,03,,0,1700003600,1,0,0,,0,,0\n";
    private const string After = $"{LeaseLine4.Header}\n192.0.2.1,02,,3600,1700003600,1,0,0,,0,,0\n";

    private readonly TemporaryFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    private string FilePath => folder.At("leases4.csv");

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public void A_file_is_left_with_one_line_a_lease()
    {
        File.WriteAllText(FilePath, Before);
        Assert.Equal(ExitStatus.Done, Clean());
        Assert.Equal(After, folder.Read("leases4.csv"));
        Assert.Equal(
            $"{FilePath}\n  before: lines 3, octets {Before.Length}, leases 1\n  after:  lines 1, octets {After.Length}, leases 1\n",
            output.ToString());
        Assert.Equal("", error.ToString());
    }

    [Fact]
    public void A_DHCPv6_file_is_known_by_its_header()
    {
        const string prefix = "2001:db8::,01:02:03,3600,1700003600,7,1800,2,1,56,0,0,,,0,,,,0\n";
        File.WriteAllText(FilePath, $"{LeaseLine6.Header}\n{prefix}{prefix}");
        Assert.Equal(ExitStatus.Done, Clean());
        Assert.Equal($"{LeaseLine6.Header}\n{prefix}", folder.Read("leases4.csv"));
    }

    [Fact]
    public void A_dry_run_tells_and_changes_nothing()
    {
        File.WriteAllText(FilePath, Before);
        Assert.Equal(ExitStatus.Done, Clean(dryRun: true));
        Assert.Equal(Before, folder.Read("leases4.csv"));
        Assert.Equal([FilePath], Directory.GetFiles(Path.GetDirectoryName(FilePath) ?? ""));
        Assert.EndsWith("  nothing was changed (--dry-run)\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_a_server_has_is_refused()
    {
        File.WriteAllText(FilePath, Before);
        using PidFile? server = PidFile.TryTake($"{FilePath}.lock", NativeFile.DefaultMode, remove: false, out _);
        Assert.Equal(ExitStatus.Failed, Clean());
        Assert.Equal(Before, folder.Read("leases4.csv"));
        Assert.Equal($"{FilePath}: process {Environment.ProcessId} uses it; a server cleans its file up by itself (lease-database, lfc-interval)\n", error.ToString());
    }

    [Fact]
    public void A_file_that_is_not_there_is_not_made()
    {
        Assert.Equal(ExitStatus.Failed, Clean());
        Assert.Equal($"{FilePath}: there is no such lease file\n", error.ToString());
        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(FilePath) ?? ""));
    }

    [Fact]
    public void A_file_that_is_no_lease_file_is_left_alone()
    {
        File.WriteAllText(FilePath, "name,colour\nx,y\n");
        Assert.Equal(ExitStatus.Failed, Clean());
        Assert.StartsWith($"{FilePath}: not cleaned up: leases4.csv: the header has no column address", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("name,colour\nx,y\n", folder.Read("leases4.csv"));
    }

    [Fact]
    public void The_files_keep_their_owner()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root gives files away");
        File.WriteAllText(FilePath, Before);
        NativeFile.SetOwner(FilePath, new(0, 0, Owner: 12345, Group: 23456));
        Assert.Equal(ExitStatus.Done, Clean());
        foreach (string file in (string[])[FilePath, $"{FilePath}.lock"])
        {
            FileIdentity? identity = NativeFile.Identify(file);
            Assert.Equal((12345u, 23456u), (identity?.Owner, identity?.Group));
        }
    }

    private int Clean(bool dryRun = false) => LeasesCommand.Clean(FilePath, dryRun, output, error, terminal: null);
}
