using Leasehold.Fuzz.Driving;
using Leasehold.Fuzz.Mutation;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Fuzz.Targets;

/// <summary>A DHCPv6 message, or a chain of relays' messages: read to the innermost, and written again.</summary>
internal sealed class Message6Target : Target
{
    // More relays than fit any datagram that is fed here.
    private const int MaxNesting = 200;

    private readonly byte[] rewritten = new byte[65536];

    public override string Name => "message6";

    public override string About => "a DHCPv6 message and relay chain: never throws, views lie inside, what is written again is the same";

    public override Shape Shape => Shape.Message6;

    public override IEnumerable<byte[]> Seeds(string tests)
    {
        byte[] clientId = [0, 1, 0, 14, 0, 1, 0, 1, 0x2c, 0, 0, 1, 2, 0, 0x5e, 0x10, 0, 1];
        byte[] address = [0, 5, 0, 24, 0x20, 1, 0x0d, 0xb8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0x0e, 0x10, 0, 0, 0x1c, 0x20];
        byte[] prefix = [0, 26, 0, 25, 0, 0, 0x0e, 0x10, 0, 0, 0x1c, 0x20, 56, 0x20, 1, 0x0d, 0xb8, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        byte[] asked = [0, 6, 0, 6, 0, 23, 0, 24, 0, 39, 0, 8, 0, 2, 0, 0];
        byte[] solicit = [1, 1, 2, 3, .. clientId, .. asked, 0, 3, 0, 12, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 25, 0, 12, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 14, 0, 0];
        byte[] request =
        [
            3, 1, 2, 4, .. clientId, 0, 2, 0, 10, 0, 3, 0, 1, 2, 0, 0x5e, 0x10, 0, 0xff, .. asked,
            0, 3, 0, 40, 0, 0, 0, 1, 0, 0, 7, 8, 0, 0, 0x0b, 0x40, .. address, 0, 25, 0, 41, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, .. prefix,
        ];
        byte[] reply = [7, 1, 2, 4, .. clientId, 0, 13, 0, 8, 0, 0, .. "all ok"u8, 0, 23, 0, 16, .. new byte[16], 0, 24, 0, 9, 7, .. "example"u8, 0, 0, 39, 0, 6, 1, 4, .. "host"u8];
        byte[] vendor = [11, 1, 2, 5, .. clientId, 0, 16, 0, 9, 0, 0, 1, 0x37, 0, 3, .. "pxe"u8, 0, 17, 0, 10, 0, 0, 1, 0x37, 0, 1, 0, 2, 9, 9, 0, 15, 0, 5, 0, 3, .. "abc"u8];
        byte[] relayed = [12, 0, .. new byte[32], 0, 18, 0, 4, .. "eth1"u8, 0, 37, 0, 6, 0, 0, 1, 0x37, 1, 2, 0, 9, 0, (byte)solicit.Length, .. solicit];
        return [solicit, request, reply, vendor, relayed, [12, 1, .. new byte[32], 0, 79, 0, 8, 0, 1, 2, 0, 0x5e, 0x10, 0, 1, 0, 9, 0, (byte)relayed.Length, .. relayed]];
    }

    public override void Run(ReadOnlySpan<byte> input, Reached reached)
    {
        ReadOnlySpan<byte> rest = input;
        int nesting = 0;
        while (Dhcp6Relay.TryParse(rest, out Dhcp6Relay relay, out WireError error))
        {
            BrokenRule.Unless(++nesting < MaxNesting, "relays' messages end");
            reached.Add("relay", Math.Min(nesting, 40), (long)relay.MessageType);
            Dhcp6Writer writer = Dhcp6Writer.OfRelay(rewritten, relay.MessageType, relay.HopCount, relay.LinkAddress, relay.PeerAddress);
            Rewrite(rest, relay.Options, ref writer, reached);
            if (!relay.TryGetRelayed(out ReadOnlySpan<byte> inner))
            {
                reached.Add("relay of nothing");
                return;
            }

            GuardedInput.Inside(rest, inner);
            rest = inner;
        }

        if (Dhcp6Message.TryParse(rest, out Dhcp6Message message, out WireError wrong))
        {
            BrokenRule.Unless(wrong == WireError.None, "an error comes with a refusal, and only then", $"{wrong}");
            reached.Add("type", (long)message.MessageType, Math.Min((int?)message.Status ?? 20, 21));
            Dhcp6Writer writer = Dhcp6Writer.OfMessage(rewritten, message.MessageType, message.TransactionId);
            Rewrite(rest, message.Options, ref writer, reached);
            return;
        }

        bool isRelay = !rest.IsEmpty && Dhcp6Relay.IsRelayType(rest[0]) && !Dhcp6Relay.TryParse(rest, out _, out wrong);
        BrokenRule.Unless(wrong.Kind != WireErrorKind.None, "a refusal has an error");
        BrokenRule.Unless(wrong.Offset >= 0 && wrong.Offset <= rest.Length, "an error is inside the message", $"{wrong} of {rest.Length}");
        reached.Add("error", (long)wrong.Kind, Math.Min(wrong.Offset >> 5, 20) + (isRelay ? 64 : 0));
    }

    private void Rewrite(ReadOnlySpan<byte> octets, OptionReader6 options, ref Dhcp6Writer writer, Reached reached)
    {
        while (options.TryRead(out ushort code, out ReadOnlySpan<byte> value))
        {
            GuardedInput.Inside(octets, value);
            writer.Add(code, value);
            Look(code, value, reached, depth: 0);
        }

        BrokenRule.Unless(!writer.Overflowed && rewritten.AsSpan(0, writer.Length).SequenceEqual(octets), "a message is written as it was read");
    }

    private static void Look(ushort code, ReadOnlySpan<byte> value, Reached reached, int depth)
    {
        bool shaped = OptionTable6.Find(OptionSpace.Dhcp6, code) is { } row && OptionText.TryFormat(row.Format, value, out _, out int length) && length <= value.Length;
        reached.Add("option", Math.Min((int)code, 150), depth + (shaped ? 16 : 0));
        if (depth > 3) return;
        OptionReader6 inside = default;
        if (code is OptionCode6.IaNa or OptionCode6.IaPd && IdentityAssociation.TryRead(value, out IdentityAssociation association)) inside = association.Options;
        if (code == OptionCode6.IaAddress && LeasedPrefix6.TryReadAddress(value, out LeasedPrefix6 address)) reached.Add("address", address.Valid.IsInfinite ? 1 : 0);
        if (code == OptionCode6.IaPrefix && LeasedPrefix6.TryReadPrefix(value, out LeasedPrefix6 prefix)) reached.AddSize("prefix", prefix.PrefixLength);
        while (inside.TryRead(out ushort next, out ReadOnlySpan<byte> part))
        {
            GuardedInput.Inside(value, part);
            Look(next, part, reached, depth + 1);
        }

        reached.Add("inside", (long)inside.Error.Kind, depth);
    }
}
