using System.Text;
using Leasehold.Leases;

namespace Leasehold.UnitTests.Leases.Memfile;

/// <summary>A directory in memory that forgets at a crash what was not synced, sector by sector, and fails when it is told to.</summary>
internal sealed class SimulatedDisk(Random random) : ILeaseDirectory
{
    private const int Sector = 512;

    private Dictionary<string, SimulatedFile> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SimulatedFile> durableNames = new(StringComparer.Ordinal);
    private readonly List<Action<Dictionary<string, SimulatedFile>>> pendingNames = [];

    /// <summary>So many of the next writes fail, after a part of the octets.</summary>
    public int FailWrites { get; set; }

    /// <summary>So many of the next syncs fail; what they were for may never reach the disk.</summary>
    public int FailSyncs { get; set; }

    /// <summary>So many of the next changes of a length fail.</summary>
    public int FailLengths { get; set; }

    /// <summary>So many of the next syncs of the directory fail.</summary>
    public int FailDirectorySyncs { get; set; }

    /// <summary>So many of the next links, renames and deletions fail.</summary>
    public int FailNames { get; set; }

    /// <summary>Called before each system call that changes something.</summary>
    public Action? Step { get; set; }

    /// <summary>Writes beyond so many octets in all files fail.</summary>
    public long Capacity { get; set; } = long.MaxValue;

    public int Writes { get; private set; }

    public int Syncs { get; private set; }

    public string Text(string name) => Encoding.Latin1.GetString(names[name].Octets);

    public void Put(string name, string text)
    {
        SimulatedFile file = new(this) { Octets = Encoding.Latin1.GetBytes(text) };
        Change(all => all[name] = file);
        file.Sync();
        Sync();
    }

    public bool Exists(string name) => names.ContainsKey(name);

    public long Available => Capacity - Used;

    /// <summary>In their order, with a blank between them.</summary>
    public string Names => string.Join(' ', names.Keys.Order(StringComparer.Ordinal));

    /// <summary>Octets in all files.</summary>
    public long Used => names.Values.Distinct().Sum(file => file.Octets.LongLength);

    public ILeaseFile Open(string name)
    {
        if (names.TryGetValue(name, out SimulatedFile? file)) return file;
        Step?.Invoke();
        file = new(this);
        Change(all => all[name] = file);
        return file;
    }

    public void Rename(string from, string to)
    {
        Named();
        SimulatedFile file = names[from];
        Change(all =>
        {
            all.Remove(from);
            all[to] = file;
        });
    }

    public void Link(string from, string to)
    {
        Named();
        if (names.ContainsKey(to)) throw new IOException("File exists");
        SimulatedFile file = names[from];
        Change(all => all[to] = file);
    }

    public bool AreSame(string one, string other) =>
        names.TryGetValue(one, out SimulatedFile? first) && names.TryGetValue(other, out SimulatedFile? second) && ReferenceEquals(first, second);

    public void Delete(string name)
    {
        if (!Exists(name)) return;
        Named();
        Change(all => all.Remove(name));
    }

    public void Sync()
    {
        Step?.Invoke();
        if (FailDirectorySyncs > 0)
        {
            FailDirectorySyncs--;
            throw new IOException("Input/output error");
        }

        foreach (Action<Dictionary<string, SimulatedFile>> change in pendingNames) change(durableNames);
        pendingNames.Clear();
    }

    /// <summary>The power goes. Of what was not synced, each name and each sector may have reached the disk or not.</summary>
    public void Crash()
    {
        // All, none, the first of them, or each for itself.
        int mode = random.Next(4);
        int first = random.Next(pendingNames.Count + 1);
        for (int i = 0; i < pendingNames.Count; i++)
        {
            if (mode == 0 || (mode == 1 && i < first) || (mode == 2 && random.Next(2) == 0)) pendingNames[i](durableNames);
        }

        pendingNames.Clear();
        names = new(durableNames, StringComparer.Ordinal);
        foreach (SimulatedFile file in names.Values.Distinct()) file.Crash();
    }

    private void Named()
    {
        Step?.Invoke();
        if (FailNames == 0) return;
        FailNames--;
        throw new IOException("Input/output error");
    }

    private void Change(Action<Dictionary<string, SimulatedFile>> change)
    {
        change(names);
        pendingNames.Add(change);
    }

    private sealed class SimulatedFile(SimulatedDisk disk) : ILeaseFile
    {
        private readonly List<Action> pending = [];
        private byte[] durable = [];

        public byte[] Octets { get; set; } = [];

        public long Length => Octets.Length;

        public int Read(Span<byte> destination, long offset)
        {
            if (offset >= Octets.Length) return 0;
            // Sometimes less than there is, as a system call may.
            int length = Math.Min(destination.Length, Octets.Length - (int)offset);
            Octets.AsSpan((int)offset, length).CopyTo(destination);
            return length;
        }

        public void Write(ReadOnlySpan<byte> octets, long offset)
        {
            disk.Step?.Invoke();
            disk.Writes++;
            bool isFull = disk.Used + octets.Length > disk.Capacity;
            if (disk.FailWrites > 0 || isFull)
            {
                if (disk.FailWrites > 0) disk.FailWrites--;
                Store(octets[..disk.Random(octets.Length)].ToArray(), (int)offset);
                throw new IOException("No space left on device");
            }

            Store(octets.ToArray(), (int)offset);
        }

        public void SetLength(long length)
        {
            disk.Step?.Invoke();
            if (disk.FailLengths > 0)
            {
                disk.FailLengths--;
                throw new IOException("Input/output error");
            }

            Octets = Resized(Octets, (int)length);
            pending.Add(() =>
            {
                // A new length is not on the disk either before the sync.
                if (disk.Random(2) == 0) durable = Resized(durable, (int)length);
            });
        }

        public void Sync()
        {
            disk.Step?.Invoke();
            disk.Syncs++;
            if (disk.FailSyncs > 0)
            {
                disk.FailSyncs--;
                // The kernel forgets what it could not write, and the next sync succeeds without it.
                Crash(keepView: true);
                throw new IOException("Input/output error");
            }

            durable = [.. Octets];
            pending.Clear();
        }

        public void Crash(bool keepView = false)
        {
            foreach (Action change in pending) change();
            pending.Clear();
            if (!keepView) Octets = [.. durable];
        }

        public void Dispose()
        {
        }

        private void Store(byte[] octets, int offset)
        {
            Octets = Resized(Octets, Math.Max(Octets.Length, offset + octets.Length));
            octets.CopyTo(Octets, offset);
            pending.Add(() => Tear(octets, offset));
        }

        /// <summary>Some sectors of a write reach the disk.</summary>
        private void Tear(byte[] octets, int offset)
        {
            int mode = disk.Random(4);
            for (int at = 0; at < octets.Length;)
            {
                int length = Math.Min(octets.Length - at, Sector - ((offset + at) % Sector));
                // All, none, or each for itself.
                if (mode == 0 || (mode != 1 && disk.Random(2) == 0))
                {
                    durable = Resized(durable, Math.Max(durable.Length, offset + at + length));
                    Array.Copy(octets, at, durable, offset + at, length);
                }

                at += length;
            }

            // The length may be ahead of the data, or end in the middle of a sector.
            if (mode == 2) durable = Resized(durable, Math.Max(durable.Length, offset + disk.Random(octets.Length + 1)));
        }

        private static byte[] Resized(byte[] octets, int length)
        {
            Array.Resize(ref octets, length);
            return octets;
        }
    }

    private int Random(int limit) => random.Next(limit);
}
