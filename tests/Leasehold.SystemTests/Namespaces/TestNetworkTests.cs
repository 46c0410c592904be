using Leasehold.Net;
using Xunit;

namespace Leasehold.SystemTests.Namespaces;

public class TestNetworkTests
{
    [Fact]
    public async Task A_network_is_gone_with_all_its_processes_when_it_is_disposed()
    {
        string name;
        HostProcess process;
        await using (TestNetwork net = await TestNetwork.Create("a", "b"))
        {
            await net.Connect("a", "eth0", "192.0.2.1/24", "b", "eth0", "192.0.2.2/24");
            name = net.NamespaceOf("a");
            // One that the test waits for, and one that left it for the background.
            process = net.Start("a", "sh", "-c", "setsid sleep 600 & echo $!; exec sleep 601");
            await process.WaitForText("\n", TimeSpan.FromSeconds(10));
            Assert.True(File.Exists(Path.Combine(NetworkNamespace.Directory, name)));
        }

        Assert.False(File.Exists(Path.Combine(NetworkNamespace.Directory, name)));
        Assert.True(SpinWait.SpinUntil(() => IsGone(process.Output.Trim()), TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task What_a_dead_run_left_behind_is_removed_and_what_a_live_one_has_is_kept()
    {
        await using TestNetwork live = await TestNetwork.Create("a");
        // No process has an id this large: the kernel's limit is 4,194,304.
        const string Dead = "leasehold-test-999999999-1-a";
        await Command.Run("ip", "netns", "add", Dead);

        await TestNetwork.RemoveLeftOvers();

        Assert.False(File.Exists(Path.Combine(NetworkNamespace.Directory, Dead)));
        Assert.True(File.Exists(Path.Combine(NetworkNamespace.Directory, live.NamespaceOf("a"))));
    }

    /// <summary>A process that ended may still wait for its parent to notice.</summary>
    private static bool IsGone(string id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }
}
