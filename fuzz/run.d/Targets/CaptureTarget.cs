using System.Text;
using Leasehold.Fuzz.Driving;
using Leasehold.Fuzz.Mutation;

namespace Leasehold.Fuzz.Targets;

/// <summary>What decode is given: pcap, pcapng or hexadecimal text.</summary>
internal sealed class CaptureTarget : Target
{
    // An octet is at most some hundred characters: a line of its own with its name.
    private const int CharactersOfAnOctet = 400;

    public override string Name => "capture";

    public override string About => "a capture or hexadecimal text for decode: never throws, shows no control characters, fails with words";

    public override Shape Shape => Shape.Blocks;

    public override int MaxLength => 8192;

    public override IEnumerable<byte[]> Seeds(string tests)
    {
        foreach (byte[] packet in SeedFiles.Packets4(tests).Take(30))
        {
            byte[] frame = Frame(packet);
            yield return [.. Pcap(1), .. Record(frame)];
            yield return [.. PcapNg(), .. Block(6, [.. Number(0), .. Number(5), .. Number(6), .. Number(frame.Length), .. Number(frame.Length), .. frame])];
        }

        byte[] first = SeedFiles.Packets4(tests).First();
        yield return [.. Pcap(101), .. Record(Frame(first)[14..]), .. Record(Frame(first)[14..])];
        yield return [.. Pcap(113), .. Record([0, 0, 0, 1, 0, 6, .. new byte[8], 8, 0, .. Frame(first)[14..]])];
        yield return [.. PcapNg(), .. Block(3, [.. Number(first.Length), .. Frame(first)])];
        yield return Encoding.ASCII.GetBytes(Convert.ToHexString(first));
        yield return Encoding.ASCII.GetBytes($"0x0000:  {Convert.ToHexString(first)[..4]} 0000  E...\n");
    }

    public override void Run(ReadOnlySpan<byte> input, Reached reached)
    {
        using StringWriter output = new();
        using StringWriter errors = new();
        int status = DecodeCommand.Decode(input.ToArray(), "capture", output, errors);
        string shown = output.ToString();
        string problem = errors.ToString();
        BrokenRule.Unless(status is ExitStatus.Done or ExitStatus.Failed or ExitStatus.BadUsage, "the exit status is 0, 1 or 2", $"{status}");
        BrokenRule.Unless(status != ExitStatus.BadUsage || problem.Length > 0, "what cannot be read is told");
        BrokenRule.Unless(status != ExitStatus.Done || shown.Length > 0, "what was decoded is shown");
        BrokenRule.Unless(shown.Length <= (input.Length + 64) * CharactersOfAnOctet, "what is shown is bounded by what came", $"{shown.Length} of {input.Length}");
        ShownText.MustBePlain(shown);
        ShownText.MustBePlain(problem);
        reached.Add("status", status);
        reached.AddMessage("problem", problem);
        foreach (string line in shown.Split('\n'))
        {
            if (line.StartsWith("packet", StringComparison.Ordinal)) reached.AddMessage("packet", line);
            else if (line.StartsWith("error", StringComparison.Ordinal)) reached.AddMessage("error", line);
            else if (line.Contains("malformed", StringComparison.Ordinal)) reached.AddMessage("malformed", line[line.IndexOf("malformed", StringComparison.Ordinal)..]);
            else if (line.Length > 12) reached.AddMessage("line", line[..12]);
        }
    }

    private static byte[] Pcap(byte link) => [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, link, 0, 0, 0];

    private static byte[] Record(byte[] frame) => [.. Number(1_700_000_000), .. Number(5), .. Number(frame.Length), .. Number(frame.Length), .. frame];

    private static byte[] PcapNg() =>
        [.. Block(0x0A0D0D0A, [0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0, .. Enumerable.Repeat((byte)0xff, 8)]), .. Block(1, [1, 0, 0, 0, .. Number(65535), 9, 0, 1, 0, 9, 0, 0, 0, 0, 0, 0, 0])];

    private static byte[] Block(int type, byte[] body)
    {
        byte[] padded = [.. body, .. new byte[(4 - (body.Length % 4)) % 4]];
        return [.. Number(type), .. Number(padded.Length + 12), .. padded, .. Number(padded.Length + 12)];
    }

    private static byte[] Number(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];

    // Ethernet, IPv4 and UDP around a message; no sums, which a reader of captures does not ask for.
    private static byte[] Frame(byte[] packet)
    {
        int udp = packet.Length + 8;
        int ip = udp + 20;
        return
        [
            .. Enumerable.Repeat((byte)0xff, 6), 2, 0, 0x5e, 0x10, 0, 1, 8, 0,
            0x45, 0, (byte)(ip >> 8), (byte)ip, 0, 0, 0, 0, 64, 17, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255,
            0, 68, 0, 67, (byte)(udp >> 8), (byte)udp, 0, 0, .. packet,
        ];
    }
}
