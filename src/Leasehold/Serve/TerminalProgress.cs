using System.Diagnostics;

namespace Leasehold.Serve;

/// <summary>A bar on a terminal for work that takes more than a moment.</summary>
/// <param name="terminal">Null for none: nothing is shown.</param>
/// <param name="what">What is being done: "loading leases".</param>
internal sealed class TerminalProgress(TextWriter? terminal, string what)
{
    private const int Width = 40;
    private const long PatienceMilliseconds = 500;

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private long shownPercent = -1;

    /// <summary>Shows how far it is.</summary>
    public void Show(long done, long all)
    {
        if (terminal is null || all == 0 || watch.ElapsedMilliseconds < PatienceMilliseconds) return;
        long percent = Math.Clamp(done * 100 / all, 0, 100);
        if (percent == shownPercent) return;
        shownPercent = percent;
        int full = (int)(percent * Width / 100);
        terminal.Write($"\r{what} [{new string('#', full)}{new string('.', Width - full)}] {percent,3} %");
    }

    /// <summary>Takes the bar away, so that the next line begins where it stood.</summary>
    public void Clear()
    {
        if (shownPercent >= 0) terminal?.Write("\r\u001b[K");
        shownPercent = -1;
    }
}
