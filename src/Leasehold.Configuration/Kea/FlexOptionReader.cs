using System.Collections.Immutable;
using System.Globalization;
using Leasehold.Configuration.Expressions;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.Configuration.Kea;

/// <summary>The parameters of libdhcp_flex_option.so: options that expressions add to replies, change or remove.</summary>
internal static class FlexOptionReader
{
    public const string Library = "libdhcp_flex_option.so";

    /// <summary>What the protocol says of itself, and the lease's own times: an expression must not change what was stored.</summary>
    private static readonly ImmutableArray<uint> ProtocolsOwn =
    [
        OptionCode4.Pad, OptionCode4.RequestedAddress, OptionCode4.LeaseTime, OptionCode4.Overload, OptionCode4.MessageType, OptionCode4.ServerIdentifier,
        OptionCode4.ParameterRequestList, OptionCode4.MaxMessageSize, OptionCode4.RenewalTime, OptionCode4.RebindingTime, OptionCode4.ClientIdentifier,
        OptionCode4.RapidCommit, OptionCode4.RelayAgentInformation, OptionCode4.SubnetSelection, OptionCode4.End,
    ];

    /// <summary>An entry as it is typed.</summary>
    private sealed record Typed(ConfigMap Map)
    {
        public uint? Code { get; init; }
        public string? Name { get; init; }
        public string? Space { get; init; }
        public ConfigString? Add { get; init; }
        public ConfigString? Supersede { get; init; }
        public ConfigString? Remove { get; init; }
        public bool Csv { get; init; }
        public bool MakesContainer { get; init; } = true;
        public bool RemovesContainer { get; init; } = true;
        public string? Class { get; init; }
        public ConfigNode? SubOptions { get; init; }

        public TextPosition At(string key) => Map.Find(key)?.Position ?? Map.Position;
    }

    private static readonly KeyTable<Typed> SubRows = new("a sub-option of " + Library)
    {
        Shared(),
        { "container-add", "The option is made where it is not there. Default true.", static (o, v, r) => o with { MakesContainer = r.Boolean(v) ?? true } },
        { "container-remove", "The option goes with its last sub-option. Default true.", static (o, v, r) => o with { RemovesContainer = r.Boolean(v) ?? true } },
    };

    private static readonly KeyTable<Typed> Rows = new("an option of " + Library)
    {
        Shared(),
        { "sub-options", "What is done to options that this one carries, instead of an action.", static (o, v, r) => o with { SubOptions = r.List(v) }, SubRows, true },
    };

    /// <summary>The library's keys.</summary>
    public static readonly KeyTable<Dhcp4Config> Keys = new("the parameters of " + Library)
    {
        {
            "options", "Options of replies that expressions add, supersede or remove.",
            static (c, v, r) => c with { FlexOptions = [.. c.FlexOptions, .. r.Maps(v).SelectMany(map => Entry(map, r))] },
            Rows, true
        },
    };

    private static KeyTable<Typed> Shared() => new("")
    {
        { "code", "The option's code; code or name is needed.", static (o, v, r) => o with { Code = r.UInt32(v, 0, 255) } },
        { "name", "The option's name.", static (o, v, r) => o with { Name = r.TextOrNothing(v) } },
        { "space", "Where the name is looked for. Default dhcp4; of a sub-option, the space that the option carries.", static (o, v, r) => o with { Space = OptionDefReader.Name(v, r, "space") } },
        { "add", "The expression's value is put in where the option is not there; an empty one is not.", static (o, v, r) => o with { Add = Expression(v, r) } },
        { "supersede", "The same, also in the place of another value.", static (o, v, r) => o with { Supersede = Expression(v, r) } },
        { "remove", "The option is taken out where the expression is true.", static (o, v, r) => o with { Remove = Expression(v, r) } },
        { "csv-format", "The value is text by the option's type, not the octets themselves. Default false.", static (o, v, r) => o with { Csv = r.Boolean(v) ?? false } },
        { "client-class", "Only for clients of this class.", static (o, v, r) => o with { Class = r.TextOrNothing(v) } },
    };

    private static ConfigString? Expression(ConfigNode value, Reading reading) => reading.Text(value) is null ? null : value as ConfigString;

    private static IEnumerable<FlexOption4> Entry(ConfigMap map, Reading reading)
    {
        int before = reading.Diagnostics.ErrorCount;
        Typed typed = Rows.Read(new Typed(map), map, reading);
        if (!HasOneAction(typed, reading) || reading.Diagnostics.ErrorCount > before || Find(typed, typed.Space ?? OptionSpace.Dhcp4, reading) is not (var code, var option)) yield break;
        if (ProtocolsOwn.Contains(code))
        {
            reading.Error(typed.At(typed.Code is null ? "name" : "code"), $"option {code} is the protocol's own or the lease's, and expressions cannot change it", "remove the entry");
            yield break;
        }

        if (typed.SubOptions is not ConfigList list)
        {
            if (Made(typed, (byte)code, option, reading) is { } made) yield return made;
            yield break;
        }

        foreach (ConfigMap inner in reading.Maps(list))
        {
            if (SubEntry(inner, typed, (byte)code, option, reading) is { } made) yield return made;
        }
    }

    private static FlexOption4? SubEntry(ConfigMap map, Typed outer, byte container, DefinedOption? option, Reading reading)
    {
        int before = reading.Diagnostics.ErrorCount;
        Typed typed = SubRows.Read(new Typed(map), map, reading);
        if (!HasOneAction(typed, reading) || reading.Diagnostics.ErrorCount > before) return null;
        bool isVendors = container == OptionCode4.VendorIdentifyingOptions && option?.Space == OptionSpace.Dhcp4;
        if ((typed.Space ?? option?.Format.Encapsulates) is not { } space || (!isVendors && option is not { Format.Type: OptionType.Empty }))
        {
            reading.Error(
                map.Position,
                isVendors ? "option 125 carries the options of several enterprises" : $"option {container} carries no options",
                isVendors ? "add \"space\": \"vendor-NUMBER\"" : "define it with option-def, type empty, and the space that it encapsulates");
            return null;
        }

        uint enterprise = 0;
        if (isVendors && !uint.TryParse(space.AsSpan(Math.Min(space.Length, OptionSpace.VendorPrefix.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out enterprise))
        {
            reading.Error(typed.At("space"), $"{space} is no enterprise's space, and option 125 carries no other", "write vendor- and the enterprise number");
            return null;
        }

        if (Find(typed, space, reading) is not (var code, var inner) || Made(typed, container, inner, reading) is not { } made) return null;
        return made with
        {
            SubCode = (byte)code,
            Enterprise = isVendors ? enterprise : null,
            MakesContainer = typed.MakesContainer,
            RemovesContainer = typed.RemovesContainer,
            Classes = outer.Class is { } around ? made.Classes.Insert(0, around) : made.Classes,
        };
    }

    private static bool HasOneAction(Typed typed, Reading reading)
    {
        int actions = new object?[] { typed.Add, typed.Supersede, typed.Remove, typed.SubOptions }.Count(static a => a is not null);
        if (actions == 1) return true;
        reading.Error(
            typed.Map.Position,
            actions == 0 ? "this entry says nothing that is to be done" : $"this entry has {actions} actions, and one is allowed",
            actions == 0 ? "add one of add, supersede, remove and sub-options" : "make an entry of each");
        return false;
    }

    /// <summary>The option of a name or a code; null where it was told that there is none.</summary>
    private static (uint Code, DefinedOption? Option)? Find(Typed typed, string space, Reading reading)
    {
        if (typed is { Code: null, Name: null })
        {
            reading.Error(typed.Map.Position, "this entry has neither \"name\" nor \"code\"", "add one of them");
            return null;
        }

        DefinedOption? named = typed.Name is { } name ? reading.Options.Find(space, name) : null;
        if (typed.Name is not null && named is null)
        {
            string? near = NearestName.Of(typed.Name, reading.Options.NamesOf(space));
            reading.Error(
                typed.At("name"),
                $"there is no option \"{typed.Name}\" in space {space}",
                near is null ? "define it with option-def, or give its \"code\"" : $"did you mean \"{near}\"?");
            return null;
        }

        if (typed.Code is { } code && named is not null && named.Code != code)
        {
            reading.Error(typed.At("name"), $"option {typed.Name} of {space} has code {named.Code}, and this entry says {code}", "write one of name and code");
            return null;
        }

        uint found = typed.Code ?? named?.Code ?? 0;
        return (found, named ?? reading.Options.Find(space, found));
    }

    private static FlexOption4? Made(Typed typed, byte code, DefinedOption? option, Reading reading)
    {
        if (typed.Csv && option is null)
        {
            reading.Error(typed.At("csv-format"), $"option {typed.Code} has no definition, so its text has no types", "define it with option-def, or remove csv-format");
            return null;
        }

        FlexOption4 made = new()
        {
            Action = typed.Remove is not null ? FlexAction.Remove : typed.Supersede is not null ? FlexAction.Supersede : FlexAction.Add,
            Code = code,
            Value = (typed.Add ?? typed.Supersede) is { } value ? ExpressionParser.ParseValue(value, reading, ExpressionFamily.V4) : null,
            Condition = typed.Remove is { } condition ? ExpressionParser.ParseCondition(condition, reading, ExpressionFamily.V4) : null,
            Format = typed.Csv ? option?.Format : null,
            Classes = typed.Class is { } only ? [only] : [],
        };
        return made.Value is null && made.Condition is null ? null : made;
    }
}
