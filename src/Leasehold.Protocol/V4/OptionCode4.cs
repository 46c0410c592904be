namespace Leasehold.Protocol.V4;

/// <summary>The option codes that code has a rule for. All others are rows of the option table only.</summary>
public static class OptionCode4
{
    public const byte Pad = 0;
    public const byte SubnetMask = 1;
    public const byte Routers = 3;
    public const byte DomainNameServers = 6;
    public const byte HostName = 12;
    public const byte DomainName = 15;
    public const byte BroadcastAddress = 28;

    /// <summary>vendor-encapsulated-options, RFC 2132 §8.4.</summary>
    public const byte VendorEncapsulated = 43;

    public const byte RequestedAddress = 50;
    public const byte LeaseTime = 51;
    public const byte Overload = 52;
    public const byte MessageType = 53;
    public const byte ServerIdentifier = 54;
    public const byte ParameterRequestList = 55;
    public const byte Message = 56;
    public const byte MaxMessageSize = 57;

    /// <summary>T1, RFC 2132 §9.11.</summary>
    public const byte RenewalTime = 58;

    /// <summary>T2, RFC 2132 §9.12.</summary>
    public const byte RebindingTime = 59;

    public const byte VendorClass = 60;
    public const byte ClientIdentifier = 61;
    public const byte TftpServerName = 66;
    public const byte BootFileName = 67;

    /// <summary>RFC 3004.</summary>
    public const byte UserClass = 77;

    /// <summary>RFC 4039.</summary>
    public const byte RapidCommit = 80;

    /// <summary>RFC 4702.</summary>
    public const byte ClientFqdn = 81;

    /// <summary>RFC 3046.</summary>
    public const byte RelayAgentInformation = 82;

    /// <summary>RFC 3118.</summary>
    public const byte Authentication = 90;

    /// <summary>RFC 8925.</summary>
    public const byte Ipv6OnlyPreferred = 108;

    /// <summary>RFC 3011.</summary>
    public const byte SubnetSelection = 118;

    /// <summary>RFC 3397.</summary>
    public const byte DomainSearch = 119;

    /// <summary>RFC 3442.</summary>
    public const byte ClasslessStaticRoutes = 121;

    /// <summary>RFC 3925 §3.</summary>
    public const byte VendorIdentifyingClass = 124;

    /// <summary>RFC 3925 §4.</summary>
    public const byte VendorIdentifyingOptions = 125;

    public const byte End = 255;
}

/// <summary>Sub-options of option 82 (IANA "Relay Agent Sub-Option Codes") that code has a rule for.</summary>
public static class RelaySubOption
{
    /// <summary>RFC 3046 §3.1.</summary>
    public const byte CircuitId = 1;

    /// <summary>RFC 3046 §3.2.</summary>
    public const byte RemoteId = 2;

    /// <summary>RFC 3527.</summary>
    public const byte LinkSelection = 5;

    /// <summary>RFC 3993.</summary>
    public const byte SubscriberId = 6;

    /// <summary>RFC 5010.</summary>
    public const byte Flags = 10;

    /// <summary>RFC 5107.</summary>
    public const byte ServerIdentifierOverride = 11;

    /// <summary>RFC 6925.</summary>
    public const byte RelayId = 12;

    /// <summary>RFC 8357.</summary>
    public const byte RelaySourcePort = 19;
}
