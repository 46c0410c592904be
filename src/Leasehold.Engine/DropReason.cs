namespace Leasehold.Engine;

/// <summary>Why nothing is sent. Each value is one counter, one log id and one row of docs/messages.md.</summary>
public enum DropReason : byte
{
    /// <summary>Not dropped.</summary>
    None,

    /// <summary>The octets are no DHCPv4 message; the wire error says where.</summary>
    Malformed,

    /// <summary>op is BOOTREPLY: meant for a client or a relay.</summary>
    NotARequest,

    /// <summary>No message type, and BOOTP is not served.</summary>
    BootpNotServed,

    /// <summary>A message type that a server does not answer (OFFER, ACK, unknown numbers …).</summary>
    UnexpectedMessageType,

    /// <summary>Neither a client identifier nor a hardware address: nobody to give a lease to (RFC 2131 §4.2).</summary>
    NoClientIdentity,

    /// <summary>No configured subnet fits where the packet came from.</summary>
    NoSubnet,

    /// <summary>The client is in class DROP.</summary>
    DropClass,

    /// <summary>The subnets that the packet may come from are for clients of other classes.</summary>
    SubnetNotForClient,

    /// <summary>The client chose another server (RFC 2131 §4.3.2).</summary>
    OtherServerChosen,

    /// <summary>The packet names a server identifier that is not this server's (RELEASE, DECLINE).</summary>
    OtherServerAddressed,

    /// <summary>Every address that this client could have is held by others.</summary>
    NoFreeAddress,

    /// <summary>No record of this client, so the server must remain silent (RFC 2131 §4.3.2).</summary>
    UnknownClient,

    /// <summary>A REQUEST that fits none of the four states of RFC 2131 table 4.</summary>
    InconsistentRequest,

    /// <summary>RELEASE or DECLINE of an address that this client does not have.</summary>
    NotTheHolder,

    /// <summary>The mandatory options do not fit into what the client can receive.</summary>
    ReplyTooLarge,

    /// <summary>The lease could not be stored, so it was not acknowledged.</summary>
    NotStored,

    /// <summary>The reply could not be sent.</summary>
    SendFailed,

    /// <summary>A class of the client has had as many packets answered as its rate-limit allows.</summary>
    ClassRateLimit,

    /// <summary>The subnet has had as many packets answered as its rate-limit allows.</summary>
    SubnetRateLimit,

    /// <summary>The relay's port, or the interface, has had as many new clients as new-clients-per-port allows.</summary>
    PortRateLimit,

    /// <summary>The clients of one of the client's classes have as many leases as their address-limit allows.</summary>
    ClassLeaseLimit,

    /// <summary>The subnet has as many leases as its address-limit allows.</summary>
    SubnetLeaseLimit,

    /// <summary>The clients behind the relay's port have as many leases as leases-per-port allows.</summary>
    PortLeaseLimit,

    /// <summary>The client asks again while it is being found out whether somebody uses its address.</summary>
    ProbePending,

    /// <summary>As many packets wait as parked-packet-limit allows.</summary>
    TooManyParked,
}

/// <summary>Why a client was told NAK (RFC 2131 §4.3.2).</summary>
public enum NakReason : byte
{
    None,

    /// <summary>The address does not belong to the network the client is on.</summary>
    WrongNetwork,

    /// <summary>The address is held by somebody else, or kept for somebody else.</summary>
    AddressTaken,

    /// <summary>The address is in no pool, and not kept for this client.</summary>
    NotInPool,

    /// <summary>The client has, or is to have, another address.</summary>
    OtherAddress,

    /// <summary>The server speaks for this network and knows no such lease.</summary>
    UnknownLease,

    /// <summary>A limit is reached: of a class, of the subnet, or of the relay's port.</summary>
    LimitReached,
}
