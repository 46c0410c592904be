using System.Text.Json;
using System.Text.Json.Nodes;
using Leasehold.Configuration.Model;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Leasehold.Protocol.V4.Options;

namespace Leasehold.Engine.V4;

/// <summary>Looks at what a lease file says of relays, brings the older form to today's, and takes out what makes no sense.</summary>
internal static class ExtendedInfoCheck
{
    private const string Isc = "ISC";
    private const string Relay = "relay-agent-info";
    private const string SubOptions = "sub-options";
    private const string RemoteId = "remote-id";
    private const string RelayId = "relay-id";

    /// <summary>Checks a user context.</summary>
    /// <param name="context">JSON in UTF-8; empty for none.</param>
    /// <param name="changed">What is to be kept instead; null when it stays as it is. Empty: nothing.</param>
    /// <returns>What was wrong, for a person; null when nothing was, or only the form was old.</returns>
    public static string? Run(ReadOnlySpan<byte> context, ExtendedInfoChecks checks, out byte[]? changed)
    {
        changed = null;
        if (checks == ExtendedInfoChecks.None || context.IsEmpty) return null;
        JsonObject root;
        try
        {
            root = Parse(context);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            changed = [];
            return "the user context is no JSON map";
        }

        if (!root.TryGetPropertyValue(Isc, out JsonNode? isc)) return null;
        string? problem = null;
        if (isc is not JsonObject map) problem = Remove(root, Isc, "ISC is not a map");
        else if (!map.TryGetPropertyValue(Relay, out JsonNode? relay)) return null;
        else if (relay is JsonValue old && old.TryGetValue(out string? hex)) problem = Upgrade(map, hex);
        else if (Problem(relay, checks) is { } wrong) problem = Remove(map, Relay, wrong);
        else return null;

        if (root[Isc] is JsonObject { Count: 0 }) root.Remove(Isc);
        changed = root.Count == 0 ? [] : JsonSerializer.SerializeToUtf8Bytes(root);
        return problem;
    }

    /// <summary>All members at once, so that a name that comes twice is found here and not later.</summary>
    private static JsonObject Parse(ReadOnlySpan<byte> context)
    {
        if (JsonNode.Parse(context) is not JsonObject root) throw new JsonException();
        if (root[Isc] is JsonObject { } inner && inner[Relay] is JsonObject relay) _ = relay.Count;
        return root;
    }

    /// <summary>The first form was the sub-options alone: "0x0102…".</summary>
    private static string? Upgrade(JsonObject isc, string hex)
    {
        byte[] octets = new byte[hex.Length];
        if (!HexText.TryParseValue(hex, octets, out int length)) return Remove(isc, Relay, $"{Relay} is not hexadecimal");
        JsonObject upgraded = [];
        SubOptionReader4 subOptions = new(octets.AsSpan(0, length));
        while (subOptions.TryRead(out byte code, out ReadOnlySpan<byte> value))
        {
            string? name = code switch { RelaySubOption.RemoteId => RemoteId, RelaySubOption.RelayId => RelayId, _ => null };
            if (name is not null && !value.IsEmpty) upgraded[name] = Convert.ToHexString(value);
        }

        upgraded[SubOptions] = hex;
        isc[Relay] = upgraded;
        return null;
    }

    private static string? Problem(JsonNode? relay, ExtendedInfoChecks checks)
    {
        if (relay is not JsonObject map) return $"{Relay} is neither a map nor a text";
        if (checks == ExtendedInfoChecks.Fix) return null;
        foreach ((string name, JsonNode? value) in map)
        {
            bool known = name is SubOptions or RemoteId or RelayId;
            if (!known && name != "comment" && checks == ExtendedInfoChecks.Pedantic) return $"{Relay} has an entry {name}, which is not known";
            if (known && !IsHexadecimal(value, mayBeEmpty: name == SubOptions)) return $"{name} is not hexadecimal";
        }

        return null;
    }

    private static bool IsHexadecimal(JsonNode? value, bool mayBeEmpty)
    {
        if (value is not JsonValue text || !text.TryGetValue(out string? hex)) return false;
        if (hex is "" or "0x") return mayBeEmpty;
        return HexText.TryParseValue(hex.StartsWith("0x", StringComparison.Ordinal) ? hex : "0x" + hex, new byte[hex.Length], out _);
    }

    private static string Remove(JsonObject map, string name, string problem)
    {
        map.Remove(name);
        return problem;
    }
}
