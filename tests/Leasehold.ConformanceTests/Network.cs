using System.Globalization;
using Leasehold.Configuration;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Model;
using Leasehold.Engine;
using Leasehold.Engine.V4;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.ConformanceTests;

/// <summary>A server, its leases, a clock that tests turn, and one link on it. Nothing leaves memory.</summary>
internal sealed class Network
{
    /// <summary>The server's address on the link.</summary>
    public static readonly Ipv4 ServerAddress = Ipv4.Parse("192.0.2.1");

    private readonly byte[] reply = new byte[Server4.MaxReply];
    private readonly List<byte[]> transcript = [];
    private Server4 server;

    public Network(Dhcp4Config config)
    {
        server = NewServer(config);
        Config = config;
    }

    public Dhcp4Config Config { get; private set; }
    public LeaseTable4 Leases { get; } = new();
    public Instant Now { get; private set; } = new(1_700_000_000);
    public ServedInterface Interface { get; set; } = new(2, "eth0", [ServerAddress]);

    /// <summary>All that the server answered, in order; an empty entry where it said nothing.</summary>
    public IReadOnlyList<byte[]> Transcript => transcript;

    /// <summary>192.0.2.0/24 with the pool .10 to .20, 7200 seconds, no timers.</summary>
    public static Subnet4 Lan { get; } = Subnet("192.0.2.0/24", id: 1, "192.0.2.10-192.0.2.20");

    public static Network WithLan() => new(new() { Subnets = [Lan] });

    /// <summary>A server with a configuration as an administrator writes it: the content of the Dhcp4 map.</summary>
    public static Network With(string json) => new(Read(json));

    /// <summary>The content of the Dhcp4 map; there must be nothing to say about it.</summary>
    public static Dhcp4Config Read(string json)
    {
        ConfigResult<Dhcp4Config> read = Dhcp4ConfigReader.ReadText($$"""{ "Dhcp4": {{json}} }""");
        Assert.Empty(read.Diagnostics);
        Assert.NotNull(read.Config);
        return read.Config;
    }

    public static Network With(params Subnet4[] subnets) => new(new() { Subnets = [.. subnets] });

    public static Subnet4 Subnet(string prefix, uint id, params string[] pools) => new()
    {
        Id = id,
        Prefix = Prefix(prefix),
        Pools = [.. pools.Select(range => new Pool4 { Range = Range(range) })],
    };

    public static Ipv4Prefix Prefix(string text) =>
        Ipv4Prefix.TryParse(text, out Ipv4Prefix prefix, out bool hostBits) && !hostBits ? prefix : throw new FormatException(text);

    public static Ipv4Range Range(string text)
    {
        string[] ends = text.Split('-');
        return new(Ipv4.Parse(ends[0]), Ipv4.Parse(ends[1]));
    }

    public static OptionData Option(byte code, string hex, bool alwaysSend = false, bool neverSend = false, string space = "dhcp4") => new()
    {
        Space = space,
        Code = code,
        Data = [.. Hex.Of(hex)],
        AlwaysSend = alwaysSend,
        NeverSend = neverSend,
    };

    /// <summary>A reservation by hardware address.</summary>
    public static Reservation4 Reserve(string mac, string? address) => new()
    {
        IdentifierType = ReservationIdentifierType.HardwareAddress,
        Identifier = [.. Hex.Of(mac.Replace(':', ' '))],
        Address = address is null ? null : Ipv4.Parse(address),
    };

    public Client NewClient(string mac = "02:00:5e:10:00:01", string? clientId = null) => new(this, mac, clientId);

    /// <summary>The same leases under another configuration.</summary>
    public void Reload(Dhcp4Config config)
    {
        Config = config;
        server = NewServer(config);
    }

    public void Pass(long seconds, bool advance = true)
    {
        Now = new(Now.Seconds + seconds);
        if (advance) Leases.Advance(Now, Config.ExpiredLeases.RememberedFor, int.MaxValue);
    }

    /// <summary>What is known besides the octets of the packets that are delivered.</summary>
    public ProbeKnowledge Known { get; set; }

    /// <summary>Addresses that were asked for.</summary>
    public List<Ipv4> Asked { get; } = [];

    /// <summary>What the shell does when somebody answered for an address.</summary>
    public void Decline(Ipv4 address)
    {
        Leases.Apply(server.Decline(address, Now), Now);
        Leases.Accept();
    }

    /// <summary>What a start does with the leases of its file.</summary>
    public List<LeaseFinding4> CheckLeases()
    {
        List<LeaseFinding4> findings = [];
        server.CheckLeases(Config.SanityChecks, findings.Add);
        return findings;
    }

    public LeaseState? StateOf(string address) => Leases.TryGet(Ipv4.Parse(address), out Lease4 lease) ? lease.State : null;

    /// <summary>Gives octets to the server, and does to the leases what it decides.</summary>
    public Answer Deliver(byte[] octets, Ipv4 source, Ipv4 destination, ushort sourcePort = 68)
    {
        Datagram datagram = new()
        {
            Payload = octets,
            Source = source,
            SourcePort = sourcePort,
            Destination = destination,
            Interface = Interface,
        };
        Array.Fill(reply, (byte)0xEE);
        Outcome4 outcome = server.Handle(datagram, Now, reply, Known);
        if (outcome.Probe is { } probe)
        {
            Known.Pending?.Add(probe.Address);
            Asked.Add(probe.Address);
        }

        Answer answer = new(outcome, reply);
        Leases.Apply(outcome.Change, Now);
        Leases.Accept();
        transcript.Add(answer.Octets);
        return answer;
    }

    private Server4 NewServer(Dhcp4Config config) => new(config, Leases, Server4Ports.Standard, new Random(1));
}

/// <summary>Octets written as a person reads them.</summary>
internal static class Hex
{
    /// <summary>Pairs of digits with blanks and line ends between them; '#' begins a remark up to the end of the line; "00*44" is an octet 44 times.</summary>
    public static byte[] Of(string text)
    {
        List<byte> octets = [];
        foreach (string line in text.Split('\n'))
        {
            foreach (string word in line.Split('#')[0].Split((char[])[' ', '\r', ':'], StringSplitOptions.RemoveEmptyEntries))
            {
                string[] repeated = word.Split('*');
                byte octet = byte.Parse(repeated[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                int times = repeated.Length == 2 ? int.Parse(repeated[1], CultureInfo.InvariantCulture) : 1;
                octets.AddRange(Enumerable.Repeat(octet, times));
            }
        }

        return [.. octets];
    }
}
