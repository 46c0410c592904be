using Leasehold.Configuration.Kea;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Expressions;

/// <summary>The options that an expression may name: the standard ones of its family, and those of the configuration.</summary>
/// <param name="catalog">The configuration's; null for an expression outside of one.</param>
internal sealed class ExpressionOptions(ExpressionFamily family, OptionCatalog? catalog)
{
    private static readonly OptionCatalog Standard4 = new(Configuration.Family.V4);
    private static readonly OptionCatalog Standard6 = new(Configuration.Family.V6);

    // RFC 3925 §3, §4; RFC 8415 §21.17.
    private const uint VendorOptions4 = 125;
    private const uint VendorOptions6 = 17;

    private readonly OptionCatalog catalog = catalog ?? (family == ExpressionFamily.V4 ? Standard4 : Standard6);

    public ExpressionFamily Family => family;

    /// <summary>The space of a message's own options.</summary>
    public string MessageSpace => family == ExpressionFamily.V4 ? OptionSpace.Dhcp4 : OptionSpace.Dhcp6;

    /// <summary>The greatest code.</summary>
    public ushort MaxCode => family == ExpressionFamily.V4 ? byte.MaxValue : ushort.MaxValue;

    /// <summary>The space of an enterprise's options.</summary>
    public static string VendorSpace(uint enterprise) => $"{OptionSpace.VendorPrefix}{enterprise}";

    /// <summary>A step to an option by its code; its format is null when nobody defines it.</summary>
    /// <param name="space">Null where the code's space is not known.</param>
    public OptionStep Step(string? space, ushort code)
    {
        OptionFormat? format = space is null ? null : Find(space, code);
        return new(code, format, Inside(space, code, format));
    }

    /// <summary>The code of a name. Null when the space has no such option.</summary>
    public ushort? Find(string space, string name) => (ushort?)catalog.Find(space, name)?.Code;

    /// <summary>The name that was probably meant; null when none is near.</summary>
    public string? Near(string space, string name) => NearestName.Of(name, catalog.NamesOf(space));

    private OptionFormat? Find(string space, ushort code) => catalog.Find(space, code)?.Format;

    private SubOptions Inside(string? space, ushort code, OptionFormat? format)
    {
        if (space == MessageSpace && code == (family == ExpressionFamily.V4 ? VendorOptions4 : VendorOptions6)) return SubOptions.OfFirstVendor;
        if (format?.Encapsulates == OptionSpace.RelayAgent) return SubOptions.WithoutPadding;
        return format is null or { Type: OptionType.Binary } or { Encapsulates: not null } ? SubOptions.AfterValue : SubOptions.None;
    }
}
