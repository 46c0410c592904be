using System.Globalization;
using Leasehold.Serve;
using Leasehold.UnitTests.Log;
using Xunit;

namespace Leasehold.UnitTests.Serve;

public sealed class PidFileTests : IDisposable
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Who_has_the_file_keeps_others_out_until_it_ends()
    {
        using (PidFile? first = PidFile.TryTake(folder.At("pid"), Mode, remove: true, out _))
        {
            Assert.NotNull(first);
            Assert.Null(PidFile.TryTake(folder.At("pid"), Mode, remove: true, out int holder));
            Assert.Equal(Environment.ProcessId, holder);
        }

        Assert.False(File.Exists(folder.At("pid")));
        using PidFile? next = PidFile.TryTake(folder.At("pid"), Mode, remove: true, out _);
        Assert.NotNull(next);
    }

    [Fact]
    public void A_file_of_a_process_that_is_no_more_is_taken_over()
    {
        File.WriteAllText(folder.At("pid"), "1234567890\n");
        using (PidFile? file = PidFile.TryTake(folder.At("pid"), Mode, remove: false, out _)) Assert.NotNull(file);
        Assert.Equal(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n", folder.Read("pid"));
    }
}
