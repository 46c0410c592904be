using Leasehold.Engine.Classification;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.Engine.V4;

/// <summary>One packet on its way through the server: what came, what was found out, what is to be answered.</summary>
/// <remarks>On the stack only; its spans point into the datagram and into the server's scratch space.</remarks>
internal ref partial struct Exchange4
{
    private ServingSubnet? subnet;
    private int clientIdLength;
    private int requestListLength;
    private int relayInfoLength;
    private int hostNameLength;
    private int fqdnLength;
    private int vendorClassLength;
    private int vendorIdentifyingClassLength;
    private int vendorIdentifyingOptionsLength;

    public Exchange4(ServingConfig config, LeaseTable4 leases, Scratch4 scratch, in Datagram datagram, Instant now, ProbeKnowledge known = default)
    {
        Known = known;
        Config = config;
        Leases = leases;
        Scratch = scratch;
        Datagram = datagram;
        Now = now;
    }

    public ServingConfig Config { get; }
    public LeaseTable4 Leases { get; }
    public Scratch4 Scratch { get; }
    public Datagram Datagram { get; }
    public Instant Now { get; }

    /// <summary>Known after step 1.</summary>
    public Dhcp4Message Message;

    public HardwareAddress Chaddr;
    public Ipv4 Ciaddr;
    public Ipv4 Giaddr;

    /// <summary>What leases know the client by: option 61 with its type octet, or what replaces it; empty when absent.</summary>
    public ReadOnlySpan<byte> ClientId;

    /// <summary>Option 61 as it came; empty when absent.</summary>
    public ReadOnlySpan<byte> SentClientId;

    /// <summary>Option 55; empty when absent.</summary>
    public ReadOnlySpan<byte> ParameterRequestList;

    /// <summary>Option 82, all of it; empty when absent.</summary>
    public ReadOnlySpan<byte> RelayInfo;

    /// <summary>Option 82 did not come with this packet; it is remembered from an earlier one.</summary>
    public bool IsRelayInfoStashed;

    /// <summary>Option 12 as it came; empty when absent.</summary>
    public ReadOnlySpan<byte> HostNameOption;

    /// <summary>Option 81 as it came; empty when absent.</summary>
    public ReadOnlySpan<byte> FqdnOption;

    /// <summary>Option 60 as it came; empty when absent.</summary>
    public ReadOnlySpan<byte> VendorClass;

    /// <summary>Option 124, all of it (RFC 3925 §3); empty when absent.</summary>
    public ReadOnlySpan<byte> VendorIdentifyingClass;

    /// <summary>Option 125, all of it (RFC 3925 §4); empty when absent.</summary>
    public ReadOnlySpan<byte> VendorIdentifyingOptions;

    /// <summary>Option 50; null when absent, not 4 octets, or 0.0.0.0.</summary>
    public Ipv4? RequestedAddress;

    /// <summary>Option 54; null when absent or not 4 octets.</summary>
    public Ipv4? ServerIdentifierOption;

    /// <summary>Option 51; null when absent or not 4 octets.</summary>
    public Lifetime? RequestedLifetime;

    /// <summary>Option 57; null when absent or not 2 octets.</summary>
    public ushort? MaxMessageSize;

    /// <summary>Option 118 (RFC 3011); null when absent or not 4 octets.</summary>
    public Ipv4? SubnetSelectionOption;

    /// <summary>Option 80 (RFC 4039) is there.</summary>
    public bool RapidCommitAsked;

    /// <summary>Sub-option 1 of option 82 (RFC 3046 §3.1); empty when absent.</summary>
    public ReadOnlySpan<byte> CircuitId;

    /// <summary>Sub-option 5 of option 82 (RFC 3527); null when absent or not 4 octets.</summary>
    public Ipv4? LinkSelection;

    /// <summary>Sub-option 11 of option 82 (RFC 5107); null when absent or not 4 octets.</summary>
    public Ipv4? ServerIdentifierOverride;

    /// <summary>Sub-option 19 of option 82 (RFC 8357): the relay listens on the port that it sent from.</summary>
    public bool RelaySourcePort;

    /// <summary>Grows with each part of step 4.</summary>
    public readonly ClassSet Classes => Scratch.Classes;

    /// <summary>Known after step 2. In a shared network another one may take its place when the address is known: <see cref="Settle"/>.</summary>
    public ServingSubnet Subnet
    {
        readonly get => subnet ?? throw new InvalidOperationException("asked for the subnet before it was located");
        set => subnet = value;
    }

    /// <summary>The packet was sent to everybody on a link, not to this server alone. Known after step 2.</summary>
    public bool WasBroadcast;

    /// <summary>The address of this server that the client or relay can reach. Known after step 2.</summary>
    public Ipv4 OwnAddress;

    /// <summary>What this server calls itself towards this client (option 54). Known after step 2.</summary>
    public Ipv4 ServerIdentifier;

    /// <summary>The client's global reservation where it was looked up before the subnet was chosen; null for a client without one, and elsewhere.</summary>
    public ServingReservation? EarlyReservation;

    /// <summary>How many classes the packet and its early reservation gave: what the place adds comes after them.</summary>
    public int EarlyClasses;

    /// <summary>Known after step 3: the client's first reservation in its subnet or network; null for a client without one.</summary>
    public ServingReservation? Reservations;

    /// <summary>Known after step 3: the client's reservation outside any subnet; null for a client without one, and where these hold nowhere in its network.</summary>
    public ServingReservation? GlobalReservation;

    /// <summary>Known after step 3, and for the subnet of the address after <see cref="Settle"/>: what the administrator keeps for this client there.</summary>
    public ServingReservation? Reservation;

    /// <summary>What the client is to be told of its address; decided by step 5.</summary>
    public Ipv4 Yiaddr;

    /// <summary>Known when the address is: <see cref="SettleAt"/>.</summary>
    public ClientName Name;

    /// <summary>Null in answers that grant no lease (NAK, the answer to INFORM).</summary>
    public LeaseTerms? Terms;

    /// <summary>What is known besides the packet's octets.</summary>
    public readonly ProbeKnowledge Known;

    /// <summary>The packet was put aside and comes again, with what was found out meanwhile.</summary>
    public readonly bool IsReplay => Known.IsReplay;

    public Outcome4 Outcome;

    /// <summary>A DISCOVER is answered with an ACK (RFC 4039).</summary>
    public readonly bool IsRapid => Outcome.Sent == MessageType4.Ack && Message.MessageType == MessageType4.Discover;

    /// <summary>The packet came through a relay agent (RFC 1542 §4).</summary>
    public readonly bool IsRelayed => !Giaddr.IsAny;

    /// <summary>Somebody keeps something for this client, whatever it is.</summary>
    public readonly bool IsKnown => Reservations is not null || GlobalReservation is not null || EarlyReservation is not null;

    /// <summary>What goes back as option 61; empty for nothing.</summary>
    /// <remarks>A client whose identifier was replaced must not see the replacement, which is the server's own.</remarks>
    public readonly ReadOnlySpan<byte> EchoedClientId => Config.EchoClientId || Config.ReplaceClientId ? SentClientId : default;

    /// <summary>What goes back as option 82: only what came.</summary>
    public readonly ReadOnlySpan<byte> EchoedRelayInfo => IsRelayInfoStashed ? default : RelayInfo;

    /// <summary>The address kept for this client in its subnet, or else in its network; null when there is none.</summary>
    /// <remarks>A reservation without an address leaves it to the others of the same client, the global one last.</remarks>
    public readonly Ipv4? ReservedAddress
    {
        get
        {
            if (Reservation?.Address is { } here && PlaceOf(here) is not null) return here;
            for (ServingReservation? other = Reservations; other is not null; other = other.Next)
            {
                if (other.Address is { } address && PlaceOf(address) is not null) return address;
            }

            return GlobalReservation?.Address is { } global && PlaceOf(global) is not null ? global : null;
        }
    }

    /// <summary>The subnet that an address of this client would be in: its own, or another of the network that serves it; null when there is none.</summary>
    public readonly ServingSubnet? PlaceOf(Ipv4 address)
    {
        if (Subnet.Prefix.Contains(address)) return Subnet;
        if (Subnet.Network is not { } network) return null;
        return Config.Subnets.OfAddress(address) is { } other && other.Network == network && other.Admits(Classes) ? other : null;
    }

    /// <summary>The client is served in this subnet from now on.</summary>
    public void Settle(ServingSubnet place)
    {
        Subnet = place;
        Outcome.SubnetId = place.Id;
        ServingReservation? found = Reservations;
        while (found is not null && found.Subnet != place) found = found.Next;
        Reservation = found ?? (place.ReservationsGlobal ? GlobalReservation : null);
    }

    /// <summary>The client gets this address: its subnet, the classes that it asks for and its name are settled.</summary>
    public void SettleAt(Ipv4 address)
    {
        if (PlaceOf(address) is { } place && place != Subnet)
        {
            Settle(place);
            Classify.ByMove(in this);
        }

        Classify.ByPlace(ref this, Subnet.PoolOf(address));
        Name = ClientName.At(in this, address);
    }

    /// <summary>The address of the reservation is kept for this client, by this reservation or by another one of the same address.</summary>
    public readonly bool IsOwn(ServingReservation reservation)
    {
        for (ServingReservation? kept = reservation; kept is not null; kept = kept.SameAddress)
        {
            ServingReservation? own = Reservations;
            while (own is not null && own != kept) own = own.Next;
            if (own is not null || kept == GlobalReservation) return true;
        }

        return false;
    }

    /// <summary>Ends the exchange without an answer. Always false, so that a step can return it.</summary>
    public bool Drop(DropReason reason)
    {
        Outcome.Drop = reason;
        return false;
    }

    /// <summary>Answers with a refusal (RFC 2131 §4.3.2).</summary>
    public void Nak(NakReason reason, Ipv4 address)
    {
        Outcome.Sent = MessageType4.Nak;
        Outcome.Nak = reason;
        Outcome.Address = address;
    }

    /// <summary>Answers with an address for a time.</summary>
    public void Grant(MessageType4 type, Ipv4 address, LeaseTerms terms)
    {
        Outcome.Sent = type;
        Outcome.Address = address;
        Yiaddr = address;
        Terms = terms;
    }
}

/// <summary>Space for values that have to be put together or changed; one for a server, used by one packet at a time.</summary>
/// <param name="classes">How many classes the configuration knows.</param>
internal sealed class Scratch4(int classes)
{
    public ClassSet Classes { get; } = new(classes);

    public OptionChanges Changes { get; } = new();

    public byte[] VendorClass { get; } = new byte[255];
    public byte[] VendorIdentifyingClass { get; } = new byte[Server4.MaxReply];
    public byte[] VendorIdentifyingOptions { get; } = new byte[Server4.MaxReply];

    /// <summary>Option 125 for one client. What is longer would not fit a reply.</summary>
    public byte[] VendorAnswer { get; } = new byte[Server4.MaxReply];

    /// <summary>Option 61 is an option, and the lease file has room for no more.</summary>
    public byte[] ClientId { get; } = new byte[Lease4.MaxClientId];

    /// <summary>Every code once, and the repetitions some clients send.</summary>
    public byte[] ParameterRequestList { get; } = new byte[512];

    /// <summary>What stands for the client identifier: an octet 0, then the flex-id.</summary>
    public byte[] FlexId { get; } = new byte[Lease4.MaxClientId];

    /// <summary>More than a reply can echo, so a value that was cut is not echoed.</summary>
    public byte[] RelayInfo { get; } = new byte[Server4.MaxReply];

    public ClassScratch Class { get; } = new();

    /// <summary>A lease's user context that is put together anew.</summary>
    public byte[] UserContext { get; } = new byte[Lease4.MaxUserContext];

    public byte[] HostNameOption { get; } = new byte[Lease4.MaxHostname];
    public byte[] HostName { get; } = new byte[Lease4.MaxHostname];
    public byte[] StoredName { get; } = new byte[Lease4.MaxHostname];
    public byte[] FqdnOption { get; } = new byte[512];
    public byte[] FqdnAnswer { get; } = new byte[3 + DomainName.MaxLength];
}
