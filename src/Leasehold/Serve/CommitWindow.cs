namespace Leasehold.Serve;

/// <summary>How long a batch is held open for more packets: until the commit before it began so long ago.</summary>
/// <remarks>
/// So it costs nobody a delay as long as commits are far apart, and under load there is one for each length of the window.
/// A disk that needs longer than the window for a sync closes it by itself.
/// </remarks>
internal sealed class CommitWindow(TimeProvider time)
{
    /// <summary>The window of "commit": short, and open only under load.</summary>
    public static readonly TimeSpan UnderLoad = TimeSpan.FromMilliseconds(1);

    /// <summary>Packets of one batch that are load: fewer arrive while a fast disk syncs, and then a delay would buy little.</summary>
    public const int Load = 3;

    private long? lastCommit;
    private int lastPackets;

    /// <summary>Zero: there is none.</summary>
    public TimeSpan Length { get; set; }

    /// <summary>Packets that the last committed batch must have had for the window to open; 0 for always.</summary>
    public int OpensFrom { get; set; }

    public bool IsOpen => Rest > TimeSpan.Zero;

    /// <summary>How long the window stays open; zero and less when it is closed.</summary>
    public TimeSpan Rest => lastPackets >= OpensFrom && lastCommit is { } began ? Length - time.GetElapsedTime(began) : TimeSpan.Zero;

    /// <param name="began">When it began, by the clock's timestamp.</param>
    /// <param name="packets">Packets of its batch.</param>
    public void Committed(long began, int packets)
    {
        lastCommit = began;
        lastPackets = packets;
    }
}
