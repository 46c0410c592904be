using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Leasehold.Log;

/// <summary>The system's log: one datagram a line to /dev/log, in the form of RFC 3164 without a host name, as libc's syslog writes it.</summary>
/// <param name="socketPath">/dev/log, but for tests.</param>
/// <param name="facility">A facility's number (RFC 3164 §4.1.1).</param>
/// <param name="tag">The name before the text, the process id after it in brackets.</param>
internal sealed class SyslogSink(string socketPath, int facility, string tag, int processId, TimeProvider time) : ILogSink
{
    public const string SocketPath = "/dev/log";

    /// <summary>What an unknown name or none stands for (the established server's default).</summary>
    public const int Local0 = 16;

    private readonly byte[] datagram = new byte[LogTarget.MaxLine + 128];
    private readonly byte[] name = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $" {tag}[{processId}]: "));
    private readonly TimeFormat timestamp = new("%b %e %H:%M:%S");
    private Socket? socket;

    /// <summary>The number of a facility (RFC 3164 §4.1.1); null for a name that is none.</summary>
    public static int? Facility(string name) => name.ToLowerInvariant() switch
    {
        "kern" => 0,
        "user" => 1,
        "mail" => 2,
        "daemon" => 3,
        "auth" or "security" => 4,
        "syslog" => 5,
        "lpr" => 6,
        "news" => 7,
        "uucp" => 8,
        "cron" => 9,
        "authpriv" => 10,
        "ftp" => 11,
        ['l', 'o', 'c', 'a', 'l', >= '0' and <= '7' and var digit] => Local0 + (digit - '0'),
        _ => null,
    };

    public bool MarksSeverity => true;

    public void Write(ReadOnlySpan<byte> lines)
    {
        while (!lines.IsEmpty)
        {
            int end = lines.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? lines : lines[..end];
            lines = end < 0 ? default : lines[(end + 1)..];
            if (line.Length > 1) Send(line[0] - (byte)'0', line[1..]);
        }
    }

    public void Dispose()
    {
        socket?.Dispose();
        socket = null;
    }

    private void Send(int severity, ReadOnlySpan<byte> text)
    {
        LogLine line = new(datagram);
        line.Append('<');
        line.Append((facility * 8) + severity);
        line.Append('>');
        timestamp.Write(ref line, time.GetUtcNow(), local: true);
        line.Append(name);
        line.Append(text);
        try
        {
            if (socket is null)
            {
                socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
                socket.Connect(new UnixDomainSocketEndPoint(socketPath));
            }

            socket.Send(line.Octets);
        }
        catch (SocketException exception)
        {
            // The log daemon was restarted or is not there: the next line tries again.
            Dispose();
            throw new IOException($"{socketPath}: {exception.Message}", exception);
        }
    }
}
