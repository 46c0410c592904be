using Leasehold.Configuration.Model;

namespace Leasehold.Configuration.Kea;

/// <summary>"compatibility".</summary>
internal static class CompatibilityReader4
{
    /// <summary>The keys of the map.</summary>
    public static readonly KeyTable<Compatibility4> Keys = new("\"compatibility\"")
    {
        {
            "ignore-dhcp-server-identifier", "Messages that name another server are taken as meant for this one. Default false.",
            static (c, v, r) => c with { IgnoreServerIdentifier = r.Boolean(v) ?? false }
        },
        {
            "ignore-rai-link-selection", "The relay's link selection (option 82, sub-option 5) does not choose the subnet. Default false.",
            static (c, v, r) => c with { IgnoreLinkSelection = r.Boolean(v) ?? false }
        },
        {
            "lenient-option-parsing", "An option that goes past its field ends the field's options instead of spoiling the message. Default false.",
            static (c, v, r) => c with { LenientOptionParsing = r.Boolean(v) ?? false }
        },
        {
            "exclude-first-last-24", "Addresses that end in .0 or .255 are given only to clients that ask for them or have them reserved, in subnets of /24 and larger. Default false.",
            static (c, v, r) => c with { ExcludeFirstLast24 = r.Boolean(v) ?? false }
        },
    };
}
