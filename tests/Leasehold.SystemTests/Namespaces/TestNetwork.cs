using System.Diagnostics;
using System.Globalization;
using Leasehold.Demo;
using Leasehold.Net;
using Leasehold.Net.Netlink;
using Xunit;

namespace Leasehold.SystemTests.Namespaces;

/// <summary>Hosts in network namespaces of their own, joined by virtual cables; all of it goes when the network is disposed.</summary>
/// <remarks>
/// Nothing leaves the namespaces: they have no way out. Their names hold this process's id, so what a run that was killed
/// left behind is recognised and removed by the next.
/// </remarks>
public sealed class TestNetwork : IAsyncDisposable
{
    private const string Mark = "leasehold-test";

    private static readonly Lazy<Task> Sweep = new(RemoveLeftOvers);
    private static int lastNumber;

    private readonly string prefix = $"{Mark}-{Environment.ProcessId}-{Interlocked.Increment(ref lastNumber)}-";
    private readonly List<string> hosts = [];
    private readonly List<HostProcess> processes = [];

    private TestNetwork()
    {
    }

    /// <summary>Makes a network of hosts that are not joined yet, each with its loopback up. Skips the test without root.</summary>
    public static async Task<TestNetwork> Create(params string[] hosts)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Network namespaces need root.");
        await Sweep.Value;
        TestNetwork network = new();
        try
        {
            foreach (string host in hosts) await network.AddHost(host);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>The name that ip-netns(8) knows a host by.</summary>
    public string NamespaceOf(string host) =>
        hosts.Contains(host) ? prefix + host : throw new ArgumentException($"There is no host {host}.", nameof(host));

    public async Task AddHost(string host)
    {
        await Command.Run("ip", "netns", "add", prefix + host);
        hosts.Add(host);
        await Ip(host, "link", "set", "lo", "up");
        // An address is usable at once, instead of after a second in which the kernel looks for others that have it.
        In(host, () =>
        {
            foreach (string which in (string[])["all", "default"]) File.WriteAllText($"/proc/sys/net/ipv6/conf/{which}/accept_dad", "0");
        });
    }

    /// <summary>Joins two hosts by a cable, both ends up and ready to carry packets.</summary>
    /// <param name="host">One end's host.</param>
    /// <param name="name">One end's interface: "eth0".</param>
    /// <param name="address">"192.0.2.1/24", or null for none.</param>
    public async Task Connect(string host, string name, string? address, string otherHost, string otherName, string? otherAddress)
    {
        await Ip(host, "link", "add", name, "type", "veth", "peer", "name", otherName, "netns", NamespaceOf(otherHost));
        if (address is not null) await AddAddress(host, name, address);
        if (otherAddress is not null) await AddAddress(otherHost, otherName, otherAddress);
        await Ip(host, "link", "set", name, "up");
        await Ip(otherHost, "link", "set", otherName, "up");
        await UntilRunning(host, name);
        await UntilRunning(otherHost, otherName);
    }

    /// <summary>Gives an interface an address of either family, with its prefix length.</summary>
    public Task AddAddress(string host, string name, string address)
    {
        // A directed broadcast address exists in IPv4 alone; in IPv6 the search for others that have the address is left out.
        string[] kind = address.Contains(':', StringComparison.Ordinal) ? ["nodad"] : ["broadcast", "+"];
        return Ip(host, ["address", "add", address, .. kind, "dev", name]);
    }

    /// <summary>Runs ip(8) in a host's namespace and returns what it printed.</summary>
    public Task<string> Ip(string host, params string[] arguments) => Command.Run("ip", ["-n", NamespaceOf(host), .. arguments]);

    /// <summary>Runs a program in a host's namespace to its end; throws unless it exits with 0.</summary>
    public Task<string> Run(string host, string program, params string[] arguments) =>
        Command.Run("ip", ["netns", "exec", NamespaceOf(host), program, .. arguments]);

    /// <summary>Starts a program in a host's namespace; it ends with the network at the latest.</summary>
    public HostProcess Start(string host, string program, params string[] arguments)
    {
        // ip-netns(8) becomes the program, so the process id is the program's.
        HostProcess process = new("ip", ["netns", "exec", NamespaceOf(host), program, .. arguments]);
        processes.Add(process);
        return process;
    }

    /// <summary>Runs code of the test in a host's namespace. What it opens stays in that namespace.</summary>
    public T In<T>(string host, Func<T> function) => NetworkNamespace.Run(NamespaceOf(host), function);

    /// <summary>Runs code of the test in a host's namespace. What it opens stays in that namespace.</summary>
    public void In(string host, Action action) => NetworkNamespace.Run(NamespaceOf(host), action);

    public async ValueTask DisposeAsync()
    {
        foreach (HostProcess process in processes) await process.DisposeAsync();
        foreach (string host in hosts) await Remove(prefix + host);
        hosts.Clear();
    }

    /// <summary>Removes the networks of runs that ended without doing so.</summary>
    internal static async Task RemoveLeftOvers()
    {
        if (!Directory.Exists(NetworkNamespace.Directory)) return;
        foreach (string name in Directory.EnumerateFiles(NetworkNamespace.Directory, $"{Mark}-*").Select(Path.GetFileName).OfType<string>())
        {
            string id = name[(Mark.Length + 1)..].Split('-')[0];
            if (int.TryParse(id, CultureInfo.InvariantCulture, out int process) && !Directory.Exists($"/proc/{process}")) await Remove(name);
        }
    }

    // The kernel attaches a queue some time after both ends are up; until then it throws away what is sent, without a word.
    private Task UntilRunning(string host, string name) => Wait.UntilAsync(
        () => In(host, () => LinkTable.Read().Find(name) is { IsRunning: true }),
        TimeSpan.FromSeconds(30),
        $"{name} of {host} carries packets",
        CancellationToken.None);

    /// <summary>Ends what still runs in a namespace (clients put themselves in the background) and removes it.</summary>
    private static async Task Remove(string name)
    {
        string ids = await Command.Run("ip", "netns", "pids", name);
        foreach (string id in ids.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            try
            {
                using Process process = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
                process.Kill();
            }
            catch (ArgumentException)
            {
                // It ended by itself.
            }
        }

        await Command.Run("ip", "netns", "delete", name);
    }
}
