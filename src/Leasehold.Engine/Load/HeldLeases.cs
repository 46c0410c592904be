namespace Leasehold.Engine.Load;

/// <summary>The leases that the clients hold, to choose from for renewals and releases.</summary>
/// <remarks>A client that waits for an answer is passed over: what it holds may be about to change.</remarks>
internal sealed class HeldLeases
{
    private const int None = -1;
    private const int Tries = 8;

    private readonly int[] placeOf;
    private readonly ushort[] waiting;
    private LoadLease[] leases;
    private int count;
    private int cursor;

    public HeldLeases(int clients)
    {
        placeOf = new int[clients];
        waiting = new ushort[clients];
        leases = new LoadLease[Math.Min(clients, 1024)];
        Array.Fill(placeOf, None);
    }

    public void BeginWaiting(int client) => waiting[client]++;

    public void EndWaiting(int client) => waiting[client]--;

    /// <summary>Notes what a client holds now, instead of what it held.</summary>
    public void Keep(in LoadLease lease)
    {
        ref int place = ref placeOf[lease.Client];
        if (place == None)
        {
            if (count == leases.Length) Array.Resize(ref leases, Math.Min(placeOf.Length, count * 2));
            place = count++;
        }

        leases[place] = lease;
    }

    /// <summary>Forgets what a client holds.</summary>
    public void Drop(int client)
    {
        int place = placeOf[client];
        if (place == None) return;
        placeOf[client] = None;
        LoadLease last = leases[--count];
        if (place == count) return;
        leases[place] = last;
        placeOf[last.Client] = place;
    }

    /// <summary>The next lease in turn. False when there is none, or the next ones' clients all wait for an answer.</summary>
    public bool TryChoose(out LoadLease lease)
    {
        for (int i = 0; i < Math.Min(Tries, count); i++)
        {
            cursor = cursor + 1 < count ? cursor + 1 : 0;
            lease = leases[cursor];
            if (waiting[lease.Client] == 0) return true;
        }

        lease = default;
        return false;
    }
}
