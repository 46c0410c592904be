namespace Leasehold.Protocol.V6;

/// <summary>The option codes that code has a rule for. All others are rows of the option table only.</summary>
public static class OptionCode6
{
    /// <summary>RFC 8415 §21.2.</summary>
    public const ushort ClientId = 1;

    /// <summary>RFC 8415 §21.3.</summary>
    public const ushort ServerId = 2;

    /// <summary>RFC 8415 §21.4.</summary>
    public const ushort IaNa = 3;

    /// <summary>RFC 8415 §21.5. Obsolete since RFC 9915.</summary>
    public const ushort IaTa = 4;

    /// <summary>RFC 8415 §21.6.</summary>
    public const ushort IaAddress = 5;

    /// <summary>RFC 8415 §21.7.</summary>
    public const ushort OptionRequest = 6;

    /// <summary>RFC 8415 §21.8.</summary>
    public const ushort Preference = 7;

    /// <summary>RFC 8415 §21.9. In hundredths of a second.</summary>
    public const ushort ElapsedTime = 8;

    /// <summary>RFC 8415 §21.10.</summary>
    public const ushort RelayMessage = 9;

    /// <summary>RFC 8415 §21.11.</summary>
    public const ushort Authentication = 11;

    /// <summary>RFC 8415 §21.12. Obsolete since RFC 9915.</summary>
    public const ushort ServerUnicast = 12;

    /// <summary>RFC 8415 §21.13.</summary>
    public const ushort StatusCode = 13;

    /// <summary>RFC 8415 §21.14.</summary>
    public const ushort RapidCommit = 14;

    /// <summary>RFC 8415 §21.15.</summary>
    public const ushort UserClass = 15;

    /// <summary>RFC 8415 §21.16.</summary>
    public const ushort VendorClass = 16;

    /// <summary>RFC 8415 §21.17.</summary>
    public const ushort VendorOptions = 17;

    /// <summary>RFC 8415 §21.18.</summary>
    public const ushort InterfaceId = 18;

    /// <summary>RFC 8415 §21.19.</summary>
    public const ushort ReconfigureMessage = 19;

    /// <summary>RFC 8415 §21.20.</summary>
    public const ushort ReconfigureAccept = 20;

    /// <summary>RFC 3646 §3.</summary>
    public const ushort DnsServers = 23;

    /// <summary>RFC 3646 §4.</summary>
    public const ushort DomainSearch = 24;

    /// <summary>RFC 8415 §21.21.</summary>
    public const ushort IaPd = 25;

    /// <summary>RFC 8415 §21.22.</summary>
    public const ushort IaPrefix = 26;

    /// <summary>RFC 4649 §3.</summary>
    public const ushort RemoteId = 37;

    /// <summary>RFC 4580 §2.</summary>
    public const ushort SubscriberId = 38;

    /// <summary>RFC 4704 §4.</summary>
    public const ushort ClientFqdn = 39;

    /// <summary>RFC 4994 §4.</summary>
    public const ushort EchoRequest = 43;

    /// <summary>RFC 5460 §5.4.1: the DUID of a relay.</summary>
    public const ushort RelayId = 53;

    /// <summary>RFC 6440 §3.</summary>
    public const ushort ErpLocalDomainName = 65;

    /// <summary>RFC 6422 §4.</summary>
    public const ushort RelaySuppliedOptions = 66;

    /// <summary>RFC 6603 §4.2.</summary>
    public const ushort PrefixExclude = 67;

    /// <summary>RFC 6939 §4.</summary>
    public const ushort ClientLinkLayerAddress = 79;

    /// <summary>RFC 8415 §21.24.</summary>
    public const ushort SolMaxRt = 82;

    /// <summary>RFC 8415 §21.25.</summary>
    public const ushort InfMaxRt = 83;

    /// <summary>RFC 8357 §5.</summary>
    public const ushort RelaySourcePort = 135;

    /// <summary>RFC 9463 §4.1.</summary>
    public const ushort EncryptedDns = 144;
}
