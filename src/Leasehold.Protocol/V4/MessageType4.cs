namespace Leasehold.Protocol.V4;

/// <summary>op of RFC 2131 §2.</summary>
public enum Op4 : byte
{
    BootRequest = 1,
    BootReply = 2,
}

/// <summary>Option 53 (RFC 2132 §9.6) and its later values (IANA "DHCP Message Type 53 Values").</summary>
public enum MessageType4 : byte
{
    /// <summary>No option 53: BOOTP.</summary>
    None = 0,
    Discover = 1,
    Offer = 2,
    Request = 3,
    Decline = 4,
    Ack = 5,
    Nak = 6,
    Release = 7,
    Inform = 8,

    /// <summary>RFC 3203.</summary>
    ForceRenew = 9,

    /// <summary>RFC 4388.</summary>
    LeaseQuery = 10,
    LeaseUnassigned = 11,
    LeaseUnknown = 12,
    LeaseActive = 13,

    /// <summary>RFC 6926.</summary>
    BulkLeaseQuery = 14,
    LeaseQueryDone = 15,

    /// <summary>RFC 7724.</summary>
    ActiveLeaseQuery = 16,
    LeaseQueryStatus = 17,
    Tls = 18,
}

/// <summary>Option 52 (RFC 2132 §9.3): which fields hold options.</summary>
[Flags]
public enum OptionOverload : byte
{
    None = 0,
    File = 1,
    Sname = 2,
    Both = 3,
}
