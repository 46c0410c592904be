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

    /// <summary>RFC 8415 §21.6.</summary>
    public const ushort IaAddress = 5;

    /// <summary>RFC 8415 §21.7.</summary>
    public const ushort OptionRequest = 6;

    /// <summary>RFC 8415 §21.9. In hundredths of a second.</summary>
    public const ushort ElapsedTime = 8;

    /// <summary>RFC 8415 §21.10.</summary>
    public const ushort RelayMessage = 9;

    /// <summary>RFC 8415 §21.13.</summary>
    public const ushort StatusCode = 13;

    /// <summary>RFC 8415 §21.14.</summary>
    public const ushort RapidCommit = 14;

    /// <summary>RFC 8415 §21.18.</summary>
    public const ushort InterfaceId = 18;

    /// <summary>RFC 3646 §3.</summary>
    public const ushort DnsServers = 23;

    /// <summary>RFC 3646 §4.</summary>
    public const ushort DomainSearch = 24;

    /// <summary>RFC 8415 §21.21.</summary>
    public const ushort IaPd = 25;

    /// <summary>RFC 8415 §21.22.</summary>
    public const ushort IaPrefix = 26;

    /// <summary>RFC 6440 §3.</summary>
    public const ushort ErpLocalDomainName = 65;
}
