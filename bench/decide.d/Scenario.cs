using System.Diagnostics;
using Leasehold.Configuration;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Model;
using Leasehold.Engine;
using Leasehold.Engine.V4;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.DecideBench;

/// <summary>A server with a configuration and leases, and clients that come in blocks and are forgotten after each.</summary>
internal sealed class Scenario
{
    /// <summary>Exchanges that are measured together: some milliseconds.</summary>
    public const int BlockLength = 512;

    private static readonly ServedInterface Link = new(2, "eth0", [Ipv4.Parse("192.0.2.1")]);
    private static readonly Instant Now = new(1_700_000_000);

    private readonly LeaseTable4 leases = new();
    private readonly Server4 server;
    private readonly Func<int, (ulong Mac, Ipv4 Giaddr)> client;
    private readonly ClientPacket discover = new(MessageType4.Discover);
    private readonly ClientPacket request = new(MessageType4.Request);
    private readonly byte[] reply = new byte[Server4.MaxReply];
    private readonly Ipv4[] given = new Ipv4[BlockLength];
    private int clients;

    /// <param name="json">The content of the Dhcp4 map.</param>
    /// <param name="client">The hardware address and the relay of the client of a number.</param>
    /// <param name="held">Addresses that others hold from the start.</param>
    public Scenario(string name, string json, Func<int, (ulong Mac, Ipv4 Giaddr)> client, IEnumerable<Ipv4> held)
    {
        Name = name;
        this.client = client;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        ConfigResult<Dhcp4Config> read = Dhcp4ConfigReader.ReadText($$"""{ "Dhcp4": {{json}} }""");
        Dhcp4Config config = read.Config ?? throw new InvalidOperationException(string.Join('\n', read.Diagnostics));
        ReadSeconds = watch.Elapsed.TotalSeconds;
        watch.Restart();
        server = new(config, leases, Server4Ports.Standard, new Random(1));
        MakeSeconds = watch.Elapsed.TotalSeconds;
        Mebibytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0;
        GC.KeepAlive(config);
        uint number = 0;
        foreach (Ipv4 address in held) Hold(address, ++number);
    }

    public string Name { get; }

    /// <summary>Seconds from the text to the checked model.</summary>
    public double ReadSeconds { get; }

    /// <summary>Seconds from the model to a server.</summary>
    public double MakeSeconds { get; }

    /// <summary>Memory of the model and the server, without leases.</summary>
    public double Mebibytes { get; }

    /// <summary>One block of exchanges.</summary>
    /// <returns>Microseconds of CPU time for each of them.</returns>
    public double Block()
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < BlockLength; i++)
        {
            (ulong mac, Ipv4 giaddr) = client(clients++);
            discover.Set(mac, giaddr);
            Ipv4 offered = Handle(discover.Octets, giaddr, MessageType4.Offer);
            request.Set(mac, giaddr, offered);
            given[i] = Handle(request.Octets, giaddr, MessageType4.Ack);
        }

        double microseconds = (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / BlockLength;
        foreach (Ipv4 address in given)
        {
            leases.Apply(new() { Kind = LeaseChangeKind.Delete, Lease = new() { Address = address } }, Now);
            leases.Accept();
        }

        return microseconds;
    }

    private Ipv4 Handle(byte[] octets, Ipv4 giaddr, MessageType4 expected)
    {
        Datagram datagram = new() { Payload = octets, Source = giaddr, SourcePort = 67, Destination = Link.Address, Interface = Link };
        Outcome4 outcome = server.Handle(datagram, Now, reply);
        if (outcome.Sent != expected) throw new InvalidOperationException($"{Name}: {outcome.Sent} ({outcome.Drop}, {outcome.Nak}) instead of {expected}");
        leases.Apply(outcome.Change, Now);
        leases.Accept();
        return outcome.Address;
    }

    private void Hold(Ipv4 address, uint number)
    {
        byte[] mac = [6, 0, (byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];
        Lease4 lease = new()
        {
            Address = address,
            HardwareAddress = new(HardwareAddress.Ethernet, mac),
            ClientId = [1, .. mac],
            ValidLifetime = new(86400),
            Expire = new(Now.Seconds + 86400),
            SubnetId = 1,
        };
        leases.Apply(new() { Kind = LeaseChangeKind.Commit, Lease = lease }, Now);
        leases.Accept();
    }
}
