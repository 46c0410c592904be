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
        string? inner = InnerSpace(space, code, format);
        return new(code, format, Inside(space, code, format, inner), inner);
    }

    /// <summary>The code of a name. Null when the space has no such option.</summary>
    public ushort? Find(string space, string name) => (ushort?)catalog.Find(space, name)?.Code;

    /// <summary>The name that was probably meant; null when none is near.</summary>
    public string? Near(string space, string name) => NearestName.Of(name, catalog.NamesOf(space));

    private OptionFormat? Find(string space, ushort code) => catalog.Find(space, code)?.Format;

    // RFC 8415 §21.4 to §21.6, §21.21, §21.22: identity associations and what is in them carry options of the message's own space.
    private string? InnerSpace(string? space, ushort code, OptionFormat? format) =>
        format?.Encapsulates ?? (family == ExpressionFamily.V6 && space == MessageSpace && code is (3 or 4 or 5 or 25 or 26) ? MessageSpace : null);

    private SubOptions Inside(string? space, ushort code, OptionFormat? format, string? inner)
    {
        if (space == MessageSpace && code == (family == ExpressionFamily.V4 ? VendorOptions4 : VendorOptions6)) return SubOptions.OfFirstVendor;
        if (inner is not null) return inner == OptionSpace.RelayAgent ? SubOptions.WithoutPadding : SubOptions.AfterValue;
        return format is null or { Type: OptionType.Binary } ? SubOptions.WholeValue : SubOptions.None;
    }
}
