using Leasehold.Engine.Expressions;
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

    public Exchange4(ServingConfig config, LeaseTable4 leases, Scratch4 scratch, in Datagram datagram, Instant now)
    {
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

    /// <summary>Option 61 with its type octet; empty when absent.</summary>
    public ReadOnlySpan<byte> ClientId;

    /// <summary>Option 55; empty when absent.</summary>
    public ReadOnlySpan<byte> ParameterRequestList;

    /// <summary>Option 82, all of it; empty when absent.</summary>
    public ReadOnlySpan<byte> RelayInfo;

    /// <summary>Option 12 as it came; empty when absent.</summary>
    public ReadOnlySpan<byte> HostNameOption;

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

    /// <summary>Sub-option 1 of option 82 (RFC 3046 §3.1); empty when absent.</summary>
    public ReadOnlySpan<byte> CircuitId;

    /// <summary>Sub-option 5 of option 82 (RFC 3527); null when absent or not 4 octets.</summary>
    public Ipv4? LinkSelection;

    /// <summary>Sub-option 11 of option 82 (RFC 5107); null when absent or not 4 octets.</summary>
    public Ipv4? ServerIdentifierOverride;

    /// <summary>Sub-option 19 of option 82 (RFC 8357): the relay listens on the port that it sent from.</summary>
    public bool RelaySourcePort;

    /// <summary>Known after step 2.</summary>
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

    /// <summary>Known after step 3; null for a client without one.</summary>
    public ServingReservation? Reservation;

    /// <summary>What the client is to be told of its address; decided by step 5.</summary>
    public Ipv4 Yiaddr;

    /// <summary>Null in answers that grant no lease (NAK, the answer to INFORM).</summary>
    public LeaseTerms? Terms;

    public Outcome4 Outcome;

    /// <summary>The packet came through a relay agent (RFC 1542 §4).</summary>
    public readonly bool IsRelayed => !Giaddr.IsAny;

    /// <summary>The address kept for this client here; null when there is none.</summary>
    public readonly Ipv4? ReservedAddress => Reservation?.Address is { } address && Subnet.Prefix.Contains(address) ? address : null;

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
internal sealed class Scratch4
{
    /// <summary>Option 61 is an option, and the lease file has room for no more.</summary>
    public byte[] ClientId { get; } = new byte[Lease4.MaxClientId];

    /// <summary>Every code once, and the repetitions some clients send.</summary>
    public byte[] ParameterRequestList { get; } = new byte[512];

    /// <summary>More than a reply can echo, so a value that was cut is not echoed.</summary>
    public byte[] RelayInfo { get; } = new byte[Server4.MaxReply];

    public ExpressionScratch Expression { get; } = new();

    public byte[] HostNameOption { get; } = new byte[Lease4.MaxHostname];
    public byte[] HostName { get; } = new byte[Lease4.MaxHostname];
}
