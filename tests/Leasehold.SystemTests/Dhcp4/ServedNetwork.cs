using System.Text.Json;
using System.Text.Json.Nodes;
using Leasehold.Demo;
using Leasehold.Protocol;
using Leasehold.SystemTests.Namespaces;
using Xunit;

namespace Leasehold.SystemTests.Dhcp4;

/// <summary>A host <c>server</c> and a host <c>client</c>, joined by a cable with an <c>eth0</c> at each end, and a server's files.</summary>
/// <remarks>
/// The server under test is the program beside the tests; LEASEHOLD_TESTED_PROGRAM names another. When a test fails, the
/// server's log becomes part of its output.
/// </remarks>
public sealed class ServedNetwork : IAsyncDisposable
{
    /// <summary>Longer than any machine takes, so that only a failure waits for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private ServedNetwork(TestNetwork hosts, string folder)
    {
        Hosts = hosts;
        Folder = folder;
        Server = new ServerProcess(ServerHost, folder, [Program]);
    }

    /// <summary>The server, started by something that watches it: a program and its arguments, which then start the server's.</summary>
    public ServerProcess ServerUnder(params string[] watcher) => new(ServerHost, Folder, [.. watcher, Program]);

    /// <summary>Kea's server with the same configuration and lease file. It must not run beside the other.</summary>
    public ServerProcess Kea() => new(ServerHost, Folder, ["sh", "-c", "shift; exec kea-dhcp4 \"$@\"", "sh"]);

    /// <summary>The program under test.</summary>
    public static string Program => Environment.GetEnvironmentVariable("LEASEHOLD_TESTED_PROGRAM") ?? Path.Combine(AppContext.BaseDirectory, "leasehold");

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public TestNetwork Hosts { get; }

    /// <summary>Where the server and the clients keep their files. It goes with the network.</summary>
    public string Folder { get; }

    public ServerProcess Server { get; }

    public NamespaceHost ServerHost => HostOf("server");

    public NamespaceHost ClientHost => HostOf("client");

    /// <summary>Fails unless an address is there and in a range, its ends included.</summary>
    public static void AssertWithin(string first, string last, Ipv4? address)
    {
        Ipv4 given = Assert.NotNull(address);
        Assert.True(given >= Ipv4.Parse(first) && given <= Ipv4.Parse(last), $"{given} is not within {first} - {last}");
    }

    /// <summary>Makes the two hosts and writes the configuration; the server is not started yet. Skips the test without root.</summary>
    /// <param name="configuration">What goes into <c>Dhcp4</c>; interfaces, lease database and loggers are added when it names none.</param>
    /// <param name="serverAddress">With prefix length.</param>
    /// <param name="clientAddress">With prefix length; null for a client that has none yet.</param>
    public static async Task<ServedNetwork> Create(string configuration, string serverAddress = "192.0.2.1/24", string? clientAddress = null)
    {
        var made = await WithHosts(configuration, "server", "client");
        await made.Hosts.Connect("server", "eth0", serverAddress, "client", "eth0", clientAddress);
        return made;
    }

    /// <summary>Makes hosts without cables; one must be called <c>server</c>.</summary>
    public static async Task<ServedNetwork> WithHosts(string configuration, params string[] hosts)
    {
        var made = new ServedNetwork(await TestNetwork.Create(hosts), Directory.CreateTempSubdirectory("leasehold-test-").FullName);
        made.Configure(configuration);
        return made;
    }

    /// <summary>Writes the configuration file.</summary>
    public void Configure(string configuration)
    {
        var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip };
        JsonObject dhcp4 = JsonNode.Parse(configuration, documentOptions: options)!.AsObject();
        dhcp4.TryAdd("interfaces-config", new JsonObject { ["interfaces"] = new JsonArray("eth0") });
        dhcp4.TryAdd("lease-database", new JsonObject { ["type"] = "memfile", ["name"] = Server.LeaseFile, ["lfc-interval"] = 0 });
        dhcp4.TryAdd("loggers", new JsonArray(new JsonObject
        {
            ["name"] = "kea-dhcp4",
            ["severity"] = "INFO",
            ["output_options"] = new JsonArray(new JsonObject { ["output"] = "stdout" }),
        }));
        File.WriteAllText(Server.ConfigurationFile, new JsonObject { ["Dhcp4"] = dhcp4 }.ToJsonString());
    }

    public NamespaceHost HostOf(string name) => NamespaceHost.Of(Hosts.NamespaceOf(name));

    /// <summary>Starts the server and waits until it says that it serves.</summary>
    public Task StartServer() => Server.StartAsync(Cancel);

    /// <summary>Waits until the server that was started last has written a text.</summary>
    public Task Logged(string text) =>
        Until(() => Server.Log.Contains(text, StringComparison.Ordinal), $"the server writes '{text}'");

    /// <summary>Waits for a condition; a failure shows the end of the server's log.</summary>
    public async Task Until(Func<bool> condition, string expected)
    {
        try
        {
            await Wait.UntilAsync(condition, Patience, expected, Cancel);
        }
        catch (DemoException failure)
        {
            throw new DemoException($"{failure.Message}; the server's log ends:\n{Server.LogTail()}");
        }
    }

    /// <summary>The last line of an address in the lease file, as soon as there is one that is as wanted.</summary>
    public async Task<RecordedLease> Recorded(Ipv4 address, Func<RecordedLease, bool> wanted, string expected)
    {
        RecordedLease? lease = null;
        await Until(
            () => RecordedLeases.Read(Server.LeaseFile).TryGetValue(address, out lease) && wanted(lease),
            $"the lease file shows that {address} {expected}");
        return lease!;
    }

    public async ValueTask DisposeAsync()
    {
        // Shown when the test fails; while it unwinds, nobody knows yet whether it did.
        TestContext.Current.TestOutputHelper?.WriteLine($"The server's log ended:\n{Server.LogTail(lines: 40)}");
        Server.Running?.Dispose();
        await Hosts.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
