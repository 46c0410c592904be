using System.Text;
using Leasehold.Configuration.Model;
using Leasehold.Log;
using Xunit;

namespace Leasehold.UnitTests.Log;

public sealed class LogTargetTests : IDisposable
{
    private readonly MemorySink sink = new();

    public void Dispose() => sink.Dispose();

    [Fact]
    public void Lines_wait_until_the_logs_thread_writes_them_all_at_once()
    {
        LogTarget target = Target();
        Assert.True(target.TryWrite(LogSeverity.Info, "a.b"u8, "ID_A"u8, "one"u8, out bool wakeFirst));
        Assert.True(target.TryWrite(LogSeverity.Info, "a.b"u8, "ID_B"u8, "two"u8, out bool wakeSecond));
        Assert.Equal((true, false, 0), (wakeFirst, wakeSecond, sink.Writes));
        Assert.Null(target.Drain());
        Assert.Equal("ID_A one\nID_B two\n", sink.Text);
        Assert.Equal(1, sink.Writes);
    }

    [Fact]
    public void When_the_queue_is_full_lines_are_counted_and_one_line_tells_how_many()
    {
        LogTarget target = Target();
        byte[] text = new byte[LogTarget.MaxLine * 2];
        text.AsSpan().Fill((byte)'x');
        int fits = (LogTarget.Capacity / LogTarget.MaxLine) - 1;
        for (int i = 0; i < fits + 5; i++) target.TryWrite(LogSeverity.Info, "a.b"u8, "ID"u8, text, out _);
        Assert.Null(target.Drain());
        Assert.EndsWith("\nLOG_LINES_LOST 5 log lines were lost: they came faster than they could be written\n", sink.Text, StringComparison.Ordinal);
        Assert.Null(target.Drain());
        Assert.Equal(fits + 1, sink.Text.Count(static c => c == '\n'));
    }

    [Fact]
    public void What_could_not_be_written_is_told_as_soon_as_writing_works_again()
    {
        LogTarget target = Target();
        sink.Failure = "no space left";
        target.TryWrite(LogSeverity.Info, "a.b"u8, "ID_A"u8, "one"u8, out _);
        target.TryWrite(LogSeverity.Info, "a.b"u8, "ID_B"u8, "two"u8, out _);
        Assert.Equal("no space left", target.Drain());
        target.TryWrite(LogSeverity.Info, "a.b"u8, "ID_C"u8, "three"u8, out _);
        Assert.Null(target.Drain());
        sink.Failure = null;
        target.TryWrite(LogSeverity.Info, "a.b"u8, "ID_D"u8, "four"u8, out _);
        Assert.Null(target.Drain());
        Assert.Equal("ID_D four\nLOG_LINES_LOST 3 log lines were lost: no space left\n", sink.Text);
    }

    [Fact]
    public void A_closed_target_takes_no_more_lines_and_writes_those_that_wait()
    {
        LogTarget target = Target();
        target.TryWrite(LogSeverity.Info, "a.b"u8, "ID_A"u8, "one"u8, out _);
        target.Close();
        Assert.False(target.TryWrite(LogSeverity.Info, "a.b"u8, "ID_B"u8, "two"u8, out _));
        target.Drain();
        Assert.Equal("ID_A one\n", sink.Text);
    }

    [Fact]
    public void A_sink_that_wants_the_severity_gets_it_before_each_line()
    {
        sink.MarksSeverity = true;
        LogTarget target = Target();
        foreach (LogSeverity severity in (LogSeverity[])[LogSeverity.Debug, LogSeverity.Info, LogSeverity.Warn, LogSeverity.Error, LogSeverity.Fatal])
            target.TryWrite(severity, "a.b"u8, ""u8, "x"u8, out _);
        target.Drain();
        Assert.Equal("7x\n6x\n4x\n3x\n2x\n", sink.Text);
    }

    private LogTarget Target() => new(sink, LogPattern.Parse("%m", 1), TimeProvider.System);

    private sealed class MemorySink : ILogSink
    {
        private readonly StringBuilder text = new();

        public string? Failure { get; set; }

        public bool MarksSeverity { get; set; }

        public int Writes { get; private set; }

        public string Text => text.ToString();

        public void Write(ReadOnlySpan<byte> lines)
        {
            if (Failure is not null) throw new IOException(Failure);
            Writes++;
            text.Append(Encoding.UTF8.GetString(lines));
        }

        public void Dispose() => Failure = "disposed";
    }
}
