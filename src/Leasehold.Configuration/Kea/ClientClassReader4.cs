using System.Collections.Immutable;
using Leasehold.Configuration.Expressions;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.Configuration.Kea;

/// <summary>An element of "client-classes" of the global map.</summary>
internal static class ClientClassReader4
{
    /// <summary>A name is written into SPAWN_name_text and into logs.</summary>
    public const int MaxName = 128;

    /// <summary>The keys of a class.</summary>
    public static readonly KeyTable<ClientClass4> Keys = new("a client class")
    {
        { "name", "The class's name.", static (c, v, r) => r.TextOrNothing(v) is { } name ? c with { Name = name } : c },
        {
            "test", "Who is in the class: an expression that is true or false.",
            static (c, v, r) => c with { Test = Text(v, r) is { } text ? ExpressionParser.ParseCondition(text, r, ExpressionFamily.V4) : null }
        },
        {
            "template-test", "An expression whose value makes a class of its own: SPAWN_name_value.",
            static (c, v, r) => c with
            {
                Test = Text(v, r) is { } text ? ExpressionParser.ParseValue(text, r, ExpressionFamily.V4) : null,
                IsTemplate = true,
            }
        },
        {
            "only-in-additional-list", "Looked at only where evaluate-additional-classes names it. Default false.",
            static (c, v, r) => c with { OnlyInAdditionalList = r.Boolean(v) ?? false }
        },
        {
            "only-if-required", "The older name of only-in-additional-list.",
            static (c, v, r) => c with { OnlyInAdditionalList = r.Boolean(v) ?? false }
        },
        {
            "option-data", "Options for the clients of the class.",
            static (c, v, r) => c with { Options = OptionDataReader.ReadAll(v, r) },
            OptionDataReader.Keys, true
        },
        { "option-def", "Definitions of option 43 and of options 224 to 254 for the options of this class.", static (c, _, _) => c, OptionDefReader.Keys, true },
        ParameterRows.OfClasses<ClientClass4>(static c => c.Parameters, static (c, p) => c with { Parameters = p }),
        LaterRows.Of<ClientClass4>(LaterRows.Level.Class),
    };

    /// <summary>Reads a class; null when it has no usable name.</summary>
    public static ClientClass4? Read(ConfigMap map, Reading reading)
    {
        OptionCatalog options = new(reading.Family, around: reading.Options);
        if (map.Find("option-def") is { } definitions) options.Define(Definitions(definitions, reading), reading);

        ClientClass4 found = reading.With(
            options,
            () => Keys.Read(new ClientClass4 { Name = "", Limits = LimitsReader.Of(map, reading), Origin = reading.OriginOf(map) }, map, reading));
        return IsUsable(found, map, reading) ? found with { Parameters = ParameterRows.Complete(found.Parameters, map, reading) } : null;
    }

    /// <summary>False for a class without a usable name; that is told, as are keys that exclude each other.</summary>
    public static bool IsUsable(ClientClass found, ConfigMap map, Reading reading)
    {
        if (map.Find("test") is { } test && map.Find("template-test") is { } template)
            reading.Error(template.Position, $"template-test and test at {test.Position} exclude each other", "make two classes of them");
        if (map.Find("only-if-required") is { } old && map.Find("only-in-additional-list") is { } newer)
            reading.Error(old.Position, $"only-if-required and only-in-additional-list at {newer.Position} say the same thing twice", "keep only-in-additional-list");
        if (found.Name.Length is > 0 and <= MaxName) return true;
        reading.Error(
            map.Find("name")?.Position ?? map.Position,
            found.Name.Length == 0 ? "this client class has no \"name\"" : $"the name has {found.Name.Length} characters, and {MaxName} are allowed",
            found.Name.Length == 0 ? "add it" : "shorten it");
        return false;
    }

    /// <summary>The text of an expression; null for an empty one, which counts as not given.</summary>
    public static ConfigString? Text(ConfigNode value, Reading reading) => reading.TextOrNothing(value) is null ? null : value as ConfigString;

    /// <summary>Definitions that may differ between classes: what option 43 is depends on the vendor, and 224 to 254 are the site's own.</summary>
    private static ImmutableArray<OptionDefinition> Definitions(ConfigNode node, Reading reading)
    {
        ImmutableArray<OptionDefinition> found = reading.Records(node, OptionDefReader.Read);
        foreach (OptionDefinition definition in found)
        {
            if (definition is not { Space: OptionSpace.Dhcp4, Code: not OptionCode4.VendorEncapsulated and (< 224 or > 254) }) continue;
            reading.Error(
                definition.Origin.Of("code"),
                $"a client class can define option 43 and the options 224 to 254 of dhcp4, and this is option {definition.Code}",
                "define it in the option-def of the whole configuration");
        }

        return found;
    }
}
