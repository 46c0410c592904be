using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Kea;

/// <summary>An element of "option-data", at any level.</summary>
internal static class OptionDataReader
{
    /// <summary>An option as it is typed.</summary>
    private sealed record Typed(ConfigMap Map, string Space)
    {
        public string? Name { get; init; }
        public uint? Code { get; init; }
        public string? Data { get; init; }
        public bool? Csv { get; init; }
        public bool Always { get; init; }
        public bool Never { get; init; }
        public ImmutableArray<string> Classes { get; init; } = [];

        public TextPosition At(string key) => Map.Find(key)?.Position ?? Map.Position;
    }

    private static readonly KeyTable<Typed> Rows = new("an option")
    {
        { "name", "The option's name; name or code is needed.", static (o, v, r) => o with { Name = r.TextOrNothing(v) } },
        { "code", "The option's code.", static (o, v, r) => o with { Code = r.UInt32(v, 0, r.Family.GreatestCode) } },
        {
            "space", "The option space. Default dhcp4 (dhcp6); \"vendor-4491\" goes into option 125 (17).",
            static (o, v, r) => o with { Space = OptionDefReader.Name(v, r, "space") ?? o.Space }
        },
        {
            "data", "The value: text by the option's type, with commas between several, or hexadecimal.",
            static (o, v, r) => o with { Data = r.Text(v) }
        },
        {
            "csv-format", "True: by type. False: hexadecimal octets. Default: true where the option has a definition.",
            static (o, v, r) => o with { Csv = r.Boolean(v) }
        },
        {
            "always-send", "Sent even when the client did not ask. Default false.",
            static (o, v, r) => o with { Always = r.Boolean(v) ?? false }
        },
        {
            "never-send", "Not sent, whatever other levels say. Default false.",
            static (o, v, r) => o with { Never = r.Boolean(v) ?? false }
        },
        {
            "client-classes", "Only clients in one of these classes get the value.",
            static (o, v, r) => o with { Classes = ClassRows.Names(v, r) },
            null, true
        },
    };

    /// <summary>The keys of an option.</summary>
    public static IKeyTable Keys => Rows;

    /// <summary>Reads a list of options.</summary>
    public static ImmutableArray<OptionData> ReadAll(ConfigNode node, Reading reading) =>
        OlderVendorSpace.Renamed(reading.Records(node, Read), reading);

    private static OptionData? Read(ConfigMap map, Reading reading)
    {
        int before = reading.Diagnostics.ErrorCount;
        Typed typed = Rows.Read(new Typed(map, reading.Family.OptionSpace), map, reading);
        if (reading.Diagnostics.ErrorCount > before) return null;
        if (typed is { Name: null, Code: null })
        {
            reading.Error(map.Position, "this option has neither \"name\" nor \"code\"", "add one of them");
            return null;
        }

        if (!Identify(typed, reading, out DefinedOption? option, out uint code)) return null;
        if (typed.Space == reading.Family.OptionSpace && reading.Family.Unsettable.Contains(code))
        {
            reading.Error(
                typed.At(typed.Code is null ? "name" : "code"),
                $"option {code} is the protocol's own and cannot be set",
                "remove it");
            return null;
        }

        if (!Encode(typed, option, reading, out ImmutableArray<byte> data, out bool asTyped)) return null;
        if (typed.Space != reading.Family.OptionSpace && data.Length > reading.Family.GreatestSubOption)
        {
            reading.Error(typed.At("data"), $"the value has {data.Length} octets, and a sub-option holds {reading.Family.GreatestSubOption}", "shorten it");
            return null;
        }

        return new()
        {
            Space = typed.Space,
            Code = code,
            Data = data,
            AlwaysSend = typed.Always,
            NeverSend = typed.Never,
            Classes = typed.Classes,
            Encapsulates = asTyped ? null : SubSpace(option, data, reading.Family),
            Origin = map.Position,
        };
    }

    /// <summary>Finds the definition, by code first as the established server does, and checks that name and code agree.</summary>
    private static bool Identify(Typed typed, Reading reading, out DefinedOption? option, out uint code)
    {
        OptionCatalog catalog = reading.Options;
        option = null;
        code = typed.Code ?? 0;
        if (!catalog.HasSpace(typed.Space))
        {
            // Guides name the option that carries a space instead of the space: "s46-cont-lw".
            string? carried = catalog.SpaceOf(typed.Space);
            string? near = carried ?? NearestName.Of(typed.Space, catalog.Spaces);
            reading.Error(
                typed.At("space"),
                carried is null
                    ? $"no option is defined in space \"{typed.Space}\", and no option carries it"
                    : $"\"{typed.Space}\" is an option and no space",
                near is null ? "define one with option-def" : $"did you mean \"{near}\"?");
            return false;
        }

        if (typed.Code is { } given)
        {
            option = catalog.Find(typed.Space, given);
            TellOlderName(typed, option, reading);
            if (option is null || typed.Name is null || option.Name == typed.Name || catalog.Find(typed.Space, typed.Name)?.Code == given)
                return true;
            string other = catalog.Find(typed.Space, typed.Name) is { } named
                ? $"option {typed.Name} has code {named.Code}"
                : $"it is called {option.Name}";
            reading.Error(
                typed.At("name"),
                $"option {given} of {typed.Space} is not {typed.Name}: {other}",
                "write one of name and code, or correct one");
            return false;
        }

        string name = typed.Name ?? "";
        option = catalog.Find(typed.Space, name);
        if (option is not null)
        {
            TellOlderName(typed, option, reading);
            code = option.Code;
            return true;
        }

        string? nearest = NearestName.Of(name, catalog.NamesOf(typed.Space));
        reading.Error(
            typed.At("name"),
            $"there is no option \"{name}\" in space {typed.Space}",
            nearest is not null
                ? $"did you mean \"{nearest}\"?"
                : "define it with option-def, or give its \"code\" and the data in hexadecimal");
        return false;
    }

    /// <summary>The first guide to DHCPv6 calls option 17 by the name that DHCPv4's option 43 has.</summary>
    private static void TellOlderName(Typed typed, DefinedOption? option, Reading reading)
    {
        if (typed.Name is not { } name || option is null || option.Name == name || reading.Options.Find(typed.Space, name)?.Code != option.Code) return;
        reading.Warning(typed.At("name"), $"option {option.Code} of {typed.Space} is called {option.Name} today", $"write \"{option.Name}\"");
    }

    /// <summary>The value's octets.</summary>
    /// <param name="asTyped">True when the octets are the whole option, sub-options included.</param>
    private static bool Encode(Typed typed, DefinedOption? option, Reading reading, out ImmutableArray<byte> data, out bool asTyped)
    {
        data = [];
        asTyped = false;
        string text = typed.Data ?? "";

        // What is never sent needs no value.
        if (typed.Never && text.Length == 0) return true;

        // Without csv-format the definition decides; without a definition there are only octets.
        if (option is null && typed.Csv == true)
        {
            reading.Error(
                typed.At("csv-format"),
                $"option {typed.Code} of {typed.Space} has no definition, so its text has no types",
                "define it with option-def, or leave csv-format out and write hexadecimal");
            return false;
        }

        if (option is null || typed.Csv == false)
        {
            bool isContainer = option is { Format: { Type: OptionType.Empty, Encapsulates: not null } } || IsVendorOptions(option, reading.Family);
            asTyped = isContainer && text.Length > 0;
            return EncodeHex(typed, text, reading, out data);
        }

        // A container, such as option 43: hexadecimal octets are its whole value, as they are typed.
        if (option.Format.Type == OptionType.Empty)
        {
            if (text.Trim().Length == 0) return true;
            asTyped = true;
            if (OptionEncoder.TryEncodeHex(text, out data, out _)) return true;
            reading.Error(
                typed.At("data"),
                $"option {option.Name} has no value of its own, and '{text}' is not hexadecimal",
                option.Format.Encapsulates is { } space
                    ? $"leave data empty and give options of space {space}, or write the octets in hexadecimal"
                    : "leave data empty");
            return false;
        }

        bool done = OptionEncoder.TryEncode(option.Format, text, out data, out OptionTextError error);
        if (!done)
            reading.Error(
                typed.At("data"),
                $"option {option.Name}: {error}",
                Remedy(option, error));
        else if (error.Kind == OptionTextErrorKind.Unused)
            reading.Warning(typed.At("data"), $"option {option.Name}: {error}", @"write \\, for a comma inside a value");
        return done;
    }

    private static bool EncodeHex(Typed typed, string text, Reading reading, out ImmutableArray<byte> data)
    {
        if (OptionEncoder.TryEncodeHex(text, out data, out OptionTextError error)) return true;
        reading.Error(
            typed.At("data"),
            $"option {typed.Name ?? $"{typed.Code}"}: {error}",
            typed.Csv == false
                ? "write octets in hexadecimal, or \"csv-format\": true for text"
                : "write octets in hexadecimal, or define the option with option-def");
        return false;
    }

    /// <summary>The space whose options follow the value.</summary>
    /// <remarks>RFC 3925 §4, RFC 8415 §21.17: the value of 125 (17) is an enterprise number; its space is named by that.</remarks>
    private static string? SubSpace(DefinedOption? option, ImmutableArray<byte> data, Family family)
    {
        if (IsVendorOptions(option, family) && data.Length == 4)
            return OptionSpace.VendorPrefix + System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan());
        return option?.Format.Encapsulates;
    }

    private static bool IsVendorOptions(DefinedOption? option, Family family) =>
        option is not null && option.Space == family.OptionSpace && option.Code == family.VendorOptions;

    /// <summary>What to do about a value that is not of its type.</summary>
    private static string Remedy(DefinedOption option, OptionTextError error)
    {
        string write = $"write {Expected(option.Format)}, or octets in hexadecimal with \"csv-format\": false";
        bool isIpv4Field = error.Expected == OptionEncoder.ExpectedOf(OptionType.Ipv4Address);
        return isIpv4Field && Ipv6.TryParse(error.Found, out _) ? $"{write}; for IPv6 addresses the option's definition says ipv6-address" : write;
    }

    /// <summary>The form of a value, for a remedy: "a list of ipv4-address".</summary>
    private static string Expected(OptionFormat format)
    {
        string one = format.Type == OptionType.Record
            ? string.Join(", ", format.Fields.Select(OptionTypeName.Of))
            : OptionTypeName.Of(format.Type);
        return format.Type switch
        {
            OptionType.EncryptedDns4 => "resolvers such as 10, dot.example.org., 192.0.2.53, alpn=dot port=853, with '|' between several",
            OptionType.EncryptedDns6 => "a resolver such as 10, dot.example.org., 2001:db8::53, alpn=dot port=853",
            OptionType.ClasslessRoutes => "routes such as 10.0.0.0/8 - 192.0.2.1, 0.0.0.0/0 - 192.0.2.2",
            OptionType.Record => $"fields with commas between ({one}{(format.IsArray ? ", the last repeated" : "")})",
            _ => format.IsArray ? $"values of type {one} with commas between" : $"one value of type {one}",
        };
    }
}
