using Leasehold.Leases;

namespace Leasehold.SimulationTests.Serving;

/// <summary>The power went in the middle of a system call. Not an IOException: nobody lives to catch it.</summary>
internal sealed class PowerLost() : Exception("the power went");

/// <summary>A directory in memory that forgets at a power cut what was not synced, sector by sector, and fails when it is told to.</summary>
/// <remarks>
/// The disk of the unit tests does one fault at a time and copies whole files at a sync. This one is for hours of traffic: a sync costs
/// what was written since the last, and the power can go inside any system call.
/// </remarks>
internal sealed class VirtualDisk(Dice dice) : ILeaseDirectory
{
    private const int Sector = 512;

    private readonly Dice dice = dice;
    private readonly List<Action<Dictionary<string, VirtualFile>>> pendingNames = [];
    private Dictionary<string, VirtualFile> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VirtualFile> durableNames = new(StringComparer.Ordinal);

    /// <summary>So many of the next writes fail, after a part of the octets.</summary>
    public int FailWrites { get; set; }

    /// <summary>So many of the next syncs fail; what they were for may never reach the disk, and no later sync says so.</summary>
    public int FailSyncs { get; set; }

    /// <summary>So many of the next changes of a length fail.</summary>
    public int FailLengths { get; set; }

    /// <summary>True while there is no space: every write fails.</summary>
    public bool Full { get; set; }

    /// <summary>The power goes at the end of so many system calls that change something; 0: it does not.</summary>
    public int PowerCutIn { get; set; }

    /// <summary>A disk that says yes to every sync of a file and does nothing.</summary>
    public bool Lies { get; init; }

    /// <summary>The same for every sync of the directory.</summary>
    public bool DirectoryLies { get; init; }

    public long Available => Full ? 0 : long.MaxValue;

    public bool Exists(string name) => names.ContainsKey(name);

    public bool AreSame(string one, string other) =>
        names.TryGetValue(one, out VirtualFile? first) && names.TryGetValue(other, out VirtualFile? second) && ReferenceEquals(first, second);

    public ILeaseFile Open(string name)
    {
        if (names.TryGetValue(name, out VirtualFile? file)) return file;
        file = new(this);
        Rename(all => all[name] = file);
        return file;
    }

    public void Rename(string from, string to)
    {
        VirtualFile file = names[from];
        Rename(all =>
        {
            all.Remove(from);
            all[to] = file;
        });
    }

    public void Link(string from, string to)
    {
        if (names.ContainsKey(to)) throw new IOException("File exists");
        VirtualFile file = names[from];
        Rename(all => all[to] = file);
    }

    public void Delete(string name) => Rename(all => all.Remove(name));

    public void Sync()
    {
        Call();
        if (DirectoryLies) return;
        foreach (Action<Dictionary<string, VirtualFile>> change in pendingNames) change(durableNames);
        pendingNames.Clear();
    }

    /// <summary>The power goes: of what was not synced, the first few changes of names and any sectors may have reached the disk.</summary>
    public void CutPower()
    {
        int kept = dice.Between(0, pendingNames.Count);
        for (int i = 0; i < kept; i++) pendingNames[i](durableNames);
        pendingNames.Clear();
        names = new(durableNames, StringComparer.Ordinal);
        foreach (VirtualFile file in names.Values.Distinct()) file.CutPower();
        Repair();
    }

    /// <summary>No more faults.</summary>
    public void Repair() => (FailWrites, FailSyncs, FailLengths, Full, PowerCutIn) = (0, 0, 0, false, 0);

    private void Rename(Action<Dictionary<string, VirtualFile>> change)
    {
        change(names);
        pendingNames.Add(change);
        Call();
    }

    private void Call()
    {
        if (PowerCutIn > 0 && --PowerCutIn == 0) throw new PowerLost();
    }

    /// <summary>Octets that grow without being copied each time.</summary>
    private struct Content()
    {
        private byte[] octets = new byte[1 << 14];

        public int Length { get; private set; }

        public readonly ReadOnlySpan<byte> Span => octets.AsSpan(0, Length);

        public void SetLength(int length)
        {
            if (length > octets.Length) Array.Resize(ref octets, Math.Max(length, octets.Length * 2));
            if (length > Length) octets.AsSpan(Length, length - Length).Clear();
            Length = length;
        }

        public void Write(ReadOnlySpan<byte> source, int offset)
        {
            if (offset + source.Length > Length) SetLength(offset + source.Length);
            source.CopyTo(octets.AsSpan(offset));
        }
    }

    /// <summary>A change that waits for a sync.</summary>
    /// <param name="Octets">Null for a change of the length.</param>
    private readonly record struct Change(int Offset, byte[]? Octets);

    private sealed class VirtualFile(VirtualDisk disk) : ILeaseFile
    {
        private readonly List<Change> pending = [];
        private Content view = new();
        private Content durable = new();

        public long Length => view.Length;

        public int Read(Span<byte> destination, long offset)
        {
            if (offset >= view.Length) return 0;
            int length = Math.Min(destination.Length, view.Length - (int)offset);
            view.Span.Slice((int)offset, length).CopyTo(destination);
            return length;
        }

        public void Write(ReadOnlySpan<byte> octets, long offset)
        {
            if (disk.FailWrites > 0 || disk.Full)
            {
                if (disk.FailWrites > 0) disk.FailWrites--;
                Store(octets[..disk.dice.Next(octets.Length)], (int)offset);
                throw new IOException("No space left on device");
            }

            Store(octets, (int)offset);
            disk.Call();
        }

        public void SetLength(long length)
        {
            if (disk.FailLengths > 0)
            {
                disk.FailLengths--;
                throw new IOException("Input/output error");
            }

            view.SetLength((int)length);
            pending.Add(new((int)length, null));
            disk.Call();
        }

        public void Sync()
        {
            if (disk.FailSyncs > 0)
            {
                disk.FailSyncs--;
                Tear(keepsLengths: true);
                throw new IOException("Input/output error");
            }

            if (!disk.Lies)
            {
                foreach (Change change in pending) Do(change);
                pending.Clear();
            }

            disk.Call();
        }

        public void CutPower()
        {
            Tear(keepsLengths: false);
            view = new();
            view.Write(durable.Span, 0);
        }

        public void Dispose()
        {
        }

        private void Store(ReadOnlySpan<byte> octets, int offset)
        {
            view.Write(octets, offset);
            pending.Add(new(offset, octets.ToArray()));
        }

        private void Do(Change change)
        {
            if (change.Octets is { } octets) durable.Write(octets, change.Offset);
            else durable.SetLength(change.Offset);
        }

        /// <summary>Each pending change reaches the disk, or a part of it, or nothing.</summary>
        /// <param name="keepsLengths">Lengths are the journal's: a sync that fails loses data alone.</param>
        private void Tear(bool keepsLengths)
        {
            foreach (Change change in pending)
            {
                if (change.Octets is { } octets) Tear(octets, change.Offset);
                else if (keepsLengths || disk.dice.OneIn(2)) Do(change);
            }

            pending.Clear();
        }

        private void Tear(byte[] octets, int offset)
        {
            int mode = disk.dice.Next(4);
            for (int at = 0; at < octets.Length;)
            {
                int length = Math.Min(octets.Length - at, Sector - ((offset + at) % Sector));
                // All, none, or each for itself.
                if (mode == 0 || (mode != 1 && disk.dice.OneIn(2))) durable.Write(octets.AsSpan(at, length), offset + at);
                at += length;
            }

            // The length may be ahead of the data, or end in the middle of a sector.
            if (mode == 2) durable.SetLength(Math.Max(durable.Length, offset + disk.dice.Between(0, octets.Length)));
        }
    }
}
