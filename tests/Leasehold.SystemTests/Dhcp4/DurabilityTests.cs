using System.Text.RegularExpressions;
using Leasehold.Demo;
using Leasehold.Demo.Clients;
using Xunit;
using static Leasehold.SystemTests.Dhcp4.ServedNetwork;

namespace Leasehold.SystemTests.Dhcp4;

/// <summary>
/// RFC 2131 §3.1 step 4: a lease is on stable storage before its ACK leaves. SIGKILL cannot show this, as the kernel keeps what was
/// written; the order of system calls can.
/// </summary>
public partial class DurabilityTests
{
    private const string Calls = "write,pwrite64,writev,pwritev,pwritev2,fdatasync,fsync,sendmmsg";

    [Fact]
    public async Task Every_lease_is_written_and_synced_before_its_ack_is_sent()
    {
        await using var network = await Create(
            """{ "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.100 - 192.0.2.109" } ] } ] }""");
        Assert.SkipUnless(ExternalProgram.TryRun("strace", "-o", "/dev/null", "true").Status == 0, "strace may not trace here.");
        string trace = Path.Combine(network.Folder, "trace");
        var server = network.ServerUnder("strace", "-f", "-y", "-e", $"trace={Calls}", "-e", "signal=none", "-o", trace);
        await server.StartAsync(Cancel);

        var client = new Udhcpc("host-a", network.ClientHost, "eth0", network.Folder);
        await client.ObtainAsync(Cancel);
        await client.RenewAsync(Cancel);

        // Three replies: OFFER, ACK, ACK. The client may know of the last before strace has written it down.
        string calls = "";
        await network.Until(() => (calls = ServingCalls(trace, network.Server.LeaseFile)).Split("send").Length > 3, "strace has seen the last reply");
        Assert.Equal("send, write, sync, send, write, sync, send", calls);
    }

    /// <summary>What the thread that sends packets does with the network and the lease file, in order, from its first packet on.</summary>
    private static string ServingCalls(string trace, string leaseFile)
    {
        var calls = File.ReadLines(trace).Select(line => CallLine().Match(line)).Where(match => match.Success).ToList();
        string thread = calls.First(call => Name(call) == "sendmmsg").Groups["thread"].Value;
        return string.Join(", ", calls
            .Where(call => call.Groups["thread"].Value == thread)
            .SkipWhile(call => Name(call) != "sendmmsg")
            .Where(call => Name(call) == "sendmmsg" || call.Groups["path"].Value == leaseFile)
            .Select(call => Name(call) switch { "sendmmsg" => "send", "fdatasync" or "fsync" => "sync", _ => "write" }));
    }

    private static string Name(Match call) => call.Groups["call"].Value;

    // 1234  sendmmsg(21<socket:[3456]>, …
    [GeneratedRegex(@"^(?<thread>\d+) +(?<call>\w+)\(\d+<(?<path>[^>]*)>", RegexOptions.ExplicitCapture)]
    private static partial Regex CallLine();
}
