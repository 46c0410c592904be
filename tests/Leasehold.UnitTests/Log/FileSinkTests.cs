using System.Text;
using Leasehold.Log;
using Xunit;

namespace Leasehold.UnitTests.Log;

public sealed class FileSinkTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_file_is_made_without_rights_for_others_and_appended_to()
    {
        File.WriteAllText(folder.At("log"), "before\n");
        using (FileSink sink = new(folder.At("log"), 0, 1)) sink.Write("after\n"u8);
        using (FileSink sink = new(folder.At("new"), 0, 1)) sink.Write("first\n"u8);
        Assert.Equal("before\nafter\n", folder.Read("log"));
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(folder.At("new")) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite));
    }

    [Fact]
    public void A_full_file_is_renamed_and_older_ones_move_on_and_the_oldest_goes()
    {
        using FileSink sink = new(folder.At("log"), FileSink.SmallestMaxSize, 2);
        for (char c = 'a'; c <= 'd'; c++) sink.Write(Line(c, (int)FileSink.SmallestMaxSize));
        Assert.Equal("d", folder.Read("log")[..1]);
        Assert.Equal("c", folder.Read("log.1")[..1]);
        Assert.Equal("b", folder.Read("log.2")[..1]);
        Assert.False(File.Exists(folder.At("log.3")));
    }

    [Fact]
    public void Lines_are_never_torn_between_two_files()
    {
        using FileSink sink = new(folder.At("log"), FileSink.SmallestMaxSize, 9);
        byte[] three = [.. Line('a', 150_000), .. Line('b', 50_000), .. Line('c', 10_000)];
        sink.Write(three);
        Assert.Equal(200_000, new FileInfo(folder.At("log.1")).Length);
        Assert.Equal(10_000, new FileInfo(folder.At("log")).Length);
    }

    [Fact]
    public void A_line_larger_than_the_limit_gets_a_file_of_its_own()
    {
        using FileSink sink = new(folder.At("log"), FileSink.SmallestMaxSize, 9);
        sink.Write(Line('a', 10));
        sink.Write(Line('b', 300_000));
        sink.Write(Line('c', 10));
        Assert.Equal(10, new FileInfo(folder.At("log.2")).Length);
        Assert.Equal(300_000, new FileInfo(folder.At("log.1")).Length);
        Assert.Equal(10, new FileInfo(folder.At("log")).Length);
    }

    [Fact]
    public void Without_versions_a_full_file_is_begun_anew()
    {
        using FileSink sink = new(folder.At("log"), FileSink.SmallestMaxSize, 0);
        sink.Write(Line('a', 200_000));
        sink.Write(Line('b', 20_000));
        Assert.Equal(20_000, new FileInfo(folder.At("log")).Length);
        Assert.False(File.Exists(folder.At("log.1")));
    }

    [Fact]
    public void Limits_below_the_smallest_are_no_limits()
    {
        using FileSink sink = new(folder.At("log"), FileSink.SmallestMaxSize - 1, 1);
        for (int i = 0; i < 4; i++) sink.Write(Line('a', 100_000));
        Assert.Equal(400_000, new FileInfo(folder.At("log")).Length);
    }

    [Fact]
    public void A_folder_that_comes_later_heals_the_sink()
    {
        using FileSink sink = new(folder.At("later/log"), 0, 1);
        Assert.Throws<DirectoryNotFoundException>(() => sink.Write("lost\n"u8));
        Directory.CreateDirectory(folder.At("later"));
        sink.Write("written\n"u8);
        Assert.Equal("written\n", folder.Read("later/log"));
    }

    private static byte[] Line(char c, int length) => Encoding.ASCII.GetBytes(new string(c, length - 1) + "\n");
}
