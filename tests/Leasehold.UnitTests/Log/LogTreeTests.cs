using System.Globalization;
using System.Text;
using Leasehold.Configuration.Model;
using Leasehold.Log;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Leasehold.UnitTests.Log;

public sealed class LogTreeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_a_configuration_info_and_worse_go_to_the_default_destination()
    {
        using (LogTree tree = new(folder.At("log"), verbose: false, TimeProvider.System))
        {
            ILogger logger = tree.Get("dhcp4");
            logger.LogDebug(new EventId(1, "A_DEBUG"), "not shown");
            logger.LogInformation(new EventId(2, "AN_INFO"), "shown");
            logger.LogError(new EventId(3, "AN_ERROR"), "shown as well");
        }

        Assert.Matches(
            $"^{Stamp} INFO  \\[kea-dhcp4\\.dhcp4/{Pid}\\] AN_INFO shown\n{Stamp} ERROR \\[kea-dhcp4\\.dhcp4/{Pid}\\] AN_ERROR shown as well\n$",
            folder.Read("log"));
    }

    [Theory]
    [InlineData("kea-dhcp4.leases", "kea-dhcp4", "warn")]
    [InlineData("leasehold-dhcp4.leases", "leasehold-dhcp4", "warn")]
    [InlineData("kea-dhcp4.leases", "*", "warn")]
    [InlineData("*", "kea-dhcp4.leases", "info")]
    [InlineData("kea-dhcp4", "kea-dhcp4.leases", "info")]
    [InlineData("kea-dhcp6", "kea-dhcp4.lease", "default")]
    public void The_most_specific_name_decides(string warnName, string infoName, string expected)
    {
        using LogTree tree = new(folder.At("default"), verbose: false, TimeProvider.System);
        tree.Use([To(warnName, "warn") with { Severity = LogSeverity.Warn }, To(infoName, "info")]);
        NamedLogger leases = tree.Get("leases");
        Assert.Equal(expected != "warn", leases.IsEnabled(LogLevel.Information));
        leases.Write(LogSeverity.Error, "AN_ID"u8, "here"u8);
        tree.Flush();
        Assert.Equal(expected, Path.GetFileName(Assert.Single(Directory.GetFiles(folder.At(".")))));
    }

    [Fact]
    public void Who_names_no_destination_uses_the_next_one_above()
    {
        using LogTree tree = new(folder.At("default"), verbose: false, TimeProvider.System);
        tree.Use([To("kea-dhcp4", "root"), new() { Name = "kea-dhcp4.leases", Severity = LogSeverity.Debug, DebugLevel = 20 }]);
        tree.Get("leases").Write(LogSeverity.Info, "AN_ID"u8, "here"u8);
        tree.Flush();
        Assert.EndsWith("AN_ID here\n", folder.Read("root"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LogSeverity.Debug, 15, 15, true)]
    [InlineData(LogSeverity.Debug, 14, 15, false)]
    [InlineData(LogSeverity.Info, 99, 0, false)]
    [InlineData(LogSeverity.None, 99, 0, false)]
    public void Debug_messages_pass_up_to_the_debug_level(LogSeverity severity, int configured, int level, bool passes)
    {
        using LogTree tree = new(folder.At("default"), verbose: false, TimeProvider.System);
        tree.Use([To("kea-dhcp4", "log") with { Severity = severity, DebugLevel = configured }]);
        Assert.Equal(passes, tree.Get("packets").IsEnabled(LogSeverity.Debug, level));
        Assert.Equal(severity != LogSeverity.None, tree.Get("packets").IsEnabled(LogSeverity.Fatal, 0));
    }

    [Fact]
    public void Verbose_shows_everything_whatever_is_configured()
    {
        using LogTree tree = new(folder.At("default"), verbose: true, TimeProvider.System);
        tree.Use([To("kea-dhcp4", "log") with { Severity = LogSeverity.Error }]);
        Assert.True(tree.Get("packets").IsEnabled(LogSeverity.Debug, 99));
    }

    [Fact]
    public void A_logger_goes_over_to_a_new_configuration_and_a_file_that_was_moved_away_is_let_go()
    {
        using LogTree tree = new(folder.At("default"), verbose: false, TimeProvider.System);
        NamedLogger logger = tree.Get("dhcp4");
        tree.Use([To("kea-dhcp4", "log")]);
        logger.Write(LogSeverity.Info, "ID_ONE"u8, "one"u8);
        tree.Flush();
        File.Move(folder.At("log"), folder.At("moved"));
        tree.Use([To("kea-dhcp4", "log")]);
        logger.Write(LogSeverity.Info, "ID_TWO"u8, "two"u8);
        tree.Flush();
        Assert.EndsWith("ID_ONE one\n", folder.Read("moved"), StringComparison.Ordinal);
        Assert.EndsWith("ID_TWO two\n", folder.Read("log"), StringComparison.Ordinal);
        Assert.DoesNotContain("ID_TWO", folder.Read("moved"), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_patterns_for_one_file_share_it()
    {
        using LogTree tree = new(folder.At("default"), verbose: false, TimeProvider.System);
        tree.Use([
            new() { Name = "kea-dhcp4.dhcp4", Outputs = [new() { Output = folder.At("log"), Pattern = "A %m" }] },
            new() { Name = "kea-dhcp4.leases", Outputs = [new() { Output = folder.At("log"), Pattern = "B %m" }] },
        ]);
        tree.Get("dhcp4").Write(LogSeverity.Info, "ID_X"u8, "x"u8);
        tree.Flush();
        tree.Get("leases").Write(LogSeverity.Info, "ID_Y"u8, "y"u8);
        tree.Flush();
        Assert.Equal("A ID_X x\nB ID_Y y\n", folder.Read("log"));
    }

    [Fact]
    public void An_exception_is_on_the_same_line()
    {
        using LogTree tree = new(folder.At("log"), verbose: false, TimeProvider.System);
        InvalidOperationException exception = new("why");
        tree.Get("dhcp4").LogCritical(new EventId(1, "AN_ID"), exception, "it failed");
        tree.Flush();
        string text = Assert.Single(File.ReadAllLines(folder.At("log"), Encoding.UTF8));
        Assert.Contains("FATAL", text, StringComparison.Ordinal);
        Assert.Contains("AN_ID it failed: System.InvalidOperationException: why", text, StringComparison.Ordinal);
    }

    private const string Stamp = @"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}";

    private static string Pid => Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    private LoggerConfig To(string name, string file) => new() { Name = name, Outputs = [new() { Output = folder.At(file) }] };
}
