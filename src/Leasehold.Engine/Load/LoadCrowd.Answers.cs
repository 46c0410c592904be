using Leasehold.Protocol;

namespace Leasehold.Engine.Load;

// What comes back.
public sealed partial class LoadCrowd
{
    /// <summary>Handles a datagram.</summary>
    /// <param name="now">When it was received.</param>
    /// <param name="octets">The UDP payload.</param>
    /// <param name="reply">Where to write what the client says next.</param>
    /// <returns>Octets to send; 0 for nothing.</returns>
    public int Receive(long now, ReadOnlySpan<byte> octets, Span<byte> reply)
    {
        // 1 Read it.
        if (!dialogue.TryRead(octets, out LoadAnswer answer) || answer.Kind == AnswerKind.Other)
        {
            Counters.Malformed++;
            return 0;
        }

        // 2 Find what it answers.
        if (!exchanges.TryFind(answer.Xid, out int place))
        {
            Counters[answer.Kind == AnswerKind.Offer ? LoadStage.First : LoadStage.Second].Orphans++;
            return 0;
        }

        ref Exchange exchange = ref exchanges[place];
        StageCounters counters = Counters[exchange.Stage];
        if (!dialogue.IsFor(answer, exchange.Lease.Client))
        {
            Counters.Add(LoadViolation.OtherClient);
            counters.Orphans++;
            return 0;
        }

        bool isExpected = exchange.Stage == LoadStage.First
            ? answer.Kind == AnswerKind.Offer || (dialogue.IsRapid && answer.Kind == AnswerKind.Acknowledgement)
            : answer.Kind is AnswerKind.Acknowledgement or AnswerKind.Refusal;
        if (!isExpected)
        {
            // Mostly an OFFER once more, from another server or doubled on its way.
            Counters[answer.Kind == AnswerKind.Offer ? LoadStage.First : exchange.Stage].Orphans++;
            return 0;
        }

        // 3 Count it.
        counters.Received++;
        counters.Delays.Record(now - exchange.Sent);
        LoadLease had = exchange.Lease;
        bool hasServer = !answer.Server.IsEmpty;
        LoadLease got = had with
        {
            Server = hasServer ? NumberOfServer(answer.Server) : had.Server,
            Address = answer.Address,
            Prefix = answer.Prefix,
            PrefixLength = answer.PrefixLength,
        };
        settings.OnAnswer?.Invoke(exchange.Stage, exchange.Sent, now, got);
        if (exchange.Stage == LoadStage.Release)
        {
            End(place);
            return 0;
        }

        if (!hasServer) Counters.Add(LoadViolation.NoServerIdentifier);
        if (answer.Kind == AnswerKind.Refusal || !dialogue.IsComplete(answer))
        {
            counters.Rejected++;
            // A client that was refused its lease does not have it any more.
            if (exchange.Stage == LoadStage.Renewal) Forget(had);
            End(place);
            return 0;
        }

        // 4 Judge it, and go on.
        return answer.Kind == AnswerKind.Offer ? Accept(place, got, now, reply) : Bind(place, had, got, answer.Valid, now);
    }

    /// <summary>The client was offered something and asks for it.</summary>
    private int Accept(int place, in LoadLease offered, long now, Span<byte> reply)
    {
        if (settings.ChecksUniqueness && !IsFree(offered, now)) Counters[LoadStage.First].NonUnique++;
        if (settings.IsInitialOnly)
        {
            Counters.Completed++;
            End(place);
            return 0;
        }

        ushort elapsed = exchanges[place].Elapsed;
        if (!dialogue.KeepsXid)
        {
            exchanges.Remove(place);
            if (!exchanges.TryAdd(out place))
            {
                held?.EndWaiting(offered.Client);
                Counters.LocalLimit++;
                return 0;
            }
        }

        exchanges[place].Lease = offered;
        // RFC 2131 §4.4.1: the REQUEST has the secs of the DISCOVER.
        exchanges[place].Elapsed = elapsed;
        return Send(place, LoadStage.Second, now, reply);
    }

    /// <summary>The client has a lease now.</summary>
    private int Bind(int place, in LoadLease had, in LoadLease got, Lifetime valid, long now)
    {
        LoadStage stage = exchanges[place].Stage;
        if (stage != LoadStage.First)
        {
            bool isSame = got.Address == had.Address && got.Prefix == had.Prefix && (got.Prefix is null || got.PrefixLength == had.PrefixLength);
            if (!isSame) Counters.Add(LoadViolation.ContradictsOffer);
            // Who names one server whatever was offered cannot hold another's silence or answer against it.
            if (got.Server != had.Server && !settings.UsesFirstServer) Counters.Add(LoadViolation.OtherServer);
        }

        long until = valid.Seconds == uint.MaxValue ? long.MaxValue : now + (valid.Seconds * LoadSettings.NanosecondsPerSecond);
        bool isOurs = true;
        if (got.Address is { } address && !addresses.TryClaim(address, got.Client, now, until))
        {
            Counters.Add(LoadViolation.AddressGivenTwice);
            isOurs = false;
        }

        if (got.Prefix is { } prefix && !prefixes.TryClaim(prefix, got.Client, now, until))
        {
            Counters.Add(LoadViolation.PrefixGivenTwice);
            isOurs = false;
        }

        if (!isOurs) Counters[stage].NonUnique++;
        if (stage != LoadStage.Renewal) Counters.Completed++;
        End(place);
        held?.Keep(got);
        return 0;
    }

    private bool IsFree(in LoadLease lease, long now) =>
        (lease.Address is not { } address || addresses.IsFreeFor(address, lease.Client, now))
        && (lease.Prefix is not { } prefix || prefixes.IsFreeFor(prefix, lease.Client, now));
}
