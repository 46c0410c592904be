using Leasehold.Net;
using Leasehold.SystemTests.Namespaces;
using Xunit;

namespace Leasehold.SystemTests.Net;

public sealed class NativeFileTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("leasehold-file-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void What_is_written_is_read_back_at_its_place()
    {
        using NativeFile file = NativeFile.Open(Name("a"));
        file.Write([1, 2, 3, 4], 2);
        file.Write([9], 3);
        file.Sync();
        byte[] octets = new byte[8];
        Assert.Equal(6, file.Read(octets, 0));
        Assert.Equal([0, 0, 1, 9, 3, 4, 0, 0], octets);
        Assert.Equal(0, file.Read(octets, 6));
        Assert.Equal(6, file.Length);
        file.SetLength(3);
        Assert.Equal([0, 0, 1], File.ReadAllBytes(Name("a")));
    }

    [Fact]
    public void A_new_file_is_not_readable_by_others()
    {
        using NativeFile file = NativeFile.Open(Name("a"));
        Assert.Equal(UnixFileMode.None, new FileInfo(Name("a")).UnixFileMode & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite));
    }

    [Fact]
    public void Each_opening_does_what_it_says()
    {
        Assert.Equal(Errno.ENOENT, Assert.Throws<LinuxException>(() => NativeFile.Open(Name("a"), FileOpening.OpenExisting)).Errno);
        LinuxException missing = Assert.Throws<LinuxException>(() => NativeFile.Open(Name("a"), FileOpening.OpenForReading));
        Assert.Equal($"open {Name("a")}: ENOENT (No such file or directory)", missing.Message);
        NativeFile.Open(Name("a"), FileOpening.CreateNew).Dispose();
        Assert.Equal(Errno.EEXIST, Assert.Throws<LinuxException>(() => NativeFile.Open(Name("a"), FileOpening.CreateNew)).Errno);
        using NativeFile reading = NativeFile.Open(Name("a"), FileOpening.OpenForReading);
        Assert.Equal(Errno.EBADF, Assert.Throws<LinuxException>(() => reading.Write([1], 0)).Errno);
    }

    [Fact]
    public void A_second_opening_cannot_take_the_lock_until_the_first_is_closed()
    {
        NativeFile first = NativeFile.Open(Name("lock"));
        using NativeFile second = NativeFile.Open(Name("lock"));
        Assert.True(first.TryLock());
        Assert.True(first.TryLock());
        Assert.False(second.TryLock());
        first.Dispose();
        // A program that another test starts at this moment has a copy of our descriptors until its exec.
        Assert.True(SpinWait.SpinUntil(second.TryLock, Sockets.Patience));
    }

    [Fact]
    public async Task The_lock_of_another_process_is_seen_and_ends_with_it()
    {
        using NativeFile file = NativeFile.Open(Name("lock"));
        await using HostProcess other = new("flock", ["--exclusive", "--no-fork", Name("lock"), "sh", "-c", "echo locked; exec sleep 60"]);
        await other.WaitForText("locked", Sockets.Patience);
        Assert.False(file.TryLock());
        await other.Kill();
        Assert.True(file.TryLock());
    }

    [Fact]
    public void A_renamed_file_takes_the_place_of_the_old_one()
    {
        File.WriteAllText(Name("old"), "old");
        File.WriteAllText(Name("new"), "new");
        NativeFile.Rename(Name("new"), Name("old"));
        NativeFile.SyncDirectory(directory);
        Assert.Equal("new", File.ReadAllText(Name("old")));
        Assert.False(File.Exists(Name("new")));
        Assert.Equal(Errno.ENOENT, Assert.Throws<LinuxException>(() => NativeFile.Rename(Name("new"), Name("old"))).Errno);
        Assert.Equal(Errno.ENOTDIR, Assert.Throws<LinuxException>(() => NativeFile.SyncDirectory(Name("old"))).Errno);
    }

    [Fact]
    public async Task A_full_disk_is_named_and_room_that_was_reserved_is_there()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "A small file system to fill needs root.");
        await Command.Run("mount", "-t", "tmpfs", "-o", "size=64k", "leasehold-test", directory);
        try
        {
            using NativeFile reserved = NativeFile.Open(Name("reserved"));
            Assert.True(reserved.TryReserve(0, 32 << 10, keepLength: true));
            Assert.Equal(0, reserved.Length);
            using NativeFile other = NativeFile.Open(Name("other"));
            LinuxException full = Assert.Throws<LinuxException>(() => other.Write(new byte[64 << 10], 0));
            Assert.Equal(Errno.ENOSPC, full.Errno);
            Assert.Equal("pwrite", full.Call);
            Assert.Equal(Errno.ENOSPC, Assert.Throws<LinuxException>(() => other.TryReserve(0, 1 << 20, keepLength: false)).Errno);
            reserved.Write(new byte[32 << 10], 0);
            reserved.Sync();
            other.SetLength(0);
            other.Write([1], 0);
        }
        finally
        {
            // Lazily: a program that another test starts at this moment has a copy of our descriptors until its exec.
            await Command.Run("umount", "--lazy", directory);
        }
    }

    private string Name(string name) => Path.Combine(directory, name);
}
