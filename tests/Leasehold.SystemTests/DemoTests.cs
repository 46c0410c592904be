using System.Globalization;
using Leasehold.Demo;
using Leasehold.SystemTests.Dhcp4;
using Xunit;

namespace Leasehold.SystemTests;

/// <summary><c>leasehold demo</c>: it tells what happened and leaves nothing behind.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("leasehold-test-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The demonstration's TMPDIR.</summary>
    private string Temporary => Path.Combine(folder.FullName, "tmp");

    [Fact]
    public async Task The_demonstration_ends_well_and_removes_all_it_made()
    {
        using var demo = Start();
        await Wait.UntilAsync(() => demo.HasExited, TimeSpan.FromMinutes(2), "the demonstration ends", Cancel);

        string told = demo.Output();
        Assert.True(demo.ExitStatus == 0, told);
        foreach (string client in (string[])["udhcpc", "dhclient", "dhcpcd"]) Assert.Contains(client, told, StringComparison.Ordinal);
        // A DHCPv6 client had an address and a prefix, kept both through a kill and a renewal, and gave both back.
        Assert.Matches(@"obtained leases: .*gateway 2001:db8:1::1[0-9a-f]{2} and 2001:db8:80[0-9a-f:]*::/56", told);
        Assert.Contains("files hold all 5 acknowledged leases", told, StringComparison.Ordinal);
        Assert.Contains("dhcpcd -6 RENEW", told, StringComparison.Ordinal);
        Assert.Matches(@"\n  2001:db8:1::1[0-9a-f]{2},[0-9a-f:]+,0,[0-9]+,1,0,0,1,128,.*,3,", told);
        Assert.Matches(@"\n  2001:db8:80[0-9a-f:]*::,[0-9a-f:]+,0,[0-9]+,1,0,2,2,56,.*,3,", told);
        // Plain text, as its output is a file.
        Assert.DoesNotContain('\e', told);
        AssertNothingIsLeft(demo);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task Interrupted_it_removes_all_it_made(string signal)
    {
        using var demo = Start();
        await Wait.UntilAsync(
            () => demo.HasExited || demo.Output().Contains("obtained leases", StringComparison.Ordinal), TimeSpan.FromMinutes(1), "clients have leases", Cancel);
        demo.Signal(signal);
        await Wait.UntilAsync(() => demo.HasExited, TimeSpan.FromMinutes(1), "the demonstration ends", Cancel);

        Assert.Equal(1, demo.ExitStatus);
        Assert.Contains("interrupted", demo.Output(), StringComparison.Ordinal);
        AssertNothingIsLeft(demo);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private RunningProgram Start()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Network namespaces need root.");
        Directory.CreateDirectory(Temporary);
        return RunningProgram.Start(
            Path.Combine(folder.FullName, "output"),
            [],
            [ServedNetwork.Program, "demo"],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["TMPDIR"] = Temporary });
    }

    private void AssertNothingIsLeft(RunningProgram demo)
    {
        string id = demo.Id.ToString(CultureInfo.InvariantCulture);
        Assert.Empty(Directory.GetFiles("/run/netns", $"leasehold-demo-{id}-*"));
        // Every process of the demonstration has a file of its folder among its arguments.
        Assert.DoesNotContain(Temporary, CommandLines(), StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFileSystemEntries(Temporary), path => Path.GetFileName(path).StartsWith("leasehold", StringComparison.Ordinal));
    }

    private static string CommandLines() =>
        string.Join('\n', Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)).Select(CommandLine));

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            // The process has ended.
            return "";
        }
    }
}
