using Leasehold.Net.Interop;

namespace Leasehold.Net;

/// <summary>Something that an <see cref="EventLoop"/> can wait for until there is something to read.</summary>
/// <remarks>Used by one thread at a time.</remarks>
public abstract class PollSource : IDisposable
{
    private protected PollSource(Descriptor descriptor) => Descriptor = descriptor;

    internal Descriptor Descriptor { get; }

    /// <summary>The place in the loop that waits for this; -1 when none does.</summary>
    internal int LoopPlace { get; set; } = -1;

    /// <summary>Closes the descriptor. Take the source out of its loop first.</summary>
    public void Dispose()
    {
        Descriptor.Dispose();
        DisposeMore();
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what a source has beside its descriptor.</summary>
    private protected virtual void DisposeMore()
    {
    }
}
