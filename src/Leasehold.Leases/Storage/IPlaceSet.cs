namespace Leasehold.Leases.Storage;

/// <summary>The places of a pool, numbered from 0: which of them are held, and how often.</summary>
internal interface IPlaceSet
{
    /// <summary>The number of the last place.</summary>
    ulong Last { get; }

    bool IsFree(ulong place);

    /// <summary>The first free place at or after another one.</summary>
    /// <returns>False when there is none up to the last.</returns>
    bool TryNext(ulong from, out ulong place);

    /// <summary>Holds a place once more.</summary>
    /// <returns>True when it was not held before.</returns>
    bool Hold(ulong place);

    /// <summary>Takes back one <see cref="Hold"/>.</summary>
    /// <returns>True when it is not held any more.</returns>
    bool Release(ulong place);

    /// <summary>A set of its own in which what is held here is held once.</summary>
    IPlaceSet Copy();

    /// <summary>Gives the memory back. Nothing else is called after that.</summary>
    void Forget();
}
