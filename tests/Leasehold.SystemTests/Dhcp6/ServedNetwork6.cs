using System.Text.Json.Nodes;
using Leasehold.Demo;
using Leasehold.SystemTests.Dhcp4;
using Leasehold.SystemTests.Namespaces;
using Xunit;

namespace Leasehold.SystemTests.Dhcp6;

/// <summary>A host <c>server</c> and a host <c>client</c>, joined by a cable with an <c>eth0</c> at each end, and a DHCPv6 server's files.</summary>
public sealed class ServedNetwork6 : IAsyncDisposable
{
    /// <summary>The server's DUID, in every test: DUID-LL of Ethernet 02:00:00:00:00:01.</summary>
    public static readonly byte[] ServerId = [0, 3, 0, 1, 2, 0, 0, 0, 0, 1];

    private ServedNetwork6(TestNetwork hosts, string folder)
    {
        Hosts = hosts;
        Folder = folder;
        Server = new(HostOf("server"), folder, [ServedNetwork.Program], "dhcp6");
    }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public TestNetwork Hosts { get; }

    /// <summary>Where the server and the clients keep their files. It goes with the network.</summary>
    public string Folder { get; }

    public ServerProcess Server { get; }

    /// <summary>Makes the two hosts and writes the configuration; the server is not started yet. Skips the test without root.</summary>
    /// <param name="configuration">What goes into <c>Dhcp6</c>; the lease database and the server's DUID are added, and interfaces when it names none.</param>
    public static async Task<ServedNetwork6> Create(string configuration, string? serverAddress = null, string? clientAddress = null)
    {
        ServedNetwork6 made = await WithHosts(configuration, "server", "client");
        await made.Hosts.Connect("server", "eth0", serverAddress, "client", "eth0", clientAddress);
        return made;
    }

    /// <summary>Makes hosts without cables; one must be called <c>server</c>.</summary>
    public static async Task<ServedNetwork6> WithHosts(string configuration, params string[] hosts)
    {
        ServedNetwork6 made = new(await TestNetwork.Create(hosts), Directory.CreateTempSubdirectory("leasehold-test-").FullName);
        JsonObject dhcp6 = JsonNode.Parse(configuration)!.AsObject();
        dhcp6.TryAdd("interfaces-config", new JsonObject { ["interfaces"] = new JsonArray("eth0") });
        dhcp6["lease-database"] = new JsonObject { ["type"] = "memfile", ["name"] = made.Server.LeaseFile, ["lfc-interval"] = 0 };
        dhcp6["server-id"] = new JsonObject { ["type"] = "LL", ["htype"] = 1, ["identifier"] = "020000000001", ["persist"] = false };
        File.WriteAllText(made.Server.ConfigurationFile, new JsonObject { ["Dhcp6"] = dhcp6 }.ToJsonString());
        return made;
    }

    public NamespaceHost HostOf(string name) => NamespaceHost.Of(Hosts.NamespaceOf(name));

    /// <summary>Starts the server and waits until it says that it serves.</summary>
    public Task StartServer() => Server.StartAsync(Cancel);

    /// <summary>Waits until the server that was started last has written a text.</summary>
    public Task Logged(string text) => Until(() => Server.Log.Contains(text, StringComparison.Ordinal), $"the server writes '{text}'");

    /// <summary>Waits for a condition; a failure shows the end of the server's log.</summary>
    public async Task Until(Func<bool> condition, string expected)
    {
        try
        {
            await Wait.UntilAsync(condition, ServedNetwork.Patience, expected, Cancel);
        }
        catch (DemoException failure)
        {
            throw new DemoException($"{failure.Message}; the server's log ends:\n{Server.LogTail()}");
        }
    }

    /// <summary>The last line of each address or prefix in the lease file, as its columns.</summary>
    public IReadOnlyDictionary<string, string[]> Leases()
    {
        Dictionary<string, string[]> leases = new(StringComparer.Ordinal);
        foreach (string line in File.ReadAllLines(Server.LeaseFile).Skip(1).Where(static line => line.Length > 0 && line[0] != '\0'))
        {
            string[] columns = line.Split(',');
            leases[columns[0]] = columns;
        }

        return leases;
    }

    /// <summary>Runs dhclient -6 on the client's eth0 to its end.</summary>
    /// <param name="name">Of its files, which it finds again in a later run.</param>
    public Task<string> Dhclient(string host, string name, params string[] arguments) => Hosts.Run(
        host,
        "dhclient",
        ["-6", "-v", "-sf", "/bin/true", "-lf", Path.Combine(Folder, $"{name}.leases"), "-pf", Path.Combine(Folder, $"{name}.pid"), .. arguments, "eth0"]);

    public async ValueTask DisposeAsync()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"The server's log ended:\n{Server.LogTail(lines: 40)}");
        Server.Running?.Dispose();
        await Hosts.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
