using System.Text;
using System.Text.Json.Nodes;
using Leasehold.Engine.Load;
using Leasehold.Perf;
using Leasehold.Protocol.V4;
using Leasehold.UnitTests.Engine.Load;
using Xunit;

namespace Leasehold.UnitTests.Perf;

public class PerfReportTests
{
    private const uint Address = 0xC000020A;

    [Fact]
    public void The_figures_stand_under_the_names_that_scripts_look_for()
    {
        PerfReport report = new(Options("-4", "-r", "10", "192.0.2.1"), OneOfTwo(), TimeSpan.FromSeconds(2), PerfEnd.PeriodOver);
        using StringWriter output = new() { NewLine = "\n" };
        report.WriteText(output);

        Assert.StartsWith(
            """
            ***Rate statistics***
            Rate: 0.5 4-way exchanges/second, expected rate: 10

            ***Malformed Packets***
            Malformed packets: 1
            ***Statistics for: DISCOVER-OFFER***
            sent packets: 2
            received packets: 1
            drops: 1
            drops ratio: 50.000 %
            orphans: 0
            rejected leases: 0
            non unique addresses: 0

            min delay: 2.000 ms
            avg delay: 2.000 ms
            max delay: 2.000 ms
            std deviation: 0.000 ms
            p50 delay: 2.000 ms
            p90 delay: 2.000 ms
            p99 delay: 2.000 ms
            p99.9 delay: 2.000 ms

            ***Statistics for: REQUEST-ACK***
            sent packets: 1
            received packets: 1
            drops: 0
            drops ratio: 0.000 %

            """,
            output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("completed exchanges: 1\nnot sent by this machine: 0\nviolations: 0\n", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, report.ExitStatus);
    }

    [Fact]
    public void A_violation_is_named_and_outweighs_what_was_lost()
    {
        FakeServer4 net = new(new() { Clients = 2 });
        net.Dora(Address);
        net.Dora(Address);
        PerfReport report = new(Options("192.0.2.1"), net.Counters, TimeSpan.FromSeconds(1), PerfEnd.Interrupted);
        using StringWriter output = new() { NewLine = "\n" };
        report.WriteText(output);
        Assert.EndsWith("violations: 1\n  1 times: an address was given to two clients at once\n", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(4, report.ExitStatus);
    }

    [Fact]
    public void All_is_well_when_everything_was_completed()
    {
        FakeServer4 net = new(new());
        net.Dora(Address);
        Assert.Equal(0, new PerfReport(Options("192.0.2.1"), net.Counters, TimeSpan.FromSeconds(1), PerfEnd.RequestsSent).ExitStatus);
    }

    [Fact]
    public void Json_has_the_same_figures()
    {
        PerfReport report = new(Options("-r", "10", "192.0.2.1"), OneOfTwo(), TimeSpan.FromSeconds(2), PerfEnd.PeriodOver);
        using MemoryStream output = new();
        report.WriteJson(output);
        JsonNode json = JsonNode.Parse(Encoding.UTF8.GetString(output.ToArray()))!;
        Assert.Equal((1, 0.5, 10, 3), ((int?)json["completed"], (double?)json["rate"], (int?)json["expected-rate"], (int?)json["exit-status"]));
        JsonNode first = json["exchanges"]![0]!;
        Assert.Equal(("DISCOVER-OFFER", 2, 1, 1), ((string?)first["name"], (int?)first["sent"], (int?)first["received"], (int?)first["drops"]));
        Assert.Equal(2.0, (double?)first["delay-ms"]!["p99.9"]);
        Assert.Equal(0, (int?)json["violations"]!["address-given-twice"]);
    }

    [Theory]
    [InlineData("sent: 2/1; received: 1/1; drops: 1/0; rejected: 0/0\n", "-t", "1")]
    [InlineData("2,1,1,1,1,0,0,0\n", "-t", "1", "-C", ",")]
    public void At_each_interval_there_is_a_line(string line, params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" };
        PerfProgress progress = new(Options([.. arguments, "192.0.2.1"]), OneOfTwo(), output, terminal: null);
        Assert.Equal(LoadSettings.NanosecondsPerSecond, progress.Tick(0));
        Assert.Equal("", output.ToString());
        Assert.Equal(2 * LoadSettings.NanosecondsPerSecond, progress.Tick(LoadSettings.NanosecondsPerSecond));
        Assert.Equal(line, output.ToString());
    }

    [Fact]
    public void A_terminal_shows_how_far_the_run_is_and_is_left_clean()
    {
        using StringWriter terminal = new();
        PerfProgress progress = new(Options("-p", "2", "192.0.2.1"), OneOfTwo(), TextWriter.Null, terminal);
        progress.Tick(0);
        progress.Tick(LoadSettings.NanosecondsPerSecond);
        Assert.Contains("\r50 % ", terminal.ToString(), StringComparison.Ordinal);
        Assert.Contains("done 1  waiting 0  lost 1  p99 3.000 ms", terminal.ToString(), StringComparison.Ordinal);
        progress.Clear();
        Assert.EndsWith(" \r", terminal.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Two exchanges: one is completed in 2 and 3 ms, one is lost.</summary>
    private static LoadCounters OneOfTwo()
    {
        FakeServer4 net = new(new() { Clients = 2 });
        byte[] discover = net.Begin();
        net.Now = 2 * FakeServer4.Millisecond;
        byte[] request = net.Receive(FakeServer4.Answer(discover, MessageType4.Offer, Address));
        net.Now = 5 * FakeServer4.Millisecond;
        net.Receive(FakeServer4.Answer(request, MessageType4.Ack, Address));
        net.Begin();
        net.Expire(1100 * FakeServer4.Millisecond);
        net.Receive([1, 2, 3]);
        return net.Counters;
    }

    private static PerfOptions Options(params string[] arguments)
    {
        Assert.True(PerfArguments.TryParse(arguments, out PerfOptions options, out string? error), error);
        return options;
    }
}
