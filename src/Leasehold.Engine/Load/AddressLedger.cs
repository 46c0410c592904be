namespace Leasehold.Engine.Load;

/// <summary>Who was acknowledged which address, or prefix, and until when.</summary>
internal sealed class AddressLedger(int capacity)
{
    private readonly Dictionary<UInt128, Holding> holdings = new(capacity);

    /// <summary>Notes an acknowledgement.</summary>
    /// <param name="until">When the lease ends, in nanoseconds since the start.</param>
    /// <returns>False when another client's lease of it has not ended.</returns>
    public bool TryClaim(UInt128 address, int client, long now, long until)
    {
        bool isFree = IsFreeFor(address, client, now);
        holdings[address] = new(client, until);
        return isFree;
    }

    /// <summary>False when another client's lease of it has not ended.</summary>
    public bool IsFreeFor(UInt128 address, int client, long now) =>
        !holdings.TryGetValue(address, out Holding holding) || holding.Client == client || holding.Until <= now;

    /// <summary>Notes a release. Does nothing when another client holds it.</summary>
    public void Free(UInt128 address, int client)
    {
        if (holdings.TryGetValue(address, out Holding holding) && holding.Client == client) holdings.Remove(address);
    }

    private readonly record struct Holding(int Client, long Until);
}
