using System.Text.Json;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Leasehold.Protocol.V4.Options;

namespace Leasehold.Engine.V4;

/// <summary>What the server notes in a lease's user context, under "ISC" as the established server does.</summary>
/// <remarks>
/// <code>
/// { "ISC": { "client-classes": [ "guests" ], "relay-agent-info": { "relay-id": "0A0B", "remote-id": "0102", "sub-options": "0x0101010202…" } } }
/// </code>
/// store-extended-info writes the map "relay-agent-info", limits of classes write the list; what else stands in a context stays there.
/// </remarks>
internal static class ExtendedInfo
{
    private static ReadOnlySpan<byte> Classes => "client-classes"u8;
    private static ReadOnlySpan<byte> Relay => "relay-agent-info"u8;

    /// <summary>The context of the packet's client.</summary>
    /// <param name="before">What its lease had; empty for nothing.</param>
    /// <returns>The same when there is nothing to note, or when what stands there is no JSON.</returns>
    public static ReadOnlySpan<byte> Of(scoped in Exchange4 x, ReadOnlySpan<byte> before)
    {
        bool relay = !x.RelayInfo.IsEmpty && (x.Subnet.StoresExtendedInfo || x.Config.Limits.NeedsRelayInfo);
        bool counted = IsCounted(in x);
        if (!relay && !counted && before.IndexOf(Classes) < 0) return before;
        WireWriter json = new(x.Scratch.UserContext);
        try
        {
            Write(in x, before, relay, counted, ref json);
        }
        catch (JsonException)
        {
            return before;
        }

        return json.Overflowed ? before : json.Length == 2 ? default : json.Written;
    }

    /// <summary>The client is in a class whose leases are counted.</summary>
    private static bool IsCounted(scoped in Exchange4 x)
    {
        foreach ((_, int index) in x.Config.Limits.Tally.Classes)
        {
            if (x.Classes.Contains(index)) return true;
        }

        return false;
    }

    private static void Write(scoped in Exchange4 x, ReadOnlySpan<byte> before, bool relay, bool counted, ref WireWriter json)
    {
        ReadOnlySpan<byte> inner = default;
        ContextSeparator separator = default;
        JsonMembers members = new(before);
        while (members.MoveNext())
        {
            if (members.Name.SequenceEqual("ISC"u8))
            {
                inner = members.Value;
                continue;
            }

            separator.Write(ref json, "{ "u8);
            json.WriteOctets(members.Member);
        }

        ContextSeparator within = default;
        members = new(inner);
        if (counted)
        {
            Begin(ref json, ref separator, ref within);
            WriteClasses(in x, ref json);
        }

        while (members.MoveNext())
        {
            if (members.Name.SequenceEqual(Classes) || (relay && members.Name.SequenceEqual(Relay))) continue;
            Begin(ref json, ref separator, ref within);
            json.WriteOctets(members.Member);
        }

        if (relay)
        {
            Begin(ref json, ref separator, ref within);
            WriteRelay(in x, ref json);
        }

        if (within.Began) json.WriteOctets(" }"u8);
        json.WriteOctets(" }"u8);
    }

    /// <summary>Begins the map "ISC" with its first member, and separates the others.</summary>
    private static void Begin(ref WireWriter json, ref ContextSeparator outer, ref ContextSeparator within)
    {
        if (!within.Began)
        {
            outer.Write(ref json, "{ "u8);
            json.WriteOctets("\"ISC\": "u8);
        }

        within.Write(ref json, "{ "u8);
    }

    private static void WriteClasses(scoped in Exchange4 x, ref WireWriter json)
    {
        ContextSeparator separator = default;
        json.WriteOctets("\"client-classes\": "u8);
        foreach ((byte[] name, int index) in x.Config.Limits.Tally.Classes)
        {
            if (!x.Classes.Contains(index)) continue;
            separator.Write(ref json, "[ "u8);
            json.WriteOctets("\""u8);
            json.WriteOctets(name);
            json.WriteOctets("\""u8);
        }

        json.WriteOctets(" ]"u8);
    }

    private static void WriteRelay(scoped in Exchange4 x, ref WireWriter json)
    {
        ReadOnlySpan<byte> remoteId = default;
        ReadOnlySpan<byte> relayId = default;
        SubOptionReader4 subOptions = new(x.RelayInfo);
        while (subOptions.TryRead(out byte code, out ReadOnlySpan<byte> value))
        {
            if (code == RelaySubOption.RemoteId) remoteId = value;
            else if (code == RelaySubOption.RelayId) relayId = value;
        }

        json.WriteOctets("\"relay-agent-info\": { "u8);
        WriteText(ref json, "\"relay-id\": \""u8, relayId);
        WriteText(ref json, "\"remote-id\": \""u8, remoteId);
        json.WriteOctets("\"sub-options\": \"0x"u8);
        ContextText.WriteHex(ref json, x.RelayInfo);
        json.WriteOctets("\" }"u8);
    }

    private static void WriteText(ref WireWriter json, scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return;
        json.WriteOctets(name);
        ContextText.WriteHex(ref json, value);
        json.WriteOctets("\", "u8);
    }
}
