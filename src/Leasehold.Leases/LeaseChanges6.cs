namespace Leasehold.Leases;

/// <summary>The changes of one packet or one batch, in their order, copied: nothing of them need stay where it was. Used again and again.</summary>
public sealed class LeaseChanges6
{
    public int Count => throw new NotSupportedException();

    /// <summary>True when a Reply has to wait for stable storage.</summary>
    public bool IsDurable => throw new NotSupportedException();

    /// <summary>A change; its spans are valid until the next Add or Clear.</summary>
    public LeaseChange6 this[int index] => throw new NotSupportedException();

    public void Add(scoped in LeaseChange6 change) => throw new NotSupportedException();

    public void Clear() => throw new NotSupportedException();
}
