using System.Globalization;
using System.Text;
using Leasehold.Configuration.Model;

namespace Leasehold.Log;

/// <summary>One destination: lines wait here, as octets, until the log's thread writes them.</summary>
/// <remarks>
/// Two buffers change places: loggers append to one while the other is being written, so that no logger ever waits for a disk or a terminal.
/// When a buffer is full, lines are counted instead, and one line tells how many as soon as there is room.
/// </remarks>
internal sealed class LogTarget(ILogSink sink, LogPattern pattern, TimeProvider time, string root = "kea-dhcp4")
{
    /// <summary>Octets of a line at most; longer ones are cut.</summary>
    public const int MaxLine = 4096;

    /// <summary>Octets that wait at most: some seconds of lines at full load.</summary>
    public const int Capacity = 4 * 1024 * 1024;

    /// <summary>The id of the line that tells how many lines were lost.</summary>
    public const string LinesLostId = "LOG_LINES_LOST";

    private static readonly byte[] LinesLost = Encoding.UTF8.GetBytes(LinesLostId);

    // The logger of lines about the log itself.
    private readonly byte[] ownLogger = Encoding.UTF8.GetBytes($"{root}.log");
    private readonly Lock gate = new();
    private byte[] waiting = new byte[64 * 1024];
    private byte[] writing = new byte[64 * 1024];
    private int length;
    private long lost;
    private string? failure;
    private bool closed;

    public ILogSink Sink => sink;

    /// <summary>Puts a line into the queue.</summary>
    /// <param name="wake">True when the queue was empty, so that the log's thread has to be woken.</param>
    /// <returns>False when the target has been closed and another has taken its place.</returns>
    public bool TryWrite(LogSeverity severity, ReadOnlySpan<byte> logger, ReadOnlySpan<byte> id, ReadOnlySpan<byte> text, out bool wake)
    {
        lock (gate)
        {
            wake = length == 0;
            if (closed) return false;
            if (HasRoom())
            {
                Append(severity, logger, id, text);
            }
            else
            {
                lost++;
                failure ??= "they came faster than they could be written";
            }

            return true;
        }
    }

    /// <summary>Writes what waits. The log's thread only.</summary>
    /// <returns>What went wrong, the first time after it had gone right; null otherwise.</returns>
    public string? Drain()
    {
        int count;
        long lostNow;
        lock (gate)
        {
            if (length == 0 && lost == 0) return null;
            if (lost > 0)
            {
                // HasRoom keeps the place for this line free.
                string text = string.Create(CultureInfo.InvariantCulture, $"{lost} log lines were lost: {failure}");
                Append(LogSeverity.Warn, ownLogger, LinesLost, Encoding.UTF8.GetBytes(text));
            }

            (waiting, writing) = (writing, waiting);
            (count, length) = (length, 0);
            lostNow = lost;
        }

        try
        {
            sink.Write(writing.AsSpan(0, count));
            lock (gate)
            {
                lost -= lostNow;
                if (lost == 0) failure = null;
            }

            return null;
        }
        catch (IOException exception)
        {
            int lines = writing.AsSpan(0, count).Count((byte)'\n');
            lock (gate)
            {
                bool first = failure is null;
                lost += lostNow > 0 ? lines - 1 : lines;
                failure = exception.Message;
                return first ? failure : null;
            }
        }
    }

    /// <summary>No more lines; those that wait are still written by the next <see cref="Drain"/>.</summary>
    public void Close()
    {
        lock (gate) closed = true;
    }

    private bool HasRoom()
    {
        if (waiting.Length - length >= 2 * MaxLine) return true;
        if (waiting.Length >= Capacity) return false;
        Array.Resize(ref waiting, waiting.Length * 2);
        return true;
    }

    private void Append(LogSeverity severity, ReadOnlySpan<byte> logger, ReadOnlySpan<byte> id, ReadOnlySpan<byte> text)
    {
        // One octet is kept back for the line feed of a line that had to be cut.
        LogLine line = new(waiting.AsSpan(length, MaxLine - 1));
        if (sink.MarksSeverity) line.Append(SyslogSeverity(severity));
        pattern.Write(ref line, time.GetUtcNow(), severity, logger, id, text);
        length += line.Length;
        if (waiting[length - 1] != (byte)'\n') waiting[length++] = (byte)'\n';
    }

    private static char SyslogSeverity(LogSeverity severity) => severity switch
    {
        LogSeverity.Debug => '7',
        LogSeverity.Info => '6',
        LogSeverity.Warn => '4',
        LogSeverity.Error => '3',
        _ => '2',
    };
}
