using System.CommandLine;
using System.Text;
using Leasehold.Decode;
using Leasehold.Protocol;

namespace Leasehold;

/// <summary>leasehold decode: shows DHCP messages from hexadecimal text or from a capture.</summary>
internal static class DecodeCommand
{
    // A capture is read whole; a larger one is better filtered first ("tcpdump -r big -w small port 67 or port 68").
    private const long MaxFileLength = 1L << 30;

    public static Command Create()
    {
        Argument<string> file = new("FILE")
        {
            Description = "Hexadecimal text, pcap or pcapng; '-' or nothing for standard input.",
            DefaultValueFactory = _ => "-",
        };
        Command command = new(
            "decode",
            """
            Show DHCP messages: every field and option, with offsets.

            The input is a capture (pcap, pcapng) or hexadecimal text as tcpdump -x, xxd, hexdump -C or tshark -x
            print it, or octets with blanks or colons between. Exit status: 0 all messages are well-formed,
            1 one is not or there is none, 2 the input cannot be read.
            """)
        {
            file,
        };
        command.SetAction(result => Run(
            result.GetValue(file) ?? "-",
            result.InvocationConfiguration.Output,
            result.InvocationConfiguration.Error));
        return command.WithExample("leasehold decode capture.pcap\ntcpdump -i eth0 -c 4 -w - port 67 or port 68 | leasehold decode");
    }

    private static int Run(string file, TextWriter output, TextWriter errors)
    {
        byte[] octets;
        try
        {
            octets = ReadAll(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            errors.Write($"leasehold decode: {failure.Message}\n");
            return ExitStatus.BadUsage;
        }

        return Decode(octets, file == "-" ? "standard input" : file, output, errors);
    }

    /// <summary>Decodes an input that is in memory.</summary>
    /// <param name="input">A capture or text.</param>
    /// <param name="name">What to call it in an error.</param>
    /// <returns>The exit status.</returns>
    internal static int Decode(ReadOnlyMemory<byte> input, string name, TextWriter output, TextWriter errors)
    {
        string? problem;
        List<CapturedPacket> packets =
            PcapFile.IsPcap(input.Span) ? PcapFile.Read(input, out problem)
            : PcapNgFile.IsPcapNg(input.Span) ? PcapNgFile.Read(input, out problem)
            : HexInput.Read(Encoding.UTF8.GetString(input.Span), out problem);

        int messages = 0;
        bool allWellFormed = true;
        foreach (CapturedPacket packet in packets)
        {
            if (!PacketPath.TryUnwrap(packet, out DhcpPayload found)) continue;
            if (messages++ > 0) output.Write('\n');
            WriteTitle(packet, found.Around, output);
            allWellFormed &= found.IsV6 ? WriteV6(found.Octets, output) : MessageText4.Write(found.Octets, output);
        }

        if (problem is not null)
        {
            errors.Write($"leasehold decode: {name}: {problem}\n");
            return ExitStatus.BadUsage;
        }

        if (messages == 0)
        {
            errors.Write(packets.Count == 0
                ? $"leasehold decode: {name}: no octets; give hexadecimal text, pcap or pcapng\n"
                : $"leasehold decode: {name}: no DHCP message in {packets.Count} packets (UDP ports 67, 68, 546, 547)\n");
            return packets.Count == 0 ? ExitStatus.BadUsage : ExitStatus.Failed;
        }

        return allWellFormed ? ExitStatus.Done : ExitStatus.Failed;
    }

    private static void WriteTitle(CapturedPacket packet, string around, TextWriter output)
    {
        if (around.Length == 0) return;
        string time = packet.Time is { } at ? $", {at:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}" : "";
        string cut = packet.Length > packet.Octets.Length ? $", cut from {packet.Length} octets" : "";
        output.Write($"packet {packet.Number}{time}, {around}{cut}\n");
    }

    private static bool WriteV6(ReadOnlySpan<byte> octets, TextWriter output)
    {
        output.Write($"DHCPv6 message, {octets.Length} octets; DHCPv6 is not decoded yet\n");
        for (int at = 0; at < octets.Length; at += 16)
        {
            output.Write($"{at,5}  {HexText.Format(octets.Slice(at, Math.Min(16, octets.Length - at)), ' ')}\n");
        }

        return true;
    }

    private static byte[] ReadAll(string file)
    {
        using Stream stream = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
        using MemoryStream octets = new();
        byte[] buffer = new byte[81920];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (octets.Length + read > MaxFileLength) throw new IOException($"{file} is larger than {MaxFileLength} octets");
            octets.Write(buffer, 0, read);
        }

        return octets.ToArray();
    }
}
