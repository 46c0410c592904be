using System.Buffers.Binary;
using System.Globalization;
using Leasehold.Demo;
using Xunit;

namespace Leasehold.SystemTests.Crash;

/// <summary>
/// A file system on a disk that remembers every write and every sync, so that the disk can be made as a power cut at any moment would
/// have left it; and that is slow, or fails, when it is told to. lossy_disk.c is the disk; a loop device makes it one for the kernel.
/// </summary>
/// <remarks>What is above it is the kernel's own: file system, journal, page cache, barriers.</remarks>
public sealed class LossyDisk : IDisposable
{
    private const int Size = 32 << 20;
    private const int Sector = 512;
    private const int RecordHead = 16;
    private const uint Write = 1;
    private const int ForEver = -1;

    private readonly string place;
    private readonly RunningProgram program;
    private string? device;
    private bool mounted;

    private LossyDisk(string place, RunningProgram program)
    {
        this.place = place;
        this.program = program;
        Folder = Path.Combine(place, "files");
    }

    /// <summary>Where the file system is mounted.</summary>
    public string Folder { get; }

    /// <summary>The kernel's name of the device: loop0.</summary>
    public string DeviceName => Path.GetFileName(device!);

    /// <summary>How much has happened so far: a moment for <see cref="AfterPowerCut"/>.</summary>
    public long Moment => new FileInfo(Log).Length;

    /// <summary>Syncs that the disk has carried out.</summary>
    public int Syncs => Records(File.ReadAllBytes(Log)).Count(record => record.Kind != Write);

    private string Log => Path.Combine(place, "log");

    private string Control => Path.Combine(place, "control");

    private string Served => Path.Combine(place, "disk");

    /// <summary>Makes one; skips the test, with the reason, where the machine has no FUSE or no loop devices.</summary>
    /// <param name="folder">Where its files go.</param>
    /// <param name="fileSystem">"ext4", or "ext2" for one without a journal, which a failure does not stop for good.</param>
    public static async Task<LossyDisk> Create(string folder, string fileSystem, CancellationToken cancel)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Mounting needs root.");
        Assert.SkipUnless(File.Exists("/dev/fuse"), "There is no /dev/fuse, so no disk below a file system can be simulated.");
        Assert.SkipUnless(File.Exists("/dev/loop-control"), "There are no loop devices, so no disk below a file system can be simulated.");
        string root = Directory.CreateDirectory(Path.Combine(folder, "lossy-disk")).FullName;
        string binary = Path.Combine(root, "lossy_disk");
        ExternalProgram.Run("gcc", "-O2", "-Wall", "-o", binary, Path.Combine(AppContext.BaseDirectory, "Crash", "lossy_disk.c"));
        string served = Directory.CreateDirectory(Path.Combine(root, "disk")).FullName;
        var running = RunningProgram.Start(
            Path.Combine(root, "output"),
            [],
            [binary, served, Size.ToString(CultureInfo.InvariantCulture), Path.Combine(root, "log"), Path.Combine(root, "control")]);
        LossyDisk disk = new(root, running);
        try
        {
            await Wait.UntilAsync(() => running.HasExited || running.Output().Contains("serving", StringComparison.Ordinal), TimeSpan.FromSeconds(20), "the disk serves", cancel);
            if (running.HasExited) Assert.Skip($"No FUSE file system can be mounted here: {running.Output().Trim()}");
            disk.Mount(fileSystem);
            return disk;
        }
        catch
        {
            disk.Dispose();
            throw;
        }
    }

    /// <summary>How many of the syncs that are to fail have not come yet.</summary>
    public int SyncsToFail => BinaryPrimitives.ReadInt32LittleEndian(File.ReadAllBytes(Control));

    /// <summary>So many of the next syncs fail.</summary>
    public void FailSyncs(int count) => Set(count, 0, 0);

    /// <summary>All writes and syncs fail, until <see cref="Recover"/>.</summary>
    public void FailForGood() => Set(ForEver, ForEver, 0);

    /// <summary>Each sync takes so long.</summary>
    public void SlowDown(int milliseconds) => Set(0, 0, milliseconds);

    public void Recover() => Set(0, 0, 0);

    /// <summary>
    /// Makes the disk as a power cut would have left it: all that was written before the last sync, and of what came after it each
    /// sector, or not, whatever came first.
    /// </summary>
    /// <returns>Its octets.</returns>
    public byte[] AfterPowerCut(long moment, Random random)
    {
        byte[] log = File.ReadAllBytes(Log).AsSpan(0, (int)moment).ToArray();
        List<Record> records = [.. Records(log)];
        int synced = records.FindLastIndex(record => record.Kind != Write) + 1;
        byte[] disk = new byte[Size];
        foreach (Record record in records.Take(synced).Where(record => record.Kind == Write)) log.AsSpan(record.Start, record.Length).CopyTo(disk.AsSpan(record.Offset));
        Record[] cached = [.. records.Skip(synced)];
        random.Shuffle(cached);
        foreach (Record record in cached)
        {
            int mode = random.Next(3);
            for (int at = 0; at < record.Length; at += Sector)
            {
                // All of a write, none of it, or each sector for itself.
                if (mode == 0 || (mode == 1 && random.Next(2) == 0))
                    log.AsSpan(record.Start + at, Math.Min(Sector, record.Length - at)).CopyTo(disk.AsSpan(record.Offset + at));
            }
        }

        return disk;
    }

    public void Dispose()
    {
        Recover();
        if (mounted) ExternalProgram.TryRun("umount", "-l", Folder);
        if (device is not null) ExternalProgram.TryRun("losetup", "-d", device);
        // Lazily: the loop device may hold its file a moment longer. The program ends when the mount has gone.
        if (!program.HasExited) ExternalProgram.TryRun("umount", "-l", Served);
        program.Dispose();
    }

    private void Mount(string fileSystem)
    {
        (int status, string output) = ExternalProgram.TryRun("losetup", "-f", "--show", Path.Combine(Served, "disk"));
        Assert.SkipUnless(status == 0, $"No loop device can be set up here: {output.Trim()}");
        device = output.Trim();
        ExternalProgram.Run($"mkfs.{fileSystem}", "-q", "-E", "nodiscard", device);
        Directory.CreateDirectory(Folder);
        ExternalProgram.Run("mount", "-t", "ext4", "-o", fileSystem == "ext4" ? "errors=remount-ro" : "errors=continue", device, Folder);
        mounted = true;
    }

    private void Set(params ReadOnlySpan<int> numbers)
    {
        byte[] octets = new byte[numbers.Length * sizeof(int)];
        for (int i = 0; i < numbers.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(octets.AsSpan(i * sizeof(int)), numbers[i]);
        using var file = File.OpenWrite(Control);
        file.Write(octets);
    }

    private static IEnumerable<Record> Records(byte[] log)
    {
        for (int at = 0; at + RecordHead <= log.Length;)
        {
            uint kind = BinaryPrimitives.ReadUInt32LittleEndian(log.AsSpan(at));
            int length = BinaryPrimitives.ReadInt32LittleEndian(log.AsSpan(at + 4));
            long offset = BinaryPrimitives.ReadInt64LittleEndian(log.AsSpan(at + 8));
            at += RecordHead;
            // The last may have been on its way when the log was read.
            if (at + length > log.Length) yield break;
            yield return new(kind, (int)offset, at, length);
            at += length;
        }
    }

    /// <param name="Offset">On the disk.</param>
    /// <param name="Start">Of its octets in the log.</param>
    private readonly record struct Record(uint Kind, int Offset, int Start, int Length);
}
