namespace Leasehold.Engine.V6;

/// <summary>Why nothing is sent to a DHCPv6 client. Each value is one counter, one log id and one row of docs/messages.md.</summary>
public enum DropReason6 : byte
{
    /// <summary>Not dropped.</summary>
    None,

    /// <summary>The octets are no DHCPv6 message, or not one that a relay may carry; the wire error says where.</summary>
    Malformed,

    /// <summary>A message of a server or to a relay: ADVERTISE, REPLY, RECONFIGURE, RELAY-REPL (RFC 8415 §16.3, RFC 8415 §16.10, RFC 8415 §16.11, RFC 8415 §16.14).</summary>
    NotForServers,

    /// <summary>A message type that this server does not know (RFC 8415 §16).</summary>
    UnknownMessageType,

    /// <summary>No client identifier where there must be one (RFC 8415 §16.2 to RFC 8415 §16.9).</summary>
    ClientIdMissing,

    /// <summary>No server identifier where there must be one (RFC 8415 §16.4, RFC 8415 §16.6, RFC 8415 §16.8, RFC 8415 §16.9).</summary>
    ServerIdMissing,

    /// <summary>A server identifier in a message to all servers: SOLICIT, CONFIRM, REBIND (RFC 8415 §16.2, RFC 8415 §16.5, RFC 8415 §16.7).</summary>
    ServerIdUnexpected,

    /// <summary>The message names another server (RFC 8415 §16.4, RFC 8415 §16.6, RFC 8415 §16.8, RFC 8415 §16.9, RFC 8415 §16.12).</summary>
    OtherServerChosen,

    /// <summary>A client sent by unicast what must go to all servers: SOLICIT, CONFIRM, REBIND, INFORMATION-REQUEST (RFC 8415 §16).</summary>
    SentByUnicast,

    /// <summary>An INFORMATION-REQUEST with an identity association (RFC 8415 §16.12).</summary>
    AssociationUnexpected,

    /// <summary>No configured subnet fits where the packet came from.</summary>
    NoSubnet,

    /// <summary>There are subnets where the packet came from, and none is for this client's classes.</summary>
    SubnetNotForClient,

    /// <summary>The client is in class DROP.</summary>
    DropClass,

    /// <summary>A CONFIRM without an address (RFC 8415 §18.3.3).</summary>
    NothingToConfirm,

    /// <summary>A REBIND of what this server knows nothing of: it may be another server's (RFC 8415 §18.3.5).</summary>
    UnknownBinding,

    /// <summary>An ADDR-REG-INFORM that breaks a rule of RFC 9686 §4.2.1: no address, not its sender's, or with an option request.</summary>
    RegistrationInvalid,

    /// <summary>A host would register an address that does not belong to its link (RFC 9686 §4.2.1).</summary>
    RegistrationNotOnLink,

    /// <summary>A host would register an address that was leased to somebody, or declined (RFC 9686 §4.2.1).</summary>
    RegistrationOfLease,

    /// <summary>Hosts may not register addresses here.</summary>
    RegistrationDisabled,

    /// <summary>The reply is longer than a datagram that the server can send.</summary>
    ReplyTooLarge,

    /// <summary>The leases could not be stored, so they were not given.</summary>
    NotStored,

    /// <summary>The reply could not be sent.</summary>
    SendFailed,
}
