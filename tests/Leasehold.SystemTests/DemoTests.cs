using System.Globalization;
using Leasehold.Demo;
using Leasehold.SystemTests.Dhcp4;
using Xunit;

namespace Leasehold.SystemTests;

/// <summary><c>leasehold demo</c>: it tells what happened and leaves nothing behind.</summary>
public class DemoTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_demonstration_ends_well_and_removes_all_it_made()
    {
        using var demo = Start(out string folder);
        await Wait.UntilAsync(() => demo.HasExited, TimeSpan.FromMinutes(2), "the demonstration ends", Cancel);

        string told = demo.Output();
        Assert.True(demo.ExitStatus == 0, told);
        foreach (string client in (string[])["udhcpc", "dhclient", "dhcpcd"]) Assert.Contains(client, told, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', told);
        AssertNothingIsLeft(demo, folder);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Interrupted_it_removes_all_it_made(string signal)
    {
        using var demo = Start(out string folder);
        await Wait.UntilAsync(
            () => demo.HasExited || demo.Output().Contains("obtained leases", StringComparison.Ordinal), TimeSpan.FromMinutes(1), "clients have leases", Cancel);
        demo.Signal(signal);
        await Wait.UntilAsync(() => demo.HasExited, TimeSpan.FromMinutes(1), "the demonstration ends", Cancel);

        Assert.Equal(1, demo.ExitStatus);
        Assert.Contains("interrupted", demo.Output(), StringComparison.Ordinal);
        AssertNothingIsLeft(demo, folder);
    }

    private static RunningProgram Start(out string folder)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Network namespaces need root.");
        folder = Directory.CreateTempSubdirectory("leasehold-test-").FullName;
        string temporary = Directory.CreateDirectory(Path.Combine(folder, "tmp")).FullName;
        return RunningProgram.Start(
            Path.Combine(folder, "output"), [], [ServedNetwork.Program, "demo"], new Dictionary<string, string>(StringComparer.Ordinal) { ["TMPDIR"] = temporary });
    }

    private static void AssertNothingIsLeft(RunningProgram demo, string folder)
    {
        string id = demo.Id.ToString(CultureInfo.InvariantCulture);
        Assert.Empty(Directory.GetFiles("/run/netns", $"leasehold-demo-{id}-*"));
        // Every process of the demonstration has a file of its folder among its arguments.
        Assert.DoesNotContain(Path.Combine(folder, "tmp"), CommandLines(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            Directory.GetFileSystemEntries(Path.Combine(folder, "tmp")), path => Path.GetFileName(path).StartsWith("leasehold", StringComparison.Ordinal));
        Directory.Delete(folder, recursive: true);
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
            return "";
        }
    }
}
