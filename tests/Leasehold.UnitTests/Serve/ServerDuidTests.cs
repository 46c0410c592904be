using Leasehold.Configuration.Model;
using Leasehold.Net.Netlink;
using Leasehold.Protocol;
using Leasehold.Serve;
using Leasehold.UnitTests.Log;
using Xunit;

namespace Leasehold.UnitTests.Serve;

public sealed class ServerDuidTests : IDisposable
{
    private static readonly LinkTable Machine = new([
        Link(1, "lo", LinkFlags.Up | LinkFlags.Loopback, "00:00:00:00:00:00"),
        Link(2, "eth0", LinkFlags.Up, "02:00:5e:10:00:01"),
    ]);

    private static readonly Instant Now = new(Duid.TimeEpoch + 0x01020304);

    private readonly TemporaryFolder folder = new();

    private string FilePath => folder.At("sub/serverid6");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void First_start_makes_a_duid_of_a_link_layer_address_and_the_time_and_keeps_it()
    {
        Assert.Equal("00:01:00:01:01:02:03:04:02:00:5e:10:00:01", Text(new()));
        Assert.Equal("00:01:00:01:01:02:03:04:02:00:5e:10:00:01\n", File.ReadAllText(FilePath));
        Assert.Equal("00:01:00:01:01:02:03:04:02:00:5e:10:00:01", Text(new(), new(Now.Seconds + 5)));
    }

    /// <summary>The form of the established server's file: a person may edit it.</summary>
    [Theory]
    [InlineData("00:01:00:01:aa:bb:cc:dd:02:00:00:00:00:09")]
    [InlineData("  00:01:00:01:AA:BB:CC:DD: 02:00:00:00:00:09 \r\n\n")]
    public void Stored_duid_is_used(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath) ?? "");
        File.WriteAllText(FilePath, content);
        Assert.Equal("00:01:00:01:aa:bb:cc:dd:02:00:00:00:00:09", Text(new()));
    }

    [Theory]
    [InlineData("00:01")]
    [InlineData("no duid")]
    [InlineData("00")]
    public void File_with_something_else_is_an_error_that_names_it(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath) ?? "");
        File.WriteAllText(FilePath, content);
        Assert.StartsWith(FilePath, Assert.Throws<IOException>(() => Text(new())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_configured_wins_over_what_is_stored()
    {
        Text(new());
        Assert.Equal("00:03:00:01:02:00:5e:10:00:01", Text(new() { Type = DuidType.LinkLayer }));
        Assert.Equal("00:03:00:01:02:00:5e:10:00:01", Text(new() { Type = DuidType.LinkLayer }));
        Assert.Equal("00:03:00:06:0a:0b:0c", Text(new() { Type = DuidType.LinkLayer, HardwareType = 6, Identifier = [0x0a, 0x0b, 0x0c] }));
    }

    [Fact]
    public void Every_type_is_made_of_its_parts()
    {
        Assert.Equal("00:01:00:08:00:00:00:07:0a:0b", Text(new() { Type = DuidType.LinkLayerTime, HardwareType = 8, Time = 7, Identifier = [0x0a, 0x0b], Persist = false }));
        Assert.Equal("00:02:00:00:7e:d9:0a:0b", Text(new() { Type = DuidType.Enterprise, EnterpriseId = 32473, Identifier = [0x0a, 0x0b], Persist = false }));
        Assert.Equal("00:04:01:01:01:01:01:01:01:01:01:01:01:01:01:01:01:01", Text(new() { Type = DuidType.Uuid, Identifier = [.. Enumerable.Repeat((byte)1, 16)], Persist = false }));
        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public void What_is_not_given_is_made_by_chance()
    {
        ServerIdConfig uuid = new() { Type = DuidType.Uuid, Persist = false };
        Assert.Equal(18, ServerDuid.Of(uuid, FilePath, Machine, Now).Octets.Length);
        Assert.NotEqual(Text(uuid), Text(uuid));
        ServerDuid withoutLinks = ServerDuid.Of(new() { Type = DuidType.LinkLayer, Persist = false }, FilePath, LinkTable.Empty, Now);
        Assert.Equal((10, 2), (withoutLinks.Octets.Length, withoutLinks.Octets[4] & 3));
    }

    private string Text(ServerIdConfig config, Instant? now = null) => HexText.Format(ServerDuid.Of(config, FilePath, Machine, now ?? Now).Octets, ':');

    private static NetworkLink Link(int index, string name, LinkFlags flags, string address) => new()
    {
        Index = index,
        Name = name,
        Flags = flags,
        Type = NetworkLink.EthernetType,
        HardwareAddress = HardwareAddress.Parse(address),
    };
}
