namespace Leasehold.Serve;

/// <summary>How long a batch is held open for more packets: until the commit before it began so long ago ("batch-ms").</summary>
/// <remarks>
/// So it costs nobody a delay as long as commits are far apart, and under load there is one for each length of the window.
/// A disk that needs longer than the window for a sync closes it by itself.
/// </remarks>
internal sealed class CommitWindow(TimeProvider time)
{
    private long? lastCommit;

    /// <summary>Zero: there is none.</summary>
    public TimeSpan Length { get; set; }

    public bool IsOpen => Length > TimeSpan.Zero && lastCommit is { } began && time.GetElapsedTime(began) < Length;

    /// <param name="began">When it began, by the clock's timestamp.</param>
    public void Committed(long began) => lastCommit = began;
}
