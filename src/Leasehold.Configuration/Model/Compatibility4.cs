namespace Leasehold.Configuration.Model;

/// <summary>Exceptions from the RFCs, for clients and relays that cannot be mended.</summary>
public sealed record Compatibility4
{
    /// <summary>ignore-dhcp-server-identifier: messages that name another server are taken as meant for this one.</summary>
    public bool IgnoreServerIdentifier { get; init; }

    /// <summary>ignore-rai-link-selection: what the relay says in sub-option 5 (RFC 3527) does not choose the subnet.</summary>
    public bool IgnoreLinkSelection { get; init; }

    /// <summary>lenient-option-parsing: an option that is cut ends the options of its field instead of spoiling the message.</summary>
    public bool LenientOptionParsing { get; init; }

    /// <summary>exclude-first-last-24: addresses that end in .0 or .255 are passed over in subnets of /24 and larger.</summary>
    public bool ExcludeFirstLast24 { get; init; }
}
