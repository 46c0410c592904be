using Leasehold.Engine.Classification;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>One packet on its way through the server: what came, what was found out, what is to be answered.</summary>
/// <remarks>On the stack only; its spans point into the datagram and into the server's scratch space.</remarks>
internal ref partial struct Exchange6
{
    private ServingSubnet6? subnet;

    public Exchange6(ServingConfig6 config, LeaseTable6 leases, Scratch6 scratch, in Datagram6 datagram, Instant now, Random random)
    {
        Config = config;
        Leases = leases;
        Scratch = scratch;
        Datagram = datagram;
        Now = now;
        Random = random;
        Outcome = new() { Changes = scratch.Changes };
        scratch.Clear();
    }

    public ServingConfig6 Config { get; }
    public LeaseTable6 Leases { get; }
    public Scratch6 Scratch { get; }
    public Datagram6 Datagram { get; }
    public Instant Now { get; }

    /// <summary>For the allocator that chooses by chance.</summary>
    public Random Random { get; }

    /// <summary>The relays that the message went through. Known after step 1, as all that follows up to the subnet.</summary>
    public RelayChain Relays;

    /// <summary>What the client wrote.</summary>
    public Dhcp6Message Message;

    /// <summary>Option 1, a DUID; empty when absent.</summary>
    public ReadOnlySpan<byte> ClientId;

    /// <summary>Option 2; empty when absent.</summary>
    public ReadOnlySpan<byte> ServerIdOption;

    /// <summary>Option 6: codes of 2 octets each; empty when absent.</summary>
    public ReadOnlySpan<byte> OptionRequest;

    /// <summary>Option 39 (RFC 4704); empty when absent.</summary>
    public ReadOnlySpan<byte> FqdnOption;

    /// <summary>Option 5 of the message itself (RFC 9686 §4.2); empty when absent.</summary>
    public ReadOnlySpan<byte> RegisteredOption;

    /// <summary>Option 14 is there: a REPLY instead of an ADVERTISE would be welcome.</summary>
    public bool WantsRapidCommit;

    /// <summary>IA_NA, IA_TA or IA_PD options are there.</summary>
    public bool HasAssociation;

    /// <summary>The client's link-layer address as the configured sources tell it; empty when none does. Known after step 3, as the reservation.</summary>
    public ClientHardware Hardware;

    /// <summary>Null for a client without one.</summary>
    public ServingReservation6? Reservation;

    /// <summary>The global reservation where it is looked up before the subnet is chosen; its classes hold wherever the client is. Null for none.</summary>
    public ServingReservation6? EarlyReservation;

    /// <summary>How many classes the packet and the early reservation gave.</summary>
    public int EarlyClasses;

    public Outcome6 Outcome;

    /// <summary>True once a subnet was found; an INFORMATION-REQUEST is answered without one, too.</summary>
    public readonly bool IsLocated => subnet is not null;

    /// <summary>The subnet that was chosen first. Known after step 2.</summary>
    public ServingSubnet6 Subnet
    {
        readonly get => subnet ?? throw new InvalidOperationException("asked for the subnet before it was located");
        set => subnet = value;
    }

    /// <summary>Grows with each part of step 4.</summary>
    public readonly ClassSet Classes => Scratch.Classes;

    /// <summary>What each identity association of the message gets; decided by step 5.</summary>
    public readonly Bindings Bindings => Scratch.Bindings;

    /// <summary>The packet came through a relay agent.</summary>
    public readonly bool IsRelayed => Relays.Count > 0;

    /// <summary>The client sent to this server alone. A relay may do so; a client must have been told to.</summary>
    public readonly bool WasUnicast => !IsRelayed && !Datagram.Destination.IsMulticast;

    /// <summary>All identity associations of the message, those of IA_TA left out.</summary>
    public readonly WantedAssociations Associations => new(Message.Options);

    /// <summary>Ends the exchange without an answer. Always false, so that a step can return it.</summary>
    public bool Drop(DropReason6 reason)
    {
        Outcome.Drop = reason;
        return false;
    }

    /// <summary>Answers. Always true, so that a step can return it.</summary>
    public bool Send(MessageType6 type, StatusCode6 status = StatusCode6.Success)
    {
        Outcome.Sent = type;
        Outcome.Status = status;
        return true;
    }
}

/// <summary>Space for what a packet needs beyond the stack; one for a server, used by one packet at a time.</summary>
/// <param name="classes">How many classes the configuration knows.</param>
internal sealed class Scratch6(int classes)
{
    public ClassSet Classes { get; } = new(classes);
    public ClassScratch Class { get; } = new();
    public LeaseChanges6 Changes { get; } = new();
    public Bindings Bindings { get; } = new();

    /// <summary>A link-layer address that was made out of an interface identifier.</summary>
    public byte[] Hardware { get; } = new byte[Lease6.MaxHardwareAddress];

    /// <summary>A client's name in labels.</summary>
    public byte[] Labels { get; } = new byte[DomainName.MaxLength];

    /// <summary>The same in lower case, without what does not belong into a name.</summary>
    public byte[] CleanLabels { get; } = new byte[DomainName.MaxLength];

    /// <summary>The name that the client gets, in labels: its own, and a suffix.</summary>
    public byte[] Name { get; } = new byte[2 * DomainName.MaxLength];

    /// <summary>The same as text.</summary>
    public byte[] HostName { get; } = new byte[Lease6.MaxHostname];

    /// <summary>What is noted in a lease.</summary>
    public byte[] UserContext { get; } = new byte[Lease6.MaxUserContext];

    public void Clear()
    {
        Changes.Clear();
        Bindings.Clear();
    }
}
