namespace Leasehold.Configuration.Model;

/// <summary>How a free address or prefix is found in the pools: the keys allocator and pd-allocator.</summary>
public enum AllocatorType
{
    /// <summary>The next one after the last that was given.</summary>
    Iterative,

    /// <summary>Any that is free, by chance, so that nobody foresees the next.</summary>
    Random,

    /// <summary>flq: the one that is free for the longest time.</summary>
    FreeLeaseQueue,
}
