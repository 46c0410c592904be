namespace Leasehold.Log;

/// <summary>Standard output or standard error.</summary>
internal sealed class ConsoleSink(bool error) : ILogSink
{
    private readonly Stream stream = error ? Console.OpenStandardError() : Console.OpenStandardOutput();

    public bool MarksSeverity => false;

    public void Write(ReadOnlySpan<byte> lines)
    {
        stream.Write(lines);
        stream.Flush();
    }

    public void Dispose() => stream.Dispose();
}
