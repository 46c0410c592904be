using Leasehold.Configuration.Model;
using Leasehold.Engine;
using Leasehold.Engine.V4;
using Leasehold.Fuzz.Driving;
using Leasehold.Fuzz.Mutation;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.Fuzz.Targets;

/// <summary>A whole server: datagrams of several clients, one after the other, over leases that begin empty.</summary>
internal sealed class Server4Target : Target
{
    private const byte Untouched = 0xEE;
    private const int MaxMessages = 32;

    private static readonly ServedInterface Link = new(2, "eth0", [Ipv4.Parse("192.0.2.1")]);
    private static readonly Instant Start = new(1_700_000_000);

    private readonly byte[] reply = new byte[Server4.MaxReply + 64];

    public override string Name => "server4";

    public override string About => "the whole DHCPv4 server: never throws, replies fit their requests, no address has two clients, same input same octets";

    public override Shape Shape => Shape.Conversation;

    public override int MaxLength => 8192;

    public override IEnumerable<byte[]> Seeds(string tests)
    {
        foreach (byte[] packet in SeedFiles.Packets4(tests)) yield return [1, .. ConversationChanges.Message(0, 0, packet)];
        for (byte configuration = 0; configuration < ServedConfigurations.All.Count; configuration++)
        {
            for (byte client = 1; client <= 2; client++)
            {
                foreach (byte[] conversation in ServerSeeds.Conversations(client)) yield return [configuration, .. conversation];
            }
        }
    }

    public override void Run(ReadOnlySpan<byte> input, Reached reached)
    {
        if (input.IsEmpty) return;
        Dhcp4Config config = ServedConfigurations.All[input[0] % ServedConfigurations.All.Count];
        List<byte[]> messages = ConversationChanges.Split(input);
        List<byte[]> first = Converse(config, messages, reached);

        // Every fourth is enough to find what differs, and does not make the others slower.
        if (input.Length % 4 != 0) return;
        List<byte[]> second = Converse(config, messages, reached);
        BrokenRule.Unless(
            first.Count == second.Count && first.Zip(second).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)), "the same packets at the same times have the same answers");
    }

    private List<byte[]> Converse(Dhcp4Config config, List<byte[]> messages, Reached reached)
    {
        List<byte[]> replies = [];
        LeaseTable4 leases = new();
        Server4 server = new(config, leases, Server4Ports.Standard, new Random(1));
        Instant now = Start;
        foreach (byte[] message in messages.Take(MaxMessages))
        {
            // Up to some hours at a time: beyond the lifetimes, so that leases end in between.
            now = new(now.Seconds + (message[1] * message[1]));
            leases.Advance(now, config.ExpiredLeases.RememberedFor, int.MaxValue);
            byte[] payload = message[ConversationChanges.Head..];
            Datagram datagram = new()
            {
                Payload = payload,
                Source = (message[0] & 1) == 0 ? Ipv4.Any : Ipv4.Parse("192.0.2.10"),
                SourcePort = 68,
                Destination = (message[0] & 2) == 0 ? Ipv4.Broadcast : Link.Address,
                Interface = Link,
            };
            Array.Fill(reply, Untouched);
            Outcome4 outcome = server.Handle(datagram, now, reply.AsSpan(0, Server4.MaxReply));
            BrokenRule.Unless(reply.AsSpan(Server4.MaxReply).IndexOfAnyExcept(Untouched) < 0, "octets behind the reply's room are not touched");
            Tell(outcome, reached);
            ServerRules.Check(payload, outcome, reply, leases, now);
            if (Dhcp4Message.TryParse(reply.AsSpan(0, outcome.ReplyLength), out Dhcp4Message answer, out _)) TellOptions(answer, reached);
            replies.Add(reply[..outcome.ReplyLength]);
            leases.Apply(outcome.Change, now);
            leases.Accept();
        }

        return replies;
    }

    private static void TellOptions(scoped in Dhcp4Message answer, Reached reached)
    {
        OptionReader4 options = answer.Options;
        while (options.TryRead(out byte code, out _)) reached.Add("replied", (long)answer.MessageType, code);
        reached.Add("overload", (long)answer.Overload);
    }

    private static void Tell(scoped in Outcome4 outcome, Reached reached)
    {
        reached.Add("outcome", ((long)outcome.Received << 8) | (long)outcome.Sent, ((long)outcome.Drop << 8) | (long)outcome.Nak);
        reached.Add("error", (long)outcome.Error.Kind, outcome.Error.Offset >> 6);
        reached.Add("change", (long)outcome.Change.Kind, outcome.Change.Vacates is null ? 0 : 1);
        reached.Add("where", outcome.SubnetId, (long)outcome.Destination.Path);
        reached.Add("marks", (outcome.IsRenewal ? 1 : 0) | (outcome.RelayInformationOmitted ? 2 : 0) | (outcome.IsWithoutAddress ? 4 : 0) | (outcome.Probe is null ? 0 : 8) | (outcome.Reused is null ? 0 : 16));
        reached.AddSize("length", outcome.ReplyLength);
        reached.Add("name", Math.Min(outcome.Change.Lease.Hostname.Length, 40), (outcome.Change.Lease.FqdnForward ? 1 : 0) | (outcome.Change.Lease.FqdnReverse ? 2 : 0));
    }
}
