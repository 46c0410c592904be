using System.Collections.Immutable;
using System.Globalization;
using Leasehold.Configuration.Model;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Kea;

/// <summary>An option that has a definition: the standard's or the administrator's.</summary>
internal sealed record DefinedOption(string Space, uint Code, string Name, OptionFormat Format);

/// <summary>The options that a configuration may name: the standard ones, and those of its option-def.</summary>
/// <param name="family">Whose options.</param>
/// <param name="around">The definitions around a map that has its own, which go before them; null for those of the whole configuration.</param>
internal sealed class OptionCatalog(Family family, OptionCatalog? around = null)
{
    private readonly Dictionary<(string Space, uint Code), DefinedOption> byCode = [];
    private readonly Dictionary<(string Space, string Name), DefinedOption> byName = [];
    private readonly HashSet<string> customSpaces = new(StringComparer.Ordinal);

    /// <summary>The administrator's definitions.</summary>
    public ImmutableArray<OptionDefinition> Custom { get; private set; } = [];

    /// <summary>Adds the administrator's definitions. Where one has a standard option's place, it counts, and a warning tells.</summary>
    public void Define(ImmutableArray<OptionDefinition> definitions, Reading reading)
    {
        Custom = [.. Custom, .. definitions];
        foreach (OptionDefinition definition in definitions)
        {
            if (FormatOf(definition, reading) is not { } format) continue;
            var option = new DefinedOption(definition.Space, definition.Code, definition.Name, format);
            if (!byCode.TryAdd((option.Space, option.Code), option))
                reading.Error(
                    definition.Origin.Of("code"),
                    $"code {option.Code} of {option.Space} is defined twice",
                    "keep one of the definitions");
            else if (!byName.TryAdd((option.Space, option.Name), option))
                reading.Error(
                    definition.Origin.Of("name"),
                    $"the name {option.Name} stands twice in {option.Space}",
                    "choose another name");

            customSpaces.Add(option.Space);
            if (format.Encapsulates is { } inner) customSpaces.Add(inner);
            if (around is null && family.ByCode(option.Space, option.Code) is { IsStandard: true } standard)
            {
                reading.Warning(
                    definition.Origin.Of("code"),
                    $"code {option.Code} of {option.Space} is the standard option {standard.Name} ({standard.Source}); the definition here is used instead",
                    "remove the definition, unless its clients need another form");
            }
        }
    }

    /// <summary>The option of a code; null when nobody defines it.</summary>
    public DefinedOption? Find(string space, uint code) =>
        byCode.TryGetValue((space, code), out DefinedOption? custom) ? custom
        : around is not null ? around.Find(space, code)
        : Standard(family.ByCode(space, code));

    /// <summary>The option of a name, today's or one of an older version; null when nobody defines it.</summary>
    public DefinedOption? Find(string space, string name) =>
        byName.TryGetValue((space, name), out DefinedOption? custom) ? custom
        : around is not null ? around.Find(space, name)
        : Standard(family.ByName(space, name));

    /// <summary>The names of a space, for a guess at what a person meant.</summary>
    public IEnumerable<string> NamesOf(string space) =>
        byName.Keys.Where(key => key.Space == space).Select(key => key.Name)
            .Concat(around?.NamesOf(space) ?? family.Options.Where(row => row.IsStandard && row.Space == space).Select(row => row.Name));

    /// <summary>True when the space has definitions, is carried by an option, or is an enterprise's ("vendor-4491").</summary>
    public bool HasSpace(string space) => customSpaces.Contains(space) || (around?.HasSpace(space) ?? IsStandardSpace(space));

    /// <summary>The space that options of a name carry; null when there is no such option, or it carries none.</summary>
    public string? SpaceOf(string option) =>
        family.Options.FirstOrDefault(row => row.IsStandard && row.Name == option && row.Format.Encapsulates is not null)?.Format.Encapsulates;

    /// <summary>The spaces by name, for a guess.</summary>
    public IEnumerable<string> Spaces => customSpaces.Concat(around?.Spaces ?? StandardSpaces);

    private ImmutableArray<string> StandardSpaces { get; } = around is not null ? [] :
    [
        .. family.Options.Where(row => row.IsStandard).Select(row => row.Space)
            .Concat(family.Options.Where(row => row.IsStandard).Select(row => row.Format.Encapsulates).OfType<string>()).Distinct(StringComparer.Ordinal),
    ];

    private bool IsStandardSpace(string space) =>
        StandardSpaces.Contains(space, StringComparer.Ordinal) || IsEnterprise(space) || family.OlderVendorSpaces.Contains(space, StringComparer.Ordinal);

    private static bool IsEnterprise(string space) =>
        space.StartsWith(OptionSpace.VendorPrefix, StringComparison.Ordinal)
        && uint.TryParse(space.AsSpan(OptionSpace.VendorPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static DefinedOption? Standard(OptionRow? row) =>
        row is { IsStandard: true } ? new(row.Space, row.Code, row.Name, row.Format) : null;

    private OptionFormat? FormatOf(OptionDefinition definition, Reading reading)
    {
        if (!OptionTypeName.TryParse(definition.Type, out OptionType type)) return null;
        var fields = ImmutableArray.CreateBuilder<OptionType>();
        foreach (string name in definition.RecordTypes)
        {
            if (!OptionTypeName.TryParse(name, out OptionType field)) return null;
            fields.Add(field);
        }

        bool created = OptionFormat.TryCreate(
            type,
            definition.Array,
            fields.DrainToImmutable(),
            definition.Encapsulate,
            family.TupleLengthOctets,
            out OptionFormat? format,
            out string? problem);
        if (created) return format;
        reading.Error(
            definition.Origin.Of(definition.RecordTypes.IsEmpty ? "type" : "record-types"),
            $"option {definition.Name} cannot be: {problem}",
            "change its type, array, record-types or encapsulate");
        return null;
    }
}
