using Leasehold.Engine.V4;
using Microsoft.Extensions.Logging;

namespace Leasehold.Serve;

/// <summary>Says what was found about the leases of the file at start. Of a sort that comes in thousands, the first and their number.</summary>
internal sealed class LeaseSanityLog(ILogger log)
{
    /// <summary>Lines for findings of one kind: enough to see what they have in common.</summary>
    private const int MaxLines = 100;

    private readonly int[] counts = new int[Enum.GetValues<LeaseFindingKind>().Length];

    public void Report(LeaseFinding4 finding)
    {
        if (++counts[(int)finding.Kind] > MaxLines) return;
        string address = finding.Address.ToString();
        switch (finding.Kind)
        {
            case LeaseFindingKind.Misplaced:
                Dhcp4Messages.LeaseSanityFail(log, address, finding.Text);
                break;
            case LeaseFindingKind.Moved:
                Dhcp4Messages.LeaseSanityFixed(log, address, finding.Text);
                break;
            case LeaseFindingKind.Dropped:
                Dhcp4Messages.LeaseSanityDiscard(log, address, finding.Text);
                break;
            case LeaseFindingKind.ContextUpgraded:
                Dhcp4Messages.ExtendedInfoUpgraded(log, address, finding.Text);
                break;
            default:
                Dhcp4Messages.ExtendedInfoFail(log, address, finding.Text);
                break;
        }
    }

    /// <summary>Says how many leases had no line of their own.</summary>
    public void End()
    {
        int silent = counts.Sum(static count => Math.Max(0, count - MaxLines));
        if (silent > 0) Dhcp4Messages.LeaseSanityMore(log, silent, MaxLines);
    }
}
