using Leasehold.Engine.Load;

namespace Leasehold.Perf;

/// <summary>What is said while a run goes on: a line at each interval of -t, and a live line on a terminal.</summary>
internal sealed class PerfProgress(PerfOptions options, LoadCounters counters, TextWriter output, TextWriter? terminal)
{
    private const long LiveEvery = LoadSettings.NanosecondsPerSecond / 4;
    private const double NanosecondsPerMillisecond = 1e6;

    private readonly long reportEvery = options.ReportEvery is { } seconds ? PerfOptions.Nanoseconds(seconds) : long.MaxValue;
    private long nextReport = options.ReportEvery is { } seconds ? PerfOptions.Nanoseconds(seconds) : long.MaxValue;
    private long nextLive;
    private long lastCompleted;
    private long lastLive;
    private int width;

    /// <summary>Says what is due.</summary>
    /// <param name="now">Nanoseconds since the start.</param>
    /// <returns>When something is due again.</returns>
    public long Tick(long now)
    {
        if (now >= nextReport)
        {
            Clear();
            Report();
            nextReport += reportEvery;
        }

        if (terminal is not null && now >= nextLive)
        {
            Live(terminal, now);
            nextLive = now + LiveEvery;
        }

        return terminal is null ? nextReport : Math.Min(nextReport, nextLive);
    }

    /// <summary>Takes the live line away.</summary>
    public void Clear()
    {
        if (terminal is null || width == 0) return;
        terminal.Write($"\r{new string(' ', width)}\r");
        width = 0;
    }

    private void Report()
    {
        List<StageCounters> stages = [.. PerfNames.StagesOf(options).Select(stage => counters[stage])];
        string[] figures = [Row(static s => s.Sent), Row(static s => s.Received), Row(static s => s.Expired), Row(static s => s.Rejected)];
        output.WriteLine(options.Separator is { } separator
            ? string.Join(separator, figures)
            : $"sent: {figures[0]}; received: {figures[1]}; drops: {figures[2]}; rejected: {figures[3]}");
        output.Flush();

        string Row(Func<StageCounters, long> figure) => string.Join(options.Separator ?? "/", stages.Select(figure));
    }

    private void Live(TextWriter line, long now)
    {
        double seconds = (now - lastLive) / (double)LoadSettings.NanosecondsPerSecond;
        double rate = seconds > 0 ? (counters.Completed - lastCompleted) / seconds : 0;
        (lastLive, lastCompleted) = (now, counters.Completed);
        StageCounters first = counters[LoadStage.First];
        StageCounters last = counters[options.IsInitialOnly ? LoadStage.First : LoadStage.Second];
        string p99 = last.Delays.Percentile(0.99) is { } delay ? $"{delay / NanosecondsPerMillisecond:0.000} ms" : "n/a";
        string text = $"{Part(now, first.Sent)}{now / (double)LoadSettings.NanosecondsPerSecond,7:0.0} s  {rate,9:#,0}/s  "
            + $"done {counters.Completed:#,0}  waiting {first.Sent - counters.Completed - first.Expired - last.Expired:#,0}  lost {first.Expired + last.Expired:#,0}  p99 {p99}"
            + (counters.ViolationsInAll > 0 ? $"  VIOLATIONS {counters.ViolationsInAll}" : "");
        line.Write($"\r{text.PadRight(width)}");
        width = text.Length;
    }

    /// <summary>How much of the run is over, where that is known.</summary>
    private string Part(long now, long sent)
    {
        double? part = options.IsAvalanche ? counters.Completed / (double)options.Clients
            : options.Requests.Count > 0 ? sent / (double)options.Requests[0]
            : options.Period is { } period ? now / (period * LoadSettings.NanosecondsPerSecond) : null;
        return part is { } done ? $"{Math.Min(1, done),4:0 %} " : "";
    }
}
