using System.Text.Json;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Leasehold.Protocol.V4.Options;

namespace Leasehold.Engine.V4;

/// <summary>What the server notes in a lease's user context, under "ISC" as the established server does.</summary>
/// <remarks>
/// <code>
/// { "ISC": { "relay-agent-info": { "relay-id": "0A0B", "remote-id": "0102", "sub-options": "0x0101010202…" } } }
/// </code>
/// store-extended-info writes the map "relay-agent-info"; what else stands in a context stays there.
/// </remarks>
internal static class ExtendedInfo
{
    /// <summary>The context of the packet's client.</summary>
    /// <param name="before">What its lease had; empty for nothing.</param>
    /// <returns>The same when there is nothing to note, or when what stands there is no JSON.</returns>
    public static ReadOnlySpan<byte> Of(scoped in Exchange4 x, ReadOnlySpan<byte> before)
    {
        if (!x.Subnet.StoresExtendedInfo || x.RelayInfo.IsEmpty) return before;
        WireWriter json = new(x.Scratch.UserContext);
        try
        {
            Write(in x, before, ref json);
        }
        catch (JsonException)
        {
            return before;
        }

        return json.Overflowed ? before : json.Written;
    }

    private static void Write(scoped in Exchange4 x, ReadOnlySpan<byte> before, ref WireWriter json)
    {
        ReadOnlySpan<byte> inner = default;
        json.WriteOctets("{ "u8);
        JsonMembers members = new(before);
        while (members.MoveNext())
        {
            if (members.Name.SequenceEqual("ISC"u8))
            {
                inner = members.Value;
                continue;
            }

            json.WriteOctets(members.Member);
            json.WriteOctets(", "u8);
        }

        json.WriteOctets("\"ISC\": { "u8);
        members = new(inner);
        while (members.MoveNext())
        {
            if (members.Name.SequenceEqual("relay-agent-info"u8)) continue;
            json.WriteOctets(members.Member);
            json.WriteOctets(", "u8);
        }

        WriteRelay(in x, ref json);
        json.WriteOctets(" } }"u8);
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
        WriteHex(ref json, x.RelayInfo);
        json.WriteOctets("\" }"u8);
    }

    private static void WriteText(ref WireWriter json, scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return;
        json.WriteOctets(name);
        WriteHex(ref json, value);
        json.WriteOctets("\", "u8);
    }

    private static void WriteHex(ref WireWriter json, scoped ReadOnlySpan<byte> octets)
    {
        foreach (byte octet in octets)
        {
            json.WriteByte("0123456789ABCDEF"u8[octet >> 4]);
            json.WriteByte("0123456789ABCDEF"u8[octet & 15]);
        }
    }
}
