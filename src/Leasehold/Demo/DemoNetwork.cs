using System.Globalization;
using Leasehold.Demo.Clients;

namespace Leasehold.Demo;

/// <summary>The demonstration's network: a server of both families and four clients, each in a namespace, joined by a bridge in the server's.</summary>
public sealed class DemoNetwork : IDisposable
{
    private const string Prefix = "leasehold-demo";
    private const string Bridge = "lan0";

    private readonly List<NamespaceHost> namespaces = [];

    /// <param name="program">How to start the server's program.</param>
    /// <param name="folder">Where all files go; it must exist.</param>
    /// <exception cref="DemoException">A namespace or an interface could not be made; what was made is removed.</exception>
    public DemoNetwork(string folder, IReadOnlyList<string> program)
    {
        NamespaceHost.RemoveLeftovers(Prefix);
        try
        {
            var place = Add("server");
            place.Ip("link", "add", Bridge, "type", "bridge");
            place.Ip("address", "add", "192.0.2.1/24", "dev", Bridge);
            place.Ip("address", "add", "2001:db8:1::1/64", "dev", Bridge);
            place.Ip("link", "set", "dev", Bridge, "up");
            Server = new ServerProcess(place, folder, program, "serve");
            File.WriteAllText(Server.ConfigurationFile, Configuration(Server.LeaseFile, Server.LeaseFile6));
            Clients =
            [
                new Udhcpc("camera", Plug("camera"), "eth0", folder),
                new Dhclient("laptop", Plug("laptop"), "eth0", folder),
                new Dhcpcd("printer", Plug("printer"), "eth0", folder),
                new Dhcpcd6("gateway", Plug("gateway"), "eth0", folder),
            ];
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ServerProcess Server { get; }

    public IReadOnlyList<DhcpClient> Clients { get; }

    public void Dispose()
    {
        foreach (var made in namespaces) made.Dispose();
        namespaces.Clear();
    }

    private static string Configuration(string leaseFile, string leaseFile6) =>
        $$"""
        {
          "Dhcp4": {
            "interfaces-config": { "interfaces": [ "{{Bridge}}" ] },
            "lease-database": { "type": "memfile", "persist": true, "name": "{{leaseFile}}", "lfc-interval": 0 },
            "valid-lifetime": 3600,
            "option-data": [
              { "name": "routers", "data": "192.0.2.1" },
              { "name": "domain-name-servers", "data": "192.0.2.53, 192.0.2.54" }
            ],
            "subnet4": [
              { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.100 - 192.0.2.199" } ] }
            ],
            "loggers": [
              { "name": "kea-dhcp4", "severity": "INFO", "output_options": [ { "output": "stdout" } ] }
            ]
          },
          "Dhcp6": {
            "interfaces-config": { "interfaces": [ "{{Bridge}}" ] },
            "lease-database": { "type": "memfile", "persist": true, "name": "{{leaseFile6}}", "lfc-interval": 0 },
            "valid-lifetime": 3600,
            "preferred-lifetime": 3000,
            "option-data": [
              { "name": "dns-servers", "data": "2001:db8:1::53" }
            ],
            "subnet6": [
              {
                "id": 1, "subnet": "2001:db8:1::/64", "interface": "{{Bridge}}",
                "pools": [ { "pool": "2001:db8:1::100 - 2001:db8:1::1ff" } ],
                "pd-pools": [ { "prefix": "2001:db8:8000::", "prefix-len": 40, "delegated-len": 56 } ]
              }
            ],
            "loggers": [
              { "name": "kea-dhcp6", "severity": "INFO", "output_options": [ { "output": "stdout" } ] }
            ]
          }
        }

        """;

    /// <summary>A namespace with an <c>eth0</c> whose other end is a port of the bridge.</summary>
    private NamespaceHost Plug(string name)
    {
        var made = Add(name);
        string port = "port-" + name;
        namespaces[0].Connect(port, made, "eth0");
        namespaces[0].Ip("link", "set", "dev", port, "master", Bridge);
        return made;
    }

    private NamespaceHost Add(string name)
    {
        var made = NamespaceHost.Create($"{Prefix}-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}-{name}");
        namespaces.Add(made);
        // Nobody else is on these links: addresses need not wait for duplicate address detection.
        made.Run("sh", "-c", "for which in all default; do echo 0 >/proc/sys/net/ipv6/conf/$which/accept_dad; done");
        return made;
    }
}
