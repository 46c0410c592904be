using Leasehold.Configuration;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Model;
using Leasehold.Engine.V6;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.ConformanceTests;

/// <summary>A DHCPv6 server, its leases, a clock that tests turn, and one link on it. Nothing leaves memory.</summary>
internal sealed class Network6
{
    /// <summary>The server's addresses on the link.</summary>
    public static readonly Ipv6 ServerLinkLocal = Ipv6.Parse("fe80::1");
    public static readonly Ipv6 ServerAddress = Ipv6.Parse("2001:db8:1::1");
    public static readonly Ipv6 AllServers = Ipv6.Parse("ff02::1:2");

    /// <summary>A link with addresses 2001:db8:1::10 to 2001:db8:1::1f and prefixes of 56 bits out of 2001:db8:8000::/40.</summary>
    public const string Lan = """
        { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0",
          "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::1f" } ],
          "pd-pools": [ { "prefix": "2001:db8:8000::", "prefix-len": 40, "delegated-len": 56 } ] }
        """;

    private readonly byte[] reply = new byte[Server6.MaxReply];
    private readonly List<byte[]> transcript = [];
    private Server6 server;

    private Network6(Dhcp6Config config)
    {
        Config = config;
        server = NewServer(config);
    }

    /// <summary>DUID-LL of Ethernet 02:00:00:00:00:01.</summary>
    public static byte[] ServerId { get; } = Hex.Of("00 03 00 01 02 00 00 00 00 01");

    public Dhcp6Config Config { get; private set; }
    public LeaseTable6 Leases { get; } = new();
    public Instant Now { get; private set; } = new(1_700_000_000);
    public ServedInterface6 Interface { get; set; } = new(2, "eth0", ServerLinkLocal, [ServerAddress]);

    /// <summary>All that the server answered, in order; an empty entry where it said nothing.</summary>
    public IReadOnlyList<byte[]> Transcript => transcript;

    public static Network6 WithLan() => With($$"""{ "subnet6": [ {{Lan}} ] }""");

    /// <summary>A server with a configuration as an administrator writes it: the content of the Dhcp6 map.</summary>
    /// <param name="warns">The configuration is one that the reader warns of.</param>
    public static Network6 With(string json, bool warns = false) => new(Read(json, warns));

    /// <summary>The same, changed where there is no key for it yet.</summary>
    public static Network6 With(string json, Func<Dhcp6Config, Dhcp6Config> change) => new(change(Read(json)));

    public Client6 NewClient(int number = 1) => new(this, number);

    /// <summary>The same leases under another configuration.</summary>
    public void Reload(string json)
    {
        Config = Read(json);
        server = NewServer(Config);
    }

    public void Pass(long seconds, bool advance = true)
    {
        Now = new(Now.Seconds + seconds);
        if (advance) Leases.Advance(Now, Config.ExpiredLeases.RememberedFor, int.MaxValue);
    }

    public LeaseState? StateOf(string address) => Leases.TryGet(LeaseType6.NonTemporary, Ipv6.Parse(address), out Lease6 lease) ? lease.State : null;

    public LeaseState? StateOfPrefix(string network) => Leases.TryGet(LeaseType6.Prefix, Ipv6.Parse(network), out Lease6 lease) ? lease.State : null;

    /// <summary>Gives octets to the server, and does to the leases what it decides.</summary>
    public Answer6 Deliver(byte[] octets, Ipv6 source, Ipv6? destination = null, ushort sourcePort = 546)
    {
        Datagram6 datagram = new()
        {
            Payload = octets,
            Source = source,
            SourcePort = sourcePort,
            Destination = destination ?? AllServers,
            Interface = Interface,
        };
        Array.Fill(reply, (byte)0xEE);
        Outcome6 outcome = server.Handle(datagram, Now, reply);
        Answer6 answer = new(outcome, reply);
        for (int i = 0; i < outcome.Changes.Count; i++) Leases.Apply(outcome.Changes[i], Now);
        Leases.Accept();
        transcript.Add(answer.Octets);
        return answer;
    }

    private static Dhcp6Config Read(string json, bool warns = false)
    {
        ConfigResult<Dhcp6Config> read = Dhcp6ConfigReader.ReadText($$"""{ "Dhcp6": { "interfaces-config": { "interfaces": [ "eth0" ] }, {{json.TrimStart()[1..]}} }""");
        Assert.Equal(warns ? 1 : 0, read.Diagnostics.Length);
        Assert.NotNull(read.Config);
        return read.Config;
    }

    private Server6 NewServer(Dhcp6Config config) => new(config, ServerId, Leases, Server6Ports.Standard, new Random(1));
}
