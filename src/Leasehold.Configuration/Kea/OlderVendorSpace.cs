using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Kea;

/// <summary>Options of a space that once stood for every enterprise: since then each enterprise has its own, "vendor-" and its number.</summary>
internal static class OlderVendorSpace
{
    /// <summary>The options of one level, those of an older space in that of the enterprise that is named at the same level.</summary>
    public static ImmutableArray<OptionData> Renamed(ImmutableArray<OptionData> options, Reading reading)
    {
        ImmutableArray<string> older = reading.Family.OlderVendorSpaces;
        if (older.IsEmpty || options.FirstOrDefault(option => older.Contains(option.Space)) is not { } first) return options;
        string[] enterprises =
        [
            .. options.Where(option => option.Space == reading.Family.OptionSpace && option.Code == reading.Family.VendorOptions)
                .Select(option => option.Encapsulates).OfType<string>().Distinct(StringComparer.Ordinal),
        ];
        if (enterprises.Length > 1)
            reading.Error(
                first.Origin,
                $"space {first.Space} is of no enterprise in particular, and several are named here: {string.Join(", ", enterprises)}",
                $"write the space of one, such as \"{OptionSpace.VendorPrefix}4491\"");
        if (enterprises.Length != 1) return options;
        reading.Warning(first.Origin, $"space {first.Space} is called {enterprises[0]} today", $"write \"{enterprises[0]}\"");
        return [.. options.Select(option => older.Contains(option.Space) ? option with { Space = enterprises[0] } : option)];
    }
}
