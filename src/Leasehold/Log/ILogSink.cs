namespace Leasehold.Log;

/// <summary>Where finished lines go. Called by the log's own thread only.</summary>
internal interface ILogSink : IDisposable
{
    /// <summary>True when each line is to begin with one octet more: syslog's severity as a digit, '2' critical to '7' debug (RFC 3164 §4.1.1).</summary>
    bool MarksSeverity { get; }

    /// <summary>Writes whole lines, one or many, each with its line feed.</summary>
    /// <exception cref="IOException">They could not be written, or only a part of them.</exception>
    void Write(ReadOnlySpan<byte> lines);
}
