using System.CommandLine;
using System.Globalization;
using Leasehold.Leases.Memfile;
using Leasehold.Net;
using Leasehold.Serve;

namespace Leasehold;

/// <summary>leasehold leases: work on lease files that no server uses.</summary>
internal static class LeasesCommand
{
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "The lease file; the files of an unfinished clean-up beside it belong to it." };
        Option<bool> dryRun = new("--dry-run") { Description = "Tell what would be done, and change nothing." };
        Command clean = new("clean", "Rewrite a lease file with one line a lease, safe against crashes. No server may use it.") { file, dryRun };
        clean.SetAction(parsed => Clean(
            Path.GetFullPath(parsed.GetValue(file) ?? ""),
            parsed.GetValue(dryRun),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            Console.IsErrorRedirected ? null : Console.Error));
        return new Command("leases", "Work on lease files.")
        {
            clean.WithExample("leasehold leases clean --dry-run /var/lib/leasehold/leases4.csv"),
        };
    }

    /// <param name="path">The lease file.</param>
    /// <param name="terminal">Shows how far it is; null for none.</param>
    /// <returns>The exit status.</returns>
    public static int Clean(string path, bool dryRun, TextWriter output, TextWriter error, TextWriter? terminal)
    {
        try
        {
            string directory = Path.GetDirectoryName(path) ?? "/";
            LeaseFileSet set = new(Path.GetFileName(path));
            if (!Directory.Exists(directory) || (NativeFile.Identify(path) ?? Older(directory, set)) is not { } owner)
            {
                error.WriteLine($"{path}: there is no such lease file");
                return ExitStatus.Failed;
            }

            using PidFile? taken = dryRun ? null : Take(path, owner, error);
            if (taken is null && !dryRun) return ExitStatus.Failed;

            // Root may clean up what belongs to the server's user; the files stay that user's.
            LeaseDirectory files = new(directory, owner);
            if (!dryRun && CleanUpProcess.RunningOn(files, set) is { } process)
            {
                error.WriteLine($"{path}: process {process} (kea-lfc) is cleaning it up; try again when it has ended");
                return ExitStatus.Failed;
            }

            TerminalProgress bar = new(terminal, "cleaning up");
            LeaseCleanup cleanup = new(files, set.Current, LeaseFormat.Of(files, set), new() { KeepFree = 0, Progress = bar.Show });
            LeaseCleanupReport report = dryRun ? cleanup.Measure(CancellationToken.None) : cleanup.RunAlone(CancellationToken.None);
            bar.Clear();
            if (report.Problem is not null)
            {
                error.WriteLine($"{path}: not cleaned up: {report.Problem}");
                return ExitStatus.Failed;
            }

            Print(path, report, dryRun, output);
            return ExitStatus.Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{path}: {exception.Message}");
            return ExitStatus.Failed;
        }
    }

    private static FileIdentity? Older(string directory, LeaseFileSet set) =>
        set.Older(new LeaseDirectory(directory)).Select(name => NativeFile.Identify(Path.Combine(directory, name))).FirstOrDefault();

    /// <summary>The lock that a server has as long as it runs.</summary>
    private static PidFile? Take(string path, FileIdentity owner, TextWriter error)
    {
        string name = $"{path}.lock";
        bool isNew = !File.Exists(name);
        PidFile? taken = PidFile.TryTake(name, NativeFile.DefaultMode, remove: false, out int holder);
        if (taken is null) error.WriteLine($"{path}: process {holder} uses it; a server cleans its file up by itself (lease-database, lfc-interval)");
        else if (isNew) NativeFile.SetOwner(name, owner);
        return taken;
    }

    private static void Print(string path, LeaseCleanupReport report, bool dryRun, TextWriter output)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        output.WriteLine(path);
        output.WriteLine(string.Create(culture, $"  before: lines {report.LinesBefore}, octets {report.OctetsBefore}, leases {report.LeasesAfter}"));
        output.WriteLine(string.Create(culture, $"  after:  lines {report.LeasesAfter}, octets {report.OctetsAfter}, leases {report.LeasesAfter}"));
        if (dryRun) output.WriteLine("  nothing was changed (--dry-run)");
    }
}
