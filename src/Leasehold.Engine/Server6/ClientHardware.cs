using System.Buffers.Binary;
using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>A client's link-layer address, which DHCPv6 does not carry: where it was found, in the configured order of places.</summary>
internal readonly ref struct ClientHardware
{
    private const ushort Ethernet = 1;
    private const int EthernetLength = 6;

    // CableLabs' enterprise number, and its sub-options for the addresses of modems.
    private const uint CableLabs = 4491;
    private const ushort ModemAddressFromHeadEnd = 1026;
    private const ushort ModemDevice = 36;

    private ClientHardware(ushort type, ReadOnlySpan<byte> octets, HardwareSource6 source)
    {
        Type = type;
        Octets = octets;
        Source = source;
    }

    /// <summary>The IANA hardware type.</summary>
    public ushort Type { get; }

    /// <summary>Up to 20 octets; empty when nothing tells them.</summary>
    public ReadOnlySpan<byte> Octets { get; }

    public HardwareSource6 Source { get; }

    /// <summary>The address that the first source has which has one.</summary>
    public static ClientHardware Of(scoped in Exchange6 x)
    {
        foreach (MacSource source in x.Config.MacSources)
        {
            ClientHardware found = From(in x, source);
            if (!found.Octets.IsEmpty && found.Octets.Length <= Lease6.MaxHardwareAddress) return found;
        }

        return default;
    }

    private static ClientHardware From(scoped in Exchange6 x, MacSource source) => source switch
    {
        MacSource.Duid => FromDuid(x.ClientId),
        MacSource.LinkLocal => FromLinkLocal(x.IsRelayed ? x.Relays[x.Relays.Count - 1].PeerAddress : x.Datagram.Source, x.Scratch.Hardware),
        MacSource.ClientLinkLayerAddress => FromRelay(in x, OptionCode6.ClientLinkLayerAddress, sizeof(ushort), HardwareSource6.ClientLinkLayerAddress),
        MacSource.RemoteId => FromRelay(in x, OptionCode6.RemoteId, sizeof(uint), HardwareSource6.RemoteId),
        MacSource.SubscriberId => FromRelay(in x, OptionCode6.SubscriberId, 0, HardwareSource6.SubscriberId),
        MacSource.DocsisCmts => FromHeadEnd(in x),
        MacSource.DocsisModem => Ethernets(CableOption(x.Message.Options, ModemDevice), HardwareSource6.DocsisModem),

        // Packets come by UDP: there is no frame to look at.
        _ => default,
    };

    private static ClientHardware FromDuid(ReadOnlySpan<byte> clientId) =>
        Duid.TryRead(clientId, out Duid duid) && duid.HardwareType is { } type ? new(type, duid.LinkLayerAddress, HardwareSource6.Duid) : default;

    // RFC 4291 §2.5.1: an EUI-64 made of a MAC address has ff:fe in its middle, and the universal/local bit turned.
    private static ClientHardware FromLinkLocal(Ipv6 peer, byte[] scratch)
    {
        ulong identifier = (ulong)peer.Value;
        if (!peer.IsLinkLocal || (ushort)(identifier >> 24) != 0xFFFE) return default;
        Span<byte> octets = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(octets, identifier ^ (2UL << 56));
        octets[..3].CopyTo(scratch);
        octets[5..].CopyTo(scratch.AsSpan(3));
        return new(Ethernet, scratch.AsSpan(0, EthernetLength), HardwareSource6.LinkLocalAddress);
    }

    /// <summary>From the relay nearest to the client that says it.</summary>
    /// <param name="head">Octets before the address: of a hardware type (RFC 6939 §4) or an enterprise number (RFC 4649 §3).</param>
    private static ClientHardware FromRelay(scoped in Exchange6 x, ushort code, int head, HardwareSource6 source)
    {
        for (int i = x.Relays.Count - 1; i >= 0; i--)
        {
            if (!x.Relays[i].Options.TryFind(code, out ReadOnlySpan<byte> value) || value.Length <= head) continue;
            if (source == HardwareSource6.ClientLinkLayerAddress) return new(BinaryPrimitives.ReadUInt16BigEndian(value), value[head..], source);
            return Ethernets(value[head..], source);
        }

        return default;
    }

    private static ClientHardware FromHeadEnd(scoped in Exchange6 x)
    {
        for (int i = x.Relays.Count - 1; i >= 0; i--)
        {
            ClientHardware found = Ethernets(CableOption(x.Relays[i].Options, ModemAddressFromHeadEnd), HardwareSource6.DocsisCmts);
            if (!found.Octets.IsEmpty) return found;
        }

        return default;
    }

    // RFC 8415 §21.17: an enterprise number, then options in that vendor's own numbering.
    private static ReadOnlySpan<byte> CableOption(OptionReader6 options, ushort wanted)
    {
        while (options.TryRead(out ushort code, out ReadOnlySpan<byte> value))
        {
            if (code != OptionCode6.VendorOptions || value.Length < sizeof(uint)) continue;
            if (BinaryPrimitives.ReadUInt32BigEndian(value) == CableLabs && new OptionReader6(value[sizeof(uint)..]).TryFind(wanted, out ReadOnlySpan<byte> found)) return found;
        }

        return default;
    }

    // An identifier of another length is a name or a port, not an address.
    private static ClientHardware Ethernets(ReadOnlySpan<byte> octets, HardwareSource6 source) =>
        octets.Length == EthernetLength ? new(Ethernet, octets, source) : default;
}
