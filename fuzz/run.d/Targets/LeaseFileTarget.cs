using System.Text;
using Leasehold.Fuzz.Driving;
using Leasehold.Fuzz.Mutation;
using Leasehold.Leases.Memfile;

namespace Leasehold.Fuzz.Targets;

/// <summary>A whole lease file: read with whatever is wrong in it, read again as it was left, written, cleaned up.</summary>
internal abstract class LeaseFileTarget : Target
{
    protected const string FileName = "leases.csv";

    public override Shape Shape => Shape.Lines;

    public override int MaxLength => 8192;

    protected abstract LeaseFormat Format { get; }

    public override void Run(ReadOnlySpan<byte> input, Reached reached)
    {
        MemoryDirectory directory = MemoryDirectory.With(FileName, input);
        LeaseLoadReport report = Load(directory, int.MaxValue, out List<string>? leases);
        Judge(report, leases, reached);
        if (leases is null) return;
        if (report.DamagedLines > 0)
        {
            Load(MemoryDirectory.With(FileName, input), maxRowErrors: 0, out List<string>? refused);
            BrokenRule.Unless(refused is null, "a file with a damaged line is not served where none is allowed");
        }

        reached.AddSize("leases", leases.Count);
        Same(leases, directory, "a file that was opened once has the same leases the next time");
        string written = $"{Format.Header}\n{string.Concat(leases)}";
        Same(leases, MemoryDirectory.With(FileName, Encoding.Latin1.GetBytes(written)), "leases that are written and read are the same");
        LeaseCleanupReport cleaned = new LeaseCleanup(directory, FileName, Format, new() { MaxRowErrors = int.MaxValue }).RunAlone(CancellationToken.None);
        reached.Add("clean-up", (long)cleaned.Step);
        Same(leases, directory, "a clean-up keeps the leases");
    }

    /// <summary>Opens the files of a directory.</summary>
    /// <param name="leases">A line for each lease in the order of the lines; null when they must not be served.</param>
    protected abstract LeaseLoadReport Load(MemoryDirectory directory, int maxRowErrors, out List<string>? leases);

    private void Same(List<string> leases, MemoryDirectory directory, string rule)
    {
        LeaseLoadReport report = Load(directory, int.MaxValue, out List<string>? again);
        BrokenRule.Unless(
            again is not null && again.SequenceEqual(leases),
            rule,
            $"\n{string.Concat(leases.Except(again ?? []))}became\n{string.Concat((again ?? []).Except(leases))}{string.Join('\n', report.Findings)}");
    }

    private static void Judge(LeaseLoadReport report, List<string>? leases, Reached reached)
    {
        BrokenRule.Unless(report.Succeeded == leases is not null, "leases are served exactly when reading succeeded");
        BrokenRule.Unless(report.Succeeded || report.Findings.Any(finding => finding.Severity == LeaseFileSeverity.Error), "a refusal has a reason");
        BrokenRule.Unless(report.DamagedLines <= report.Lines, "damaged lines are lines", $"{report.DamagedLines} of {report.Lines}");
        BrokenRule.Unless(report.DamagedLines == 0 || report.Findings.Count > 0, "damaged lines are told");
        BrokenRule.Unless(leases is null || leases.Count <= report.Lines, "a lease comes from a line");
        reached.Add("read", report.Succeeded ? 1 : 0, report.Rewritten ? 1 : 0);
        reached.AddSize("damaged", report.DamagedLines);
        foreach (LeaseFileFinding finding in report.Findings) reached.AddMessage("finding", finding.Text);
    }
}
