namespace Leasehold.Engine.Load;

/// <summary>The exchanges that wait for an answer. A transaction's number leads to its place without a search.</summary>
/// <remarks>
/// The number's low bits are the place, the others count how often the place was used, so that a late answer does not find
/// a newer exchange; both are hidden behind a mask, so that runs with different seeds use different numbers.
/// </remarks>
internal sealed class ExchangeTable
{
    private const int FirstSize = 1024;

    private readonly int placeBits;
    private readonly uint xidMask;
    private readonly uint scramble;
    private Exchange[] exchanges = [];
    private int[] free = [];
    private int freeCount;

    /// <param name="xidBits">32 or 24.</param>
    /// <param name="seed">What transaction numbers look like.</param>
    public ExchangeTable(int xidBits, uint seed)
    {
        // A million at a time with 32 bits, a quarter of that with 24: more than a second at the highest rates.
        placeBits = xidBits == 32 ? 20 : 18;
        xidMask = xidBits == 32 ? uint.MaxValue : (1u << xidBits) - 1;
        scramble = seed & xidMask;
        Grow(FirstSize);
    }

    public TimerWheel Timers { get; } = new();

    /// <summary>Exchanges that wait.</summary>
    public int Count => exchanges.Length - freeCount;

    public ref Exchange this[int place] => ref exchanges[place];

    /// <summary>Takes a place for a new exchange. False when there are as many as numbers can tell apart.</summary>
    public bool TryAdd(out int place)
    {
        place = -1;
        if (freeCount == 0)
        {
            if (exchanges.Length >> placeBits != 0) return false;
            Grow(exchanges.Length * 2);
        }

        place = free[--freeCount];
        ref Exchange exchange = ref exchanges[place];
        uint uses = exchange.Uses;
        exchange = new() { Uses = uses, IsWaiting = true, Xid = (((uint)place | (uses << placeBits)) & xidMask) ^ scramble };
        return true;
    }

    /// <summary>Ends an exchange; its number finds nothing from now on.</summary>
    public void Remove(int place)
    {
        Timers.Stop(place);
        exchanges[place].IsWaiting = false;
        exchanges[place].Uses++;
        free[freeCount++] = place;
    }

    /// <summary>The exchange with a transaction number, or false.</summary>
    public bool TryFind(uint xid, out int place)
    {
        place = (int)((xid ^ scramble) & ((1u << placeBits) - 1));
        return place < exchanges.Length && exchanges[place].IsWaiting && exchanges[place].Xid == xid;
    }

    private void Grow(int size)
    {
        int before = exchanges.Length;
        Array.Resize(ref exchanges, size);
        Array.Resize(ref free, size);
        Timers.Grow(size);
        // The lowest places are taken first: a small load stays in a small part of memory.
        for (int place = size - 1; place >= before; place--) free[freeCount++] = place;
    }
}

/// <summary>One exchange that waits for an answer.</summary>
internal struct Exchange
{
    public uint Xid;
    public uint Uses;
    public bool IsWaiting;
    public LoadStage Stage;

    /// <summary>How often the message was sent again.</summary>
    public byte Attempts;

    public ushort Elapsed;

    /// <summary>When the message was sent, nanoseconds since the start.</summary>
    public long Sent;

    /// <summary>The client, and what it has or was offered.</summary>
    public LoadLease Lease;
}
