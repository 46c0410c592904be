namespace Leasehold.Protocol.V6;

/// <summary>msg-type of RFC 8415 §7.3, and those of later documents that a server meets.</summary>
public enum MessageType6 : byte
{
    None = 0,
    Solicit = 1,
    Advertise = 2,
    Request = 3,
    Confirm = 4,
    Renew = 5,
    Rebind = 6,
    Reply = 7,
    Release = 8,
    Decline = 9,
    Reconfigure = 10,
    InformationRequest = 11,
    RelayForward = 12,
    RelayReply = 13,

    /// <summary>RFC 9686 §4.2.</summary>
    AddressRegistrationInform = 36,

    /// <summary>RFC 9686 §4.3.</summary>
    AddressRegistrationReply = 37,
}

/// <summary>Status codes of option 13, RFC 8415 §21.13.</summary>
public enum StatusCode6 : ushort
{
    Success = 0,
    UnspecFail = 1,
    NoAddrsAvail = 2,
    NoBinding = 3,
    NotOnLink = 4,
    UseMulticast = 5,
    NoPrefixAvail = 6,
}
