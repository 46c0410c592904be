using System.Diagnostics;

namespace Leasehold.Engine.Load;

/// <summary>A crowd of simulated clients: messages and the time in, messages and figures out.</summary>
/// <remarks>
/// The caller has the sockets and the clock. It asks for messages when they are due (<see cref="Begin"/>,
/// <see cref="Renew"/>, <see cref="Release"/>), passes in what arrives (<see cref="Receive"/>), and now and then lets time
/// pass (<see cref="TryExpire"/>). Time is nanoseconds since the start. An exchange allocates nothing.
/// </remarks>
public sealed partial class LoadCrowd
{
    /// <summary>Server identifiers that are told apart; a network with more servers does not exist.</summary>
    private const int MaxServers = 64;

    /// <summary>RFC 2131 §4.1.</summary>
    private const long LongestBackoff = 64 * LoadSettings.NanosecondsPerSecond;

    /// <summary>Room for holdings at the start; more clients than this make it grow.</summary>
    private const int FirstLedgerSize = 1 << 20;

    private readonly LoadSettings settings;
    private readonly ILoadDialogue dialogue;
    private readonly ExchangeTable exchanges;
    private readonly AddressLedger addresses;
    private readonly AddressLedger prefixes;
    private readonly HeldLeases? held;
    private readonly Random random;
    private readonly List<byte[]> servers = [];
    private int nextClient;

    public LoadCrowd(LoadSettings settings, ILoadDialogue dialogue)
    {
        this.settings = settings;
        this.dialogue = dialogue;
        random = new(settings.Seed);
        exchanges = new(dialogue.XidBits, (uint)random.NextInt64(uint.MaxValue));
        addresses = new(Math.Min(settings.Clients, FirstLedgerSize));
        prefixes = new(0);
        held = settings.KeepsLeases ? new(settings.Clients) : null;
        Counters = new(dialogue.AnswersRelease);
    }

    public LoadCounters Counters { get; }

    /// <summary>Exchanges that wait for an answer.</summary>
    public int Waiting => exchanges.Count;

    /// <summary>Server identifiers that were seen.</summary>
    public int Servers => servers.Count;

    /// <summary>A server's identifier, by the order in which they were seen.</summary>
    public ReadOnlySpan<byte> ServerIdentifier(int server) => servers[server];

    /// <summary>The next client begins an exchange.</summary>
    /// <returns>Octets to send; 0 when no transaction number is free.</returns>
    public int Begin(long now, Span<byte> to)
    {
        if (!exchanges.TryAdd(out int place))
        {
            Counters.LocalLimit++;
            return 0;
        }

        ref Exchange exchange = ref exchanges[place];
        exchange.Lease = new() { Client = nextClient, Relay = dialogue.Relays == 1 ? 0 : random.Next(dialogue.Relays) };
        nextClient = nextClient + 1 < settings.Clients ? nextClient + 1 : 0;
        exchange.Elapsed = ElapsedAt(now);
        return Send(place, LoadStage.First, now, to);
    }

    /// <summary>A client that has a lease renews it.</summary>
    /// <returns>Octets to send; 0 when there is nothing to renew.</returns>
    public int Renew(long now, Span<byte> to) => OfHeld(LoadStage.Renewal, now, to);

    /// <summary>A client that has a lease releases it.</summary>
    /// <returns>Octets to send; 0 when there is nothing to release.</returns>
    public int Release(long now, Span<byte> to)
    {
        if (dialogue.AnswersRelease) return OfHeld(LoadStage.Release, now, to);
        if (held is null || !held.TryChoose(out LoadLease lease)) return 0;
        Forget(lease);
        Counters[LoadStage.Release].Sent++;
        // RFC 2131 §4.4.6: nobody answers, and the number is the client's to choose.
        return dialogue.WriteRelease(to, new() { Xid = (uint)random.NextInt64(uint.MaxValue), Lease = lease, Server = ServerOf(lease) });
    }

    /// <summary>Takes one exchange whose answer did not come in time. Call it until it says false.</summary>
    /// <param name="to">Where to write a message that is sent again.</param>
    /// <param name="length">Octets to send; 0 when the exchange was given up.</param>
    public bool TryExpire(long now, Span<byte> to, out int length)
    {
        length = 0;
        if (!exchanges.Timers.TryTake(now, out int place)) return false;
        ref Exchange exchange = ref exchanges[place];
        StageCounters counters = Counters[exchange.Stage];
        if (settings.FirstBackoff is not null)
        {
            exchange.Attempts++;
            // RFC 2131 §2: seconds elapsed since the client began.
            exchange.Elapsed = (ushort)Math.Min(ushort.MaxValue, (now - exchange.Sent) / LoadSettings.NanosecondsPerSecond);
            exchanges.Timers.Set(place, now + Patience(exchange));
            counters.Retransmitted++;
            length = Write(exchange, to);
            return true;
        }

        counters.Expired++;
        End(place);
        return true;
    }

    /// <summary>When <see cref="TryExpire"/> will have something to do, at most the limit.</summary>
    public long NextExpiry(long limit) => exchanges.Timers.NextAt(limit);

    private int OfHeld(LoadStage stage, long now, Span<byte> to)
    {
        if (held is null || !held.TryChoose(out LoadLease lease)) return 0;
        if (!exchanges.TryAdd(out int place))
        {
            Counters.LocalLimit++;
            return 0;
        }

        exchanges[place].Lease = lease;
        if (stage == LoadStage.Release) Forget(lease);
        return Send(place, stage, now, to);
    }

    /// <summary>Writes the message of a stage and begins to wait for its answer.</summary>
    private int Send(int place, LoadStage stage, long now, Span<byte> to)
    {
        ref Exchange exchange = ref exchanges[place];
        exchange.Stage = stage;
        exchange.Sent = now;
        exchange.Attempts = 0;
        if (stage != LoadStage.Second) held?.BeginWaiting(exchange.Lease.Client);
        exchanges.Timers.Set(place, now + Patience(exchange));
        Counters[stage].Sent++;
        return Write(exchange, to);
    }

    private int Write(in Exchange exchange, Span<byte> to)
    {
        LoadMessage message = new()
        {
            Xid = exchange.Xid,
            Elapsed = exchange.Elapsed,
            Lease = exchange.Lease,
            Server = exchange.Stage == LoadStage.First ? default : ServerOf(exchange.Lease),
        };
        return exchange.Stage switch
        {
            LoadStage.First => dialogue.WriteFirst(to, message),
            LoadStage.Second => dialogue.WriteSecond(to, message),
            LoadStage.Renewal => dialogue.WriteRenewal(to, message),
            LoadStage.Release => dialogue.WriteRelease(to, message),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>How long an answer is waited for before something happens.</summary>
    private long Patience(in Exchange exchange)
    {
        if (settings.FirstBackoff is not { } first)
            return exchange.Stage == LoadStage.First ? settings.FirstDropTime : settings.SecondDropTime;
        long doubled = Math.Min(LongestBackoff, first << Math.Min((int)exchange.Attempts, 6));
        // RFC 2131 §4.1: 4 s, give or take one, so a quarter of the first wait.
        return doubled + (long)(first / 4.0 * ((2 * random.NextDouble()) - 1));
    }

    private ReadOnlySpan<byte> ServerOf(in LoadLease lease)
    {
        int server = settings.UsesFirstServer ? 0 : lease.Server;
        return server < servers.Count ? servers[server] : default;
    }

    private int NumberOfServer(ReadOnlySpan<byte> identifier)
    {
        for (int i = 0; i < servers.Count; i++)
        {
            if (identifier.SequenceEqual(servers[i])) return i;
        }

        if (servers.Count < MaxServers) servers.Add(identifier.ToArray());
        return servers.Count - 1;
    }

    private ushort ElapsedAt(long now) =>
        settings.ElapsedFrom is { } from && now >= from && now < from + settings.ElapsedFor
            ? (ushort)Math.Min(ushort.MaxValue, (now - from) / LoadSettings.NanosecondsPerSecond) : (ushort)0;

    private void Forget(in LoadLease lease)
    {
        held?.Drop(lease.Client);
        if (lease.Address is { } address) addresses.Free(address, lease.Client);
        if (lease.Prefix is { } prefix) prefixes.Free(prefix, lease.Client);
    }

    private void End(int place)
    {
        held?.EndWaiting(exchanges[place].Lease.Client);
        exchanges.Remove(place);
    }
}
