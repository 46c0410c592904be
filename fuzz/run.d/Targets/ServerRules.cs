using Leasehold.Engine;
using Leasehold.Engine.V4;
using Leasehold.Fuzz.Driving;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.Fuzz.Targets;

/// <summary>What every decision of a DHCPv4 server keeps, whatever came.</summary>
internal static class ServerRules
{
    // RFC 2131 §2: a client that says nothing takes 576 octets of IP; 28 of them are the headers of IP and UDP.
    private const int SmallestLargest = 576;
    private const int Headers = 28;
    private const int MinimumLength = 300;

    /// <param name="payload">What came.</param>
    /// <param name="leases">As they are before the decision is applied.</param>
    public static void Check(ReadOnlySpan<byte> payload, scoped in Outcome4 outcome, ReadOnlySpan<byte> reply, LeaseTable4 leases, Instant now)
    {
        BrokenRule.Unless(outcome.Drop == DropReason.None || (outcome.Sent == MessageType4.None && outcome.ReplyLength == 0), "what is dropped has no answer", $"{outcome.Drop}");
        BrokenRule.Unless(outcome.Drop == DropReason.None || !outcome.Change.IsDurable, "what is dropped changes nothing that lasts", $"{outcome.Drop}");
        BrokenRule.Unless(outcome.ReplyLength is 0 or (>= MinimumLength and <= Server4.MaxReply), "a reply has from 300 octets to what a frame holds", $"{outcome.ReplyLength}");
        CheckHolder(outcome, leases, now);
        if (outcome.ReplyLength == 0) return;

        // Malformed options may be let pass for clients that miscount.
        BrokenRule.Unless(Dhcp4Message.TryParse(payload, lenient: true, out Dhcp4Message request, out WireError error), "only what can be read is answered", $"{error}");
        BrokenRule.Unless(Dhcp4Message.TryParse(reply[..outcome.ReplyLength], out Dhcp4Message answer, out error), "a reply is well-formed", $"{error}");
        BrokenRule.Unless(answer.Op == Op4.BootReply && request.Op == Op4.BootRequest, "a BOOTREPLY answers a BOOTREQUEST");
        BrokenRule.Unless(answer.Xid == request.Xid, "xid is the request's");
        BrokenRule.Unless(answer.Chaddr == request.Chaddr, "chaddr is the request's");
        BrokenRule.Unless(answer.Giaddr == request.Giaddr, "giaddr is the request's");
        CheckOptions(request, answer, outcome);
        CheckSize(request, answer, outcome);
    }

    private static void CheckHolder(scoped in Outcome4 outcome, LeaseTable4 leases, Instant now)
    {
        if (outcome.Change.Kind is not (LeaseChangeKind.Offer or LeaseChangeKind.Commit)) return;
        Lease4 next = outcome.Change.Lease;
        if (!leases.TryGet(next.Address, out Lease4 held) || !held.IsHeld(now)) return;
        bool same = held.ClientId.IsEmpty && next.ClientId.IsEmpty || held.HardwareAddress == next.HardwareAddress
            ? held.HardwareAddress == next.HardwareAddress
            : held.ClientId.SequenceEqual(next.ClientId);
        BrokenRule.Unless(same, "an address has one client at a time", $"{next.Address} of {held.HardwareAddress} for {next.HardwareAddress}");
    }

    private static void CheckOptions(scoped in Dhcp4Message request, scoped in Dhcp4Message answer, scoped in Outcome4 outcome)
    {
        BrokenRule.Unless(answer.IsBootp == request.IsBootp, "BOOTP is answered with BOOTP");
        if (!answer.IsBootp) BrokenRule.Unless(answer.MessageType == outcome.Sent && answer.AddressOption(OptionCode4.ServerIdentifier) is not null, "options 53 and 54 are there", $"{outcome.Sent}");

        Dictionary<byte, int> counts = [];
        OptionReader4 options = answer.Options;
        byte last = 0;
        while (options.TryRead(out byte code, out ReadOnlySpan<byte> value))
        {
            // RFC 3396 §5: only an option that is too long for one comes in several, one after the other.
            BrokenRule.Unless(!counts.TryGetValue(code, out int before) || (last == code && before % 255 == 0), "an option comes once", $"option {code}");
            counts[code] = counts.GetValueOrDefault(code) + value.Length;
            last = code;
        }

        BrokenRule.Unless(counts.ContainsKey(OptionCode4.Overload) == (answer.Overload != OptionOverload.None), "option 52 tells of fields that hold options (RFC 2132 §9.3)");
        if (outcome.Sent is MessageType4.Nak) BrokenRule.Unless(answer.Yiaddr.IsAny && !counts.ContainsKey(OptionCode4.LeaseTime), "a NAK grants nothing");

        // RFC 3046 §2.2: the option is echoed as it came, and is the last one of the options field.
        byte[] scratch = new byte[request.Octets.Length];
        byte[] scratchOfAnswer = new byte[answer.Octets.Length];
        if (!answer.TryGetOption(OptionCode4.RelayAgentInformation, scratchOfAnswer, out ReadOnlySpan<byte> echoed)) return;
        BrokenRule.Unless(request.TryGetOption(OptionCode4.RelayAgentInformation, scratch, out ReadOnlySpan<byte> sent) && sent.SequenceEqual(echoed), "option 82 is echoed as it came");
        OptionReader4 field = new(answer.Octets[(Dhcp4Message.FixedLength + 4)..]);
        while (field.TryRead(out byte code, out _)) last = code;
        BrokenRule.Unless(last == OptionCode4.RelayAgentInformation, "option 82 is last", $"option {last} is");
    }

    private static void CheckSize(scoped in Dhcp4Message request, scoped in Dhcp4Message answer, scoped in Outcome4 outcome)
    {
        int largest = SmallestLargest;
        if (request.TryGetOption(OptionCode4.MaxMessageSize, out ReadOnlySpan<byte> said) && said.Length == 2) largest = Math.Max(largest, (said[0] << 8) | said[1]);
        byte[] scratch = new byte[answer.Octets.Length];

        // The relay takes option 82 out before the client sees the reply.
        int relay = answer.TryGetOption(OptionCode4.RelayAgentInformation, scratch, out ReadOnlySpan<byte> echoed) ? echoed.Length + (2 * ((echoed.Length + 254) / 255)) : 0;
        BrokenRule.Unless(outcome.ReplyLength - relay <= largest - Headers, "a reply is not longer than its client takes", $"{outcome.ReplyLength} octets, {relay} of them for the relay, of {largest - Headers}");
    }
}
