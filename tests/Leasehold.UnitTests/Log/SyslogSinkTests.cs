using System.Net.Sockets;
using System.Text;
using Leasehold.Log;
using Xunit;

namespace Leasehold.UnitTests.Log;

public sealed class SyslogSinkTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_line_is_a_datagram_with_facility_and_severity()
    {
        using Socket daemon = Daemon();
        using SyslogSink sink = new(folder.At("log"), SyslogSink.Local0, "kea-dhcp4", 4711, TimeProvider.System);
        sink.Write("6INFO  [kea-dhcp4.dhcp4] ID one\n3ERROR [kea-dhcp4.dhcp4] ID two\n"u8);
        Assert.Matches("^<134>[A-Z][a-z]{2} [ 123][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2} kea-dhcp4\\[4711\\]: INFO  \\[kea-dhcp4\\.dhcp4\\] ID one$", Receive(daemon));
        Assert.Matches("^<131>.* kea-dhcp4\\[4711\\]: ERROR \\[kea-dhcp4\\.dhcp4\\] ID two$", Receive(daemon));
    }

    [Fact]
    public void A_log_daemon_that_comes_later_is_found()
    {
        using SyslogSink sink = new(folder.At("log"), 3, "tag", 1, TimeProvider.System);
        Assert.Throws<IOException>(() => sink.Write("6lost\n"u8));
        using Socket daemon = Daemon();
        sink.Write("6found\n"u8);
        Assert.Matches("^<30>.* tag\\[1\\]: found$", Receive(daemon));
    }

    [Theory]
    [InlineData("local0", 16)]
    [InlineData("LOCAL7", 23)]
    [InlineData("daemon", 3)]
    [InlineData("authpriv", 10)]
    [InlineData("local8", null)]
    [InlineData("my-dhcp", null)]
    public void Facilities_have_the_numbers_of_rfc_3164(string name, int? number) => Assert.Equal(number, SyslogSink.Facility(name));

    private Socket Daemon()
    {
        Socket daemon = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 5000 };
        daemon.Bind(new UnixDomainSocketEndPoint(folder.At("log")));
        return daemon;
    }

    private static string Receive(Socket daemon)
    {
        byte[] buffer = new byte[8192];
        return Encoding.UTF8.GetString(buffer, 0, daemon.Receive(buffer));
    }
}
