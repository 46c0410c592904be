using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Kea;

/// <summary>An element of "option-def".</summary>
internal static class OptionDefReader
{
    /// <summary>The keys of an option definition.</summary>
    public static readonly KeyTable<OptionDefinition> Keys = new("an option definition")
    {
        { "name", "The option's name.", static (d, v, r) => d with { Name = Name(v, r, "name") ?? d.Name } },
        {
            "code", "Its code in the space: 1 to 254 in dhcp4, 0 to 255 in other spaces of DHCPv4; 1 to 65535 in dhcp6, 0 to 65535 in other spaces of DHCPv6.",
            static (d, v, r) => d with { Code = r.UInt32(v, 0, r.Family.GreatestCode) ?? 0 }
        },
        { "space", "The option space. Default dhcp4 (dhcp6).", static (d, v, r) => d with { Space = Name(v, r, "space") ?? d.Space } },
        {
            "type", "The type of its value: uint8, ipv4-address, string, record …",
            static (d, v, r) => r.Text(v) is { } type ? d with { Type = Type(type, v, r, inRecord: false) ?? d.Type } : d
        },
        {
            "array", "The value, or the last field of the record, may repeat. Default false.",
            static (d, v, r) => d with { Array = r.Boolean(v) ?? false }
        },
        { "record-types", "The fields' types, with commas between them.", static (d, v, r) => d with { RecordTypes = RecordTypes(v, r) } },
        {
            "encapsulate", "The space whose options it carries as sub-options.",
            static (d, v, r) => d with { Encapsulate = Name(v, r, "encapsulate") }
        },
        {
            "encapsulates", "The same; older documentation spells it so.",
            static (d, v, r) => d with { Encapsulate = Name(v, r, "encapsulates") }
        },
    };

    /// <summary>Reads a definition; null when it cannot be used.</summary>
    public static OptionDefinition? Read(ConfigMap map, Reading reading)
    {
        int before = reading.Diagnostics.ErrorCount;
        var empty = new OptionDefinition { Name = "", Code = 0, Space = reading.Family.OptionSpace, Type = "", Origin = reading.OriginOf(map) };
        OptionDefinition definition = Keys.Read(empty, map, reading);
        foreach (string key in (string[])["name", "code", "type"])
        {
            if (map.Find(key) is null) reading.Error(map.Position, $"this option definition has no \"{key}\"", "add it");
        }

        if (reading.Diagnostics.ErrorCount > before) return null;
        CheckShape(definition, reading);
        return reading.Diagnostics.ErrorCount > before ? null : definition;
    }

    private static void CheckShape(OptionDefinition definition, Reading reading)
    {
        Origin at = definition.Origin;
        if (definition is { Space: "dhcp4", Code: 0 or 255 })
            reading.Error(
                at.Of("code"),
                $"code {definition.Code} of dhcp4 is {(definition.Code == 0 ? "PAD" : "END")} and cannot be defined (RFC 2132 §3)",
                "choose one of 224 to 254");
        if (definition is { Type: "empty", Array: true })
            reading.Error(at.Of("array"), "an option without a value cannot be an array", "write \"array\": false");
        if (definition is { Space: "dhcp6", Code: 0 })
            reading.Error(at.Of("code"), "code 0 of dhcp6 is reserved and cannot be defined", "choose another one");
        if (definition.Encapsulate == definition.Space)
            reading.Error(
                at.Of("encapsulate"),
                $"the option is of the space {definition.Space} and cannot carry that space",
                "name another space");
    }

    private static ImmutableArray<string> RecordTypes(ConfigNode value, Reading reading)
    {
        if (reading.TextOrNothing(value) is not { } text) return [];
        string?[] types = [.. text.Split(',').Select(type => Type(type.Trim(), value, reading, inRecord: true))];
        return types.Contains(null) ? [] : [.. types.OfType<string>()];
    }

    private static string? Type(string type, ConfigNode value, Reading reading, bool inRecord)
    {
        IEnumerable<string> allowed = OptionTypeName.All.Where(name => !inRecord || name is not ("record" or "empty"));
        if (allowed.Contains(type, StringComparer.Ordinal)) return type;
        string? near = NearestName.Of(type, allowed);
        reading.Error(
            value.Position,
            $"\"{type}\" is not a type of an option's {(inRecord ? "field" : "value")}",
            near is null ? $"write one of {string.Join(", ", allowed)}" : $"did you mean \"{near}\"?");
        return null;
    }

    /// <summary>The name of an option or a space: letters, digits, '-' and '_', not at the ends.</summary>
    public static string? Name(ConfigNode value, Reading reading, string key)
    {
        if (reading.TextOrNothing(value) is not { } name) return null;
        bool valid = name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && name[0] is not ('-' or '_') && name[^1] is not ('-' or '_');
        if (valid) return name;
        reading.Error(
            value.Position,
            $"\"{name}\" is not usable as {key}: names have letters, digits, '-', '_' and '.', and no '-' or '_' at the ends",
            "choose another name");
        return null;
    }
}
