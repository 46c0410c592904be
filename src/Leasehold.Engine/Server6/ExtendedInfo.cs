using System.Buffers.Binary;
using System.Text.Json;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>What the server notes of relays in a lease's user context, under "ISC" as the established server does (store-extended-info).</summary>
/// <remarks>
/// <code>
/// { "ISC": { "relay-info": [ { "hop": 1, "link": "2001:db8::1", "options": "0x0012000465746830", "peer": "fe80::1", "relay-id": "0A0B", "remote-id": "0102" } ] } }
/// </code>
/// A map for each relay, the one nearest to the server first. What else stands in a context stays there.
/// </remarks>
internal static class ExtendedInfo
{
    private const int MaxDigitsOfHop = 3;

    private static ReadOnlySpan<byte> Relays => "relay-info"u8;

    /// <summary>The context of a lease that the packet's client gets.</summary>
    /// <param name="before">What the client's lease had; empty for nothing.</param>
    /// <returns>The same when there is nothing to note, or when what stands there is no JSON. Valid until the next call.</returns>
    public static ReadOnlySpan<byte> Of(scoped in Exchange6 x, ServingSubnet6 subnet, ReadOnlySpan<byte> before)
    {
        if (!subnet.StoresExtendedInfo || !x.IsRelayed) return before;
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

    private static void Write(scoped in Exchange6 x, ReadOnlySpan<byte> before, ref WireWriter json)
    {
        ReadOnlySpan<byte> inner = default;
        ContextSeparator outer = default;
        JsonMembers members = new(before);
        while (members.MoveNext())
        {
            if (members.Name.SequenceEqual("ISC"u8))
            {
                inner = members.Value;
                continue;
            }

            outer.Write(ref json, "{ "u8);
            json.WriteOctets(members.Member);
        }

        outer.Write(ref json, "{ "u8);
        json.WriteOctets("\"ISC\": "u8);
        ContextSeparator within = default;
        members = new(inner);
        while (members.MoveNext())
        {
            if (members.Name.SequenceEqual(Relays)) continue;
            within.Write(ref json, "{ "u8);
            json.WriteOctets(members.Member);
        }

        within.Write(ref json, "{ "u8);
        json.WriteOctets("\"relay-info\": "u8);
        ContextSeparator between = default;
        for (int i = 0; i < x.Relays.Count; i++)
        {
            between.Write(ref json, "[ "u8);
            WriteRelay(x.Relays[i], ref json);
        }

        json.WriteOctets(" ] } }"u8);
    }

    private static void WriteRelay(scoped in Dhcp6Relay relay, ref WireWriter json)
    {
        json.WriteOctets("{ \"hop\": "u8);
        Span<byte> digits = stackalloc byte[MaxDigitsOfHop];
        _ = relay.HopCount.TryFormat(digits, out int length);
        json.WriteOctets(digits[..length]);
        json.WriteOctets(", \"link\": \""u8);
        WriteAddress(relay.LinkAddress, ref json);

        // The message inside is the client's, and changes with each packet.
        json.WriteOctets("\", \"options\": \"0x"u8);
        Span<byte> head = stackalloc byte[2 * sizeof(ushort)];
        OptionReader6 options = relay.Options;
        while (options.TryRead(out ushort code, out ReadOnlySpan<byte> value))
        {
            if (code == OptionCode6.RelayMessage) continue;
            BinaryPrimitives.WriteUInt16BigEndian(head, code);
            BinaryPrimitives.WriteUInt16BigEndian(head[sizeof(ushort)..], (ushort)value.Length);
            ContextText.WriteHex(ref json, head);
            ContextText.WriteHex(ref json, value);
        }

        json.WriteOctets("\", \"peer\": \""u8);
        WriteAddress(relay.PeerAddress, ref json);
        json.WriteOctets("\""u8);
        WriteIdentifier(in relay, OptionCode6.RelayId, ", \"relay-id\": \""u8, ref json);
        WriteIdentifier(in relay, OptionCode6.RemoteId, ", \"remote-id\": \""u8, ref json);
        json.WriteOctets(" }"u8);
    }

    private static void WriteIdentifier(scoped in Dhcp6Relay relay, ushort code, scoped ReadOnlySpan<byte> name, ref WireWriter json)
    {
        if (!relay.Options.TryFind(code, out ReadOnlySpan<byte> value) || value.IsEmpty) return;
        json.WriteOctets(name);
        ContextText.WriteHex(ref json, value);
        json.WriteOctets("\""u8);
    }

    private static void WriteAddress(Ipv6 address, ref WireWriter json)
    {
        Span<char> text = stackalloc char[Ipv6.MaxTextLength];
        _ = address.TryFormat(text, out int length, default, provider: null);
        foreach (char each in text[..length]) json.WriteByte((byte)each);
    }
}
