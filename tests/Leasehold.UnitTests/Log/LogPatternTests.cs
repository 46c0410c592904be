using System.Text;
using Leasehold.Configuration.Model;
using Leasehold.Log;
using Xunit;

namespace Leasehold.UnitTests.Log;

public sealed class LogPatternTests
{
    private static readonly DateTimeOffset Moment = new DateTimeOffset(2026, 11, 21, 18, 44, 57, TimeSpan.Zero).AddTicks(1_230_456);

    [Fact]
    public void The_default_is_the_established_servers_line()
    {
        string local = Moment.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", null);
        Assert.Equal($"{local}.123 INFO  [kea-dhcp4.leases/4711] AN_ID what happened\n", Write(LogPattern.Default));
    }

    [Theory]
    [InlineData("%d{%Y-%m-%dT%H:%M:%S.%qZ} %m", "2026-11-21T18:44:57.123Z AN_ID what happened\n")]
    [InlineData("%d{%H:%M:%S.%Q}|%p", "18:44:57.123.045|INFO\n")]
    [InlineData("%d{%a %b %e %y %j %s %z %%}", "Sat Nov 21 26 325 1795286697 +0000 %\n")]
    [InlineData("%d|", "2026-11-21 18:44:57|\n")]
    [InlineData("%7p|%-7p|%2p|", "   INFO|INFO   |INFO|\n")]
    [InlineData("%c/%i%n", "kea-dhcp4.leases/4711\n")]
    [InlineData("100%% of %x%m\n", "100% of %xAN_ID what happened\n")]
    [InlineData("%m\\n", "AN_ID what happened\n")]
    [InlineData("%d{no end", "2026-11-21 18:44:57{no end\n")]
    [InlineData("%", "%\n")]
    [InlineData("", "\n")]
    public void Letters_stand_for_their_parts_and_other_text_for_itself(string pattern, string line) => Assert.Equal(line, Write(pattern));

    [Fact]
    public void Text_from_outside_cannot_begin_a_line_of_its_own() =>
        Assert.Equal("AN_ID a\\x0ab\\x1b[31m\\x00\\x7f\u00e9\n", Write("%m", text: "a\nb\u001b[31m\0\u007f\u00e9"));

    [Fact]
    public void The_time_of_the_same_second_changes_its_fraction_only()
    {
        LogPattern pattern = LogPattern.Parse("%d{%q:%S:%q}", 1);
        Assert.Equal("123:57:123\n", Write(pattern, Moment, "x"));
        Assert.Equal("124:57:124\n", Write(pattern, Moment.AddMilliseconds(1), "x"));
        Assert.Equal("000:58:000\n", Write(pattern, Moment.AddMilliseconds(877), "x"));
    }

    [Fact]
    public void A_line_that_does_not_fit_is_cut()
    {
        byte[] room = new byte[10];
        LogLine line = new(room);
        LogPattern.Parse("%m", 1).Write(ref line, Moment, LogSeverity.Info, "a.b"u8, "ID"u8, "0123456789"u8);
        Assert.Equal("ID 0123456", Encoding.UTF8.GetString(line.Octets));
    }

    private static string Write(string pattern, string text = "what happened") => Write(LogPattern.Parse(pattern, 4711), Moment, text);

    private static string Write(LogPattern pattern, DateTimeOffset moment, string text)
    {
        LogLine line = new(new byte[1024]);
        pattern.Write(ref line, moment, LogSeverity.Info, "kea-dhcp4.leases"u8, "AN_ID"u8, Encoding.UTF8.GetBytes(text));
        return Encoding.UTF8.GetString(line.Octets);
    }
}
