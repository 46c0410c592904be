using Leasehold.Decode;
using Leasehold.Fuzz.Driving;
using Leasehold.Fuzz.Mutation;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Leasehold.Protocol.V4.Options;

namespace Leasehold.Fuzz.Targets;

/// <summary>A DHCPv4 message: read, looked into, shown, written again and read once more.</summary>
internal sealed class Message4Target : Target
{
    private readonly byte[] scratch = new byte[65536];
    private readonly byte[] rewritten = new byte[65536];

    public override string Name => "message4";

    public override string About => "a DHCPv4 message: never throws, views lie inside, what is written again has the same options";

    public override Shape Shape => Shape.Message4;

    public override IEnumerable<byte[]> Seeds(string tests) => SeedFiles.Packets4(tests);

    public override void Run(ReadOnlySpan<byte> input, Reached reached)
    {
        bool strict = Dhcp4Message.TryParse(input, out Dhcp4Message message, out WireError error);
        bool lenient = Dhcp4Message.TryParse(input, lenient: true, out Dhcp4Message forgiven, out WireError remaining);
        BrokenRule.Unless(strict == (error.Kind == WireErrorKind.None), "an error comes with a refusal, and only then", $"{error}");
        BrokenRule.Unless(error.Offset >= 0 && error.Offset <= input.Length, "an error is inside the message", $"{error} of {input.Length}");
        BrokenRule.Unless(!strict || lenient, "what is well-formed is so for the lenient reader too", $"{remaining}");
        reached.Add("error", (long)error.Kind, Math.Min(error.Offset >> 5, 20));
        reached.Add("lenient", (long)remaining.Kind);
        using StringWriter shown = new();
        BrokenRule.Unless(MessageText4.Write(input, shown) == strict, "what is shown as well-formed is so");
        ShownText.MustBePlain(shown.ToString());
        if (strict) Look(input, message, reached);
        else if (lenient) Look(input, forgiven, reached);
    }

    private void Look(ReadOnlySpan<byte> input, scoped in Dhcp4Message message, Reached reached)
    {
        reached.Add("type", (long)message.MessageType, (long)message.Overload);
        reached.Add("hlen", message.Chaddr.Length);
        List<byte> order = [];
        Dictionary<byte, byte[]> joined = Join(input, message, order);
        foreach (byte code in order)
        {
            byte[] value = joined[code];
            BrokenRule.Unless(
                code == OptionCode4.MessageType || message.TryGetOption(code, scratch, out ReadOnlySpan<byte> whole) && whole.SequenceEqual(value),
                "an option's parts are joined in their order (RFC 3396 §7)", $"option {code}");
            bool shaped = OptionTable4.Find(code) is { } row && OptionText.TryFormat(row.Format, value, out _, out int length) && length == value.Length;
            reached.Add("option", code, shaped ? 1 : 0);
            reached.AddSize("size", value.Length);
            if (code == OptionCode4.RelayAgentInformation) LookAtRelay(value, reached);
        }

        reached.AddSize("options", order.Count);
        if (!message.IsBootp) Rewrite(message, order, joined);
    }

    private static Dictionary<byte, byte[]> Join(ReadOnlySpan<byte> input, scoped in Dhcp4Message message, List<byte> order)
    {
        Dictionary<byte, byte[]> joined = [];
        OptionReader4 options = message.Options;
        while (options.TryRead(out byte code, out ReadOnlySpan<byte> value))
        {
            GuardedInput.Inside(input, value);
            if (!joined.TryGetValue(code, out byte[]? before)) order.Add(code);

            // The first option 53 counts; several of one octet must not become one of more.
            if (code != OptionCode4.MessageType || before is null) joined[code] = [.. before ?? [], .. value];
        }

        return joined;
    }

    private static void LookAtRelay(byte[] value, Reached reached)
    {
        RelayAgentInformation relay = new(value);
        reached.Add("relay", relay.IsWellFormed ? 1 : 0);
        SubOptionReader4 options = relay.SubOptions;
        while (options.TryRead(out byte code, out ReadOnlySpan<byte> sub))
        {
            GuardedInput.Inside(value, sub);
            reached.Add("sub-option", code);
        }
    }

    private void Rewrite(scoped in Dhcp4Message message, List<byte> order, Dictionary<byte, byte[]> joined)
    {
        Dhcp4Writer writer = new(rewritten) { Op = message.Op, Chaddr = message.Chaddr, Xid = message.Xid, Flags = message.Flags, Secs = message.Secs, Giaddr = message.Giaddr };
        foreach (byte code in order)
        {
            if (code != OptionCode4.Overload) writer.Add(code, joined[code]);
        }

        int length = writer.Finish();
        BrokenRule.Unless(!writer.Overflowed, "a message's options fit where all of them have room");
        BrokenRule.Unless(Dhcp4Message.TryParse(rewritten.AsSpan(0, length), out Dhcp4Message again, out WireError error), "what is written is well-formed", $"{error}");
        BrokenRule.Unless(
            again.Op == message.Op && again.Xid == message.Xid && again.Chaddr == message.Chaddr && again.Giaddr == message.Giaddr && again.Flags == message.Flags,
            "fields are written as they were read");
        List<byte> orderAgain = [];
        Dictionary<byte, byte[]> joinedAgain = Join(rewritten.AsSpan(0, length), again, orderAgain);
        BrokenRule.Unless(orderAgain.SequenceEqual(order.Where(code => code != OptionCode4.Overload)), "options are written in their order");
        foreach ((byte code, byte[] value) in joinedAgain) BrokenRule.Unless(value.AsSpan().SequenceEqual(joined[code]), "an option's value is written as it was read", $"option {code}");
    }
}
