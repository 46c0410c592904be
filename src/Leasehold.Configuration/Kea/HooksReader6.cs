using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>"hooks-libraries" of the DHCPv6 server.</summary>
internal static class HooksReader6
{
    private static readonly KeyTable<Dhcp6Config> FlexIdKeys = new("the parameters of " + HooksReader.FlexId)
    {
        {
            "identifier-expression", "What gives a client its flex-id.",
            static (c, v, r) => c with { FlexIdentifierExpression = HooksReader.FlexIdentifier(v, r) }
        },
    };

    private static readonly KeyTable<Dhcp6Config> LibraryKeys = new("a hook library")
    {
        { "library", "The library's path; its file name tells the feature.", static (c, v, r) => { r.Text(v); return c; } },
        { "parameters", "The library's parameters.", static (c, v, r) => { r.Map(v); return c; }, FlexIdKeys },
    };

    private static readonly Dictionary<string, LibraryReader<Dhcp6Config>> Features = new(StringComparer.Ordinal)
    {
        [HooksReader.FlexId] = HooksReader.FlexIdBy(FlexIdKeys),
    };

    static HooksReader6()
    {
        FlexIdKeys.AddUnsupported("replace-client-id", "a flex-id does not take the place of the DUID yet", Nothing.False);
        FlexIdKeys.AddUnsupported("ignore-iaid", "the IAID is always a part of a binding", Nothing.False);
    }

    /// <summary>The keys of a library.</summary>
    public static IKeyTable Keys => LibraryKeys;

    /// <summary>Reads the list.</summary>
    public static Dhcp6Config Read(Dhcp6Config config, ConfigNode value, Reading reading) =>
        HooksReader.Read(config, value, reading, LibraryKeys, Features);
}
