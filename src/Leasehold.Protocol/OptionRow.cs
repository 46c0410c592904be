using System.Collections.Immutable;

namespace Leasehold.Protocol;

/// <summary>One option as the tables know it.</summary>
public sealed record OptionRow
{
    /// <summary>The space that the code belongs to; one of <see cref="OptionSpace"/> or "vendor-" and an enterprise number.</summary>
    public required string Space { get; init; }

    public required uint Code { get; init; }

    /// <summary>The name in the JSON dialect; where that has none (<see cref="IsStandard"/> is false), the registry's or dhcpd's.</summary>
    public required string Name { get; init; }

    /// <summary>dhcpd's name without its space; null when dhcpd does not know the option.</summary>
    public string? DhcpdName { get; init; }

    public required OptionFormat Format { get; init; }

    /// <summary>Where the option is defined: "RFC 2132 §3.8", or who uses it.</summary>
    public required string Source { get; init; }

    /// <summary>Names that older versions of the JSON dialect or other documents used.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>
    /// True when the JSON dialect knows the option by itself. False for options that it leaves to the administrator's own definition;
    /// those rows only give a name and a shape where a packet is shown.
    /// </summary>
    public bool IsStandard { get; init; } = true;
}

/// <summary>The names of the standard option spaces.</summary>
public static class OptionSpace
{
    public const string Dhcp4 = "dhcp4";
    public const string Dhcp6 = "dhcp6";

    /// <summary>Sub-options of option 82, RFC 3046 §2.0.</summary>
    public const string RelayAgent = "dhcp-agent-options-space";

    /// <summary>Sub-options of option 43, RFC 2132 §8.4. Empty until the administrator defines some.</summary>
    public const string VendorEncapsulated = "vendor-encapsulated-options-space";

    /// <summary>Sub-options of DHCPv4's option 122, RFC 3495 §4.</summary>
    public const string CableLabs = "cablelabs-client-conf";

    /// <summary>Enterprise 2495's DHCPv6 options between the two servers of RFC 7341.</summary>
    public const string Dhcp4o6 = "4o6";

    /// <summary>What the spaces of options 124 and 125 (DHCPv6: 16 and 17) begin with; the enterprise number follows.</summary>
    public const string VendorPrefix = "vendor-";
}
