using System.Buffers.Binary;
using Leasehold.Demo;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.SystemTests.Dhcp4;

/// <summary>A DHCPv4 message as it was seen on a link.</summary>
/// <param name="LinkDestination">The Ethernet address it was sent to.</param>
/// <param name="Destination">The address of its IP header.</param>
/// <param name="Message">The UDP payload.</param>
public sealed record CapturedMessage(HardwareAddress LinkDestination, Ipv4 Destination, byte[] Message)
{
    public MessageType4 Type => Read().MessageType;

    public Ipv4 Yiaddr => Read().Yiaddr;

    public HardwareAddress Chaddr => Read().Chaddr;

    public bool Has(byte option) => Read().TryGetOption(option, out _);

    private Dhcp4Message Read() =>
        Dhcp4Message.TryParse(Message, out var message, out var error) ? message : throw new InvalidDataException(error.ToString());
}

/// <summary>tcpdump on one host's link: what was really sent, seen by somebody who has no part in it.</summary>
public sealed class Capture
{
    private const int FileHeader = 24;
    private const int PacketHeader = 16;
    private const int EthernetHeader = 14;
    private const int UdpHeader = 8;

    private readonly string file;
    private readonly RunningProgram tcpdump;

    private Capture(string file, RunningProgram tcpdump)
    {
        this.file = file;
        this.tcpdump = tcpdump;
    }

    /// <summary>Octets written so far.</summary>
    public long Length => File.Exists(file) ? new FileInfo(file).Length : 0;

    /// <summary>Starts capturing what a server sends; returns when tcpdump listens.</summary>
    public static async Task<Capture> OfReplies(ServedNetwork network, string host, string link = "eth0")
    {
        string packets = Path.Combine(network.Folder, $"{host}.pcap");
        var program = network.HostOf(host).Start(
            Path.Combine(network.Folder, $"{host}.tcpdump"),
            // Immediate mode: else the kernel keeps back what it has seen, and a signal to end loses it. A buffer of 32 MiB for the loads.
            // As root: it would become another user, who may not write to the folder.
            ["tcpdump", "--immediate-mode", "-Z", "root", "-n", "-p", "-U", "-B", "32768", "-s", "0", "-i", link, "-w", packets, "udp src port 67 and (udp[8] = 2)"]);
        await network.Until(() => program.Output().Contains("listening on", StringComparison.Ordinal), "tcpdump listens");
        return new Capture(packets, program);
    }

    /// <summary>Ends the capture and returns its messages.</summary>
    public async Task<IReadOnlyList<CapturedMessage>> End(CancellationToken cancel)
    {
        await tcpdump.TerminateAsync(cancel);
        return Read(await File.ReadAllBytesAsync(file, cancel));
    }

    /// <summary>Waits until the last message that a test needs has been seen, ends the capture and returns its messages.</summary>
    public async Task<IReadOnlyList<CapturedMessage>> EndAfter(ServedNetwork network, Func<CapturedMessage, bool> last)
    {
        await network.Until(() => Length > 0 && Read(File.ReadAllBytes(file)).Any(last), "the last message is captured");
        return await End(ServedNetwork.Cancel);
    }

    private static List<CapturedMessage> Read(byte[] octets)
    {
        var messages = new List<CapturedMessage>();
        int at = FileHeader;
        while (at + PacketHeader <= octets.Length)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(octets.AsSpan(at + 8));
            if (at + PacketHeader + length > octets.Length) break;
            messages.Add(ReadFrame(octets.AsSpan(at + PacketHeader, length)));
            at += PacketHeader + length;
        }

        return messages;
    }

    private static CapturedMessage ReadFrame(ReadOnlySpan<byte> frame)
    {
        var ip = frame[EthernetHeader..];
        int ipHeader = (ip[0] & 0x0f) * 4;
        return new CapturedMessage(
            new HardwareAddress(HardwareAddress.Ethernet, frame[..6]),
            Ipv4.Read(ip[16..]),
            ip[(ipHeader + UdpHeader)..].ToArray());
    }
}
