using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Leasehold.Engine.Load;
using Leasehold.Net;
using Leasehold.Net.Netlink;
using Leasehold.Protocol;

namespace Leasehold.Perf;

/// <summary>Where a load leaves and where it goes: the socket, the destination, and the words that fit to them.</summary>
/// <param name="Socket">Sends and receives everything.</param>
/// <param name="To">Where every datagram goes.</param>
/// <param name="Dialogue">Messages that say the same about their way as the socket does.</param>
/// <param name="Clients">How many different clients there are.</param>
internal sealed record PerfEndpoint(DatagramSocket Socket, Destination To, ILoadDialogue Dialogue, int Clients) : IDisposable
{
    private const ushort ServerPort4 = 67;
    private const ushort ClientPort4 = 68;
    private const ushort ClientPort6 = 546;
    private const ushort ServerPort6 = 547;

    /// <summary>All_DHCP_Relay_Agents_and_Servers and All_DHCP_Servers, RFC 8415 §7.1.</summary>
    private const string AllAgents = "ff02::1:2";

    private const string AllServers = "ff05::1:3";

    /// <exception cref="PerfException">What was asked for does not fit to this machine.</exception>
    /// <exception cref="LinuxException">The kernel refused a socket.</exception>
    public static PerfEndpoint Open(PerfOptions options) => options.IsV6 ? Open6(options) : Open4(options);

    public void Dispose() => Socket.Dispose();

    private static PerfEndpoint Open4(PerfOptions options)
    {
        ImmutableArray<ImmutableArray<byte>> macs = PerfFiles.Macs(options.MacFile);
        Dialogue4Settings words = new()
        {
            FirstMac = options.FirstMac,
            Macs = macs,
            Options = [.. options.Options.Select(static o => ((byte)o.Code, o.Value))],
            Templates = PerfFiles.Templates(options),
        };
        int clients = macs.IsEmpty ? options.Clients : macs.Length;
        Ipv4 local = default;
        bool isInterface = options.Local is { } name && !Ipv4.TryParse(name, out local);
        NetworkLink? link = isInterface && options.Local is { } wanted
            ? LinkTable.Read().Find(wanted) ?? throw new PerfException($"-l {wanted}: there is no such interface, and it is no IPv4 address") : null;
        if (link is not null) local = link.Addresses.Select(static a => a.Address).FirstOrDefault();
        ushort port = options.RemotePort == 0 ? ServerPort4 : options.RemotePort;
        if (options.IsDirect || (link is not null && local.IsAny && options.Server is null)) return Direct(options, link, port, words, clients);

        if (options.Server is null && link is null) throw new PerfException("without a server -l must name an interface");
        Ipv4 server = Ipv4.Broadcast;
        if (options.Server is { } text && !Ipv4.TryParse(text, out server)) throw new PerfException($"'{text}' is not an IPv4 address");
        if (local.IsAny) local = SourceTowards(server);
        ImmutableArray<Ipv4> relays = options.RelayFile is { } file ? PerfFiles.Relays4(file) : [local];
        // What is sent to another relay's address, or to all, does not come to a socket of one address.
        bool hearsAll = options.Broadcasts || options.RelayFile is not null || server == Ipv4.Broadcast;
        UdpSocket socket = UdpSocket.Open(hearsAll ? Ipv4.Any : local, options.LocalPort == 0 ? ServerPort4 : options.LocalPort, link?.Name);
        Destination to = new() { Address = server, Port = port, Source = local, InterfaceIndex = link?.Index ?? 0 };
        return new(socket, to, new Dialogue4(words with { Relays = relays }), clients);
    }

    /// <summary>Clients without an address, on the link itself: RFC 2131 §4.1.</summary>
    private static PerfEndpoint Direct(PerfOptions options, NetworkLink? link, ushort port, Dialogue4Settings words, int clients)
    {
        if (link is null) throw new PerfException("--direct needs an interface: -l NAME");
        if (options.RenewRate > 0) throw new PerfException($"{link.Name} has no address, so nobody is there to hear the answers to renewals (-f)");
        PacketSocket socket = PacketSocket.OpenForReceiving(options.LocalPort == 0 ? ClientPort4 : options.LocalPort, link.Index);
        Destination to = new() { Address = Ipv4.Broadcast, Port = port, InterfaceIndex = link.Index, LinkAddress = link.BroadcastAddress };
        return new(socket, to, new Dialogue4(words), clients);
    }

    private static PerfEndpoint Open6(PerfOptions options)
    {
        string wanted = options.Server switch { null or "all" => AllAgents, "servers" => AllServers, { } address => address };
        if (!Ipv6.TryParse(wanted, out Ipv6 server)) throw new PerfException($"'{wanted}' is not an IPv6 address");
        bool isAddress = Ipv6.TryParse(options.Local ?? "::", out Ipv6 local);
        int index = 0;
        Ipv6 global = local;
        if (!isAddress)
        {
            NetworkInterface link = NetworkInterface.GetAllNetworkInterfaces().FirstOrDefault(l => l.Name == options.Local)
                ?? throw new PerfException($"-l {options.Local}: there is no such interface, and it is no IPv6 address");
            index = link.GetIPProperties().GetIPv6Properties().Index;
            List<IPAddress> own = [.. link.GetIPProperties().UnicastAddresses.Select(static a => a.Address).Where(static a => a.AddressFamily == AddressFamily.InterNetworkV6)];
            IPAddress first = own.Find(static a => a.IsIPv6LinkLocal) ?? own.FirstOrDefault() ?? throw new PerfException($"{link.Name} has no IPv6 address");
            local = Of(first);
            // A server finds the subnet by a relay's link-address, and the link-local one is of none.
            global = Of(own.Find(static a => !a.IsIPv6LinkLocal) ?? first);
        }
        else if (local.IsAny)
        {
            if (new IPAddress(Octets(server)).IsIPv6Multicast) throw new PerfException("-6 needs an interface (-l) to reach all servers");
            global = SourceTowards(server);
        }

        ImmutableArray<ImmutableArray<byte>> macs = PerfFiles.Macs(options.MacFile);
        // RFC 8415 §11.4: a DUID of type 3, and Ethernet.
        Dialogue6Settings words = new()
        {
            FirstDuid = options.FirstDuid.IsEmpty ? [0, 3, 0, 1, .. options.FirstMac] : options.FirstDuid,
            Duids = [.. macs.Select(static mac => (ImmutableArray<byte>)[0, 3, 0, 1, .. mac])],
            WantsAddress = options.WantsAddress,
            WantsPrefix = options.WantsPrefix,
            RapidCommit = options.RapidCommit,
            Relays = !options.IsRelayed6 ? [] : options.RelayFile is { } file ? PerfFiles.Relays6(file) : [global],
            RelayPeer = global,
            Options = [.. options.Options],
            Templates = PerfFiles.Templates(options),
        };
        ushort ownPort = options.LocalPort != 0 ? options.LocalPort : options.IsRelayed6 ? ServerPort6 : ClientPort6;
        Udp6Socket socket = Udp6Socket.Open((local, ownPort), (server, options.RemotePort == 0 ? ServerPort6 : options.RemotePort), index);
        return new(socket, default, new Dialogue6(words), macs.IsEmpty ? options.Clients : macs.Length);
    }

    /// <summary>The address that this machine's routes choose for a destination. Nothing is sent.</summary>
    private static Ipv4 SourceTowards(Ipv4 server) => Ipv4.Parse(SourceTowards(new IPAddress(Octets(server))).ToString());

    private static Ipv6 SourceTowards(Ipv6 server) => Of(SourceTowards(new IPAddress(Octets(server))));

    private static IPAddress SourceTowards(IPAddress server)
    {
        try
        {
            using Socket probe = new(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            probe.Connect(server, ServerPort4);
            return (probe.LocalEndPoint as IPEndPoint)?.Address ?? throw new PerfException($"no route to {server}");
        }
        catch (SocketException failure)
        {
            throw new PerfException($"{server}: {failure.Message}", failure);
        }
    }

    private static Ipv6 Of(IPAddress address) => Ipv6.Read(address.GetAddressBytes());

    private static byte[] Octets(Ipv4 address)
    {
        byte[] octets = new byte[4];
        address.Write(octets);
        return octets;
    }

    private static byte[] Octets(Ipv6 address)
    {
        byte[] octets = new byte[16];
        address.Write(octets);
        return octets;
    }
}
