using Leasehold.Perf;
using Xunit;

namespace Leasehold.UnitTests.Perf;

public class PerfArgumentsTests
{
    [Theory]
    [InlineData("-r100 192.0.2.1")]
    [InlineData("-r 100 192.0.2.1")]
    [InlineData("192.0.2.1 -4ir100")]
    [InlineData("-4 -u -B -r 100 -- 192.0.2.1", "there is no --")]
    [InlineData("-r 100 -R 5 -n 10 -n 9 -p 1.5 -d 0.5 -d 2 -D 5% -D 0 -t 1 -W 1000000 -xei -xst -s 7 -P 3 -a 2 -g multi 192.0.2.1")]
    [InlineData("-6 -A1 -c -e address-and-prefix -l eth0 all")]
    [InlineData("-6 -b duid=0101010101010101010110111F14 -l eth0")]
    [InlineData("-b mac=00::0c::01::02::03::04 -o", "-o needs a value")]
    [InlineData("-4 -o 60,646f63736973 -o 77,03616263 192.0.2.1")]
    [InlineData("-o 60,64 192.0.2.1", "-o: say -4 or -6 before it")]
    [InlineData("-4 -o 256,64 192.0.2.1", "-o: 256 is not an option code of DHCPv4")]
    [InlineData("-4 -o 60 192.0.2.1", "-o: '60' is not CODE,HEXADECIMAL")]
    [InlineData("--direct --json -l eth0")]
    [InlineData("--scenario avalanche -R 1000 192.0.2.1")]
    [InlineData("--scenario=flood 192.0.2.1", "--scenario: basic or avalanche")]
    [InlineData("-r 100 -f 60 -F 40 192.0.2.1")]
    [InlineData("-r 100 -f 61 -F 40 192.0.2.1", "-f and -F together are at most -r")]
    [InlineData("-f 1 192.0.2.1", "-f needs -r")]
    [InlineData("-F 1 192.0.2.1", "-F needs -r")]
    [InlineData("", "name the server, or an interface with -l")]
    [InlineData("-4 -6 192.0.2.1", "-4 and -6 exclude each other")]
    [InlineData("-6 -B all", "-B is for -4")]
    [InlineData("-c 192.0.2.1", "-c is for -6")]
    [InlineData("-A 1 192.0.2.1", "-A is for -6; with -4 the load always comes through a relay, unless --direct is given")]
    [InlineData("-6 -A 2 all", "-A: only 1 relay agent is simulated")]
    [InlineData("-e prefix-only 192.0.2.1", "-e: prefixes are for -6")]
    [InlineData("-e both 192.0.2.1", "-e: address-only, prefix-only or address-and-prefix")]
    [InlineData("-i -1 192.0.2.1", "-1 and -i exclude each other")]
    [InlineData("-i -n 1 -n 2 192.0.2.1", "a second -n and -i exclude each other")]
    [InlineData("-n 1 -n 2 -n 3 192.0.2.1", "-n can be given at most 2 times")]
    [InlineData("-r 0 192.0.2.1", "-r: '0' is not a number from 1 to 2147483647")]
    [InlineData("-r ten 192.0.2.1", "-r: 'ten' is not a number from 1 to 2147483647")]
    [InlineData("-p 0 192.0.2.1", "-p: '0' is not a time in seconds above 0")]
    [InlineData("-d 131 192.0.2.1", "-d: at most 130 s")]
    [InlineData("-D 101% 192.0.2.1", "-D: '101%' is neither a number nor 0% to 100%")]
    [InlineData("-D 1.5 192.0.2.1", "-D: '1.5' is neither a number nor 0% to 100%")]
    [InlineData("-x z 192.0.2.1", "-x: letters of aeilstT")]
    [InlineData("-X 4 192.0.2.1", "each -X needs a -T")]
    [InlineData("-T a -S 4 192.0.2.1", "-S needs a second -T")]
    [InlineData("-M a -b mac=00:0c:01:02:03:04 192.0.2.1", "-M and -b exclude each other")]
    [InlineData("-b mac=00:0c:01:02:03 192.0.2.1", "-b: '00:0c:01:02:03' is not six octets with colons")]
    [InlineData("-b ip=1 192.0.2.1", "-b: 'ip' is neither mac nor duid")]
    [InlineData("-y 3 192.0.2.1", "-y and -Y need each other")]
    [InlineData("-C , 192.0.2.1", "-C needs -t")]
    [InlineData("-L 65536 192.0.2.1", "-L: '65536' is not a port from 0 to 65535")]
    [InlineData("192.0.2.1 192.0.2.2", "one server can be named, and '192.0.2.1' was before '192.0.2.2'")]
    [InlineData("-z 192.0.2.1", "there is no -z")]
    [InlineData("--rate 5 192.0.2.1", "there is no --rate")]
    [InlineData("--direct -l eth0 192.0.2.1", "--direct broadcasts, so no server can be named")]
    [InlineData("--direct -r 5 -f 1 -l eth0", "--direct and -f exclude each other: a renewing client is answered at its own address, which is not here")]
    [InlineData("all", "'all' and 'servers' are for -6")]
    public void A_command_line_is_understood_or_refused_with_a_reason(string line, string? reason = null)
    {
        bool parsed = PerfArguments.TryParse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), out _, out string? error);
        Assert.Equal(reason, error);
        Assert.Equal(reason is null, parsed);
    }

    [Fact]
    public void Each_switch_says_what_it_says_in_perfdhcp()
    {
        string[] words =
        [
            "-4", "-r100", "-f", "10", "-F5", "-R", "1000", "-n500", "-n", "400", "-p", "2.5", "-d0.25", "-d", "3", "-D10", "-D", "2.5%", "-W", "2000",
            "-P7", "-t2", "-C", ";", "-leth1", "-L", "6767", "-N", "6868", "-B1u", "-b", "mac=02:00:00:00:00:01", "-s42", "-xa", "-xT",
            "-y3", "-Y", "4", "-w", "./script", "-o", "60,6162", "--window=9", "192.0.2.1",
        ];
        Assert.True(PerfArguments.TryParse(words, out PerfOptions o, out string? error), error);
        Assert.Equal((100, 10, 5, 1000), (o.Rate!.Value, o.RenewRate, o.ReleaseRate, o.Clients));
        Assert.Equal([500, 400], o.Requests);
        Assert.Equal([0.25, 3.0], o.DropTimes);
        Assert.Equal([(10.0, false), (2.5, true)], o.MaxDrops);
        Assert.Equal((2.5, 2000L, 7, 2, ";"), (o.Period, o.ExitWait, o.Preload, o.ReportEvery, o.Separator));
        Assert.Equal(("eth1", 6767, 6868, "192.0.2.1"), (o.Local, o.LocalPort, o.RemotePort, o.Server));
        Assert.True(o.Broadcasts && o.UsesFirstServer && o.ChecksUniqueness);
        Assert.Equal([2, 0, 0, 0, 0, 1], o.FirstMac);
        Assert.Equal((42, "aT", 3, 4, "./script", 9), (o.Seed, o.Diagnostics, o.ElapsedFor, o.ElapsedAfter, o.Script, o.Window));
        (ushort code, var value) = Assert.Single(o.Options);
        Assert.Equal(60, code);
        Assert.Equal("ab"u8.ToArray(), value);

        Leasehold.Engine.Load.LoadSettings crowd = o.Crowd(1, 1000);
        Assert.Equal((250_000_000L, 3_000_000_000L, true), (crowd.FirstDropTime, crowd.SecondDropTime, crowd.KeepsLeases));
        Assert.Equal((4_000_000_000L, 3_000_000_000L), (crowd.ElapsedFrom, crowd.ElapsedFor));
    }

    [Theory]
    [InlineData(2, "-r 0 192.0.2.1")]
    [InlineData(1, "-l no-such-link")]
    [InlineData(1, "-T /no/such/file 192.0.2.1")]
    [InlineData(0, "-v")]
    public void The_exit_status_says_how_it_ended(int status, string line)
    {
        using StringWriter output = new();
        using StringWriter errors = new();
        Assert.Equal(status, PerfCommand.Run(line.Split(' '), output, errors));
        Assert.Equal(status == 0, errors.ToString().Length == 0);
    }
}
