using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Leasehold.Protocol;

namespace Leasehold.Decode;

/// <summary>Reads packets from hexadecimal text, in the forms that people paste.</summary>
/// <remarks>
/// With offsets (tcpdump -x and -X, xxd, hexdump -C, tshark -x): lines without one are skipped, text beside the octets is left out,
/// an offset of zero begins a packet. Without: all lines are one packet; blanks, ':', '-', ',' and "0x" may stand between octets.
/// '#' begins a comment in both.
/// </remarks>
internal static partial class HexInput
{
    private const int OctetsPerLine = 16;
    private const int MaxShown = 20;

    /// <summary>All packets of the text.</summary>
    /// <param name="problem">The line that is not hexadecimal, and why; null when all is read.</param>
    public static List<CapturedPacket> Read(string text, out string? problem)
    {
        string[] lines = text.Split('\n');
        bool hasOffsets = Array.Exists(lines, line => MarkedOffset().IsMatch(line)) || IsColumns(lines);
        List<byte[]> packets = [];
        problem = hasOffsets ? ReadColumns(lines, packets) : ReadPlain(lines, packets);
        return [.. packets.Select((octets, index) => new CapturedPacket(index + 1, LinkType.Unknown, Time: null, octets, octets.Length))];
    }

    private static string? ReadPlain(string[] lines, List<byte[]> packets)
    {
        List<byte> octets = [];
        for (int i = 0; i < lines.Length; i++)
        {
            foreach (string token in WithoutComment(lines[i]).Split([' ', '\t', '\r', ':', '-', ','], StringSplitOptions.RemoveEmptyEntries))
            {
                string digits = token.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? token[2..] : token;
                if (digits.Length == 1) digits = $"0{digits}";
                if (!TryAppend(digits, octets)) return $"line {i + 1}: '{Shorten(token)}' is not hexadecimal octets";
            }
        }

        if (octets.Count > 0) packets.Add([.. octets]);
        return null;
    }

    private static string? ReadColumns(string[] lines, List<byte[]> packets)
    {
        List<byte> octets = [];
        for (int i = 0; i < lines.Length; i++)
        {
            Match marked = MarkedOffset().Match(lines[i]);
            Match offset = marked.Success ? marked : BareOffset().Match(lines[i]);
            if (!offset.Success) continue;
            int place = int.Parse(offset.Groups["offset"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (place == 0 && octets.Count > 0)
            {
                packets.Add([.. octets]);
                octets.Clear();
            }

            if (place != octets.Count)
            {
                // hexdump -C ends with a line of the length alone; other lines out of step are no part of a packet.
                if (offset.Length == lines[i].TrimEnd().Length) continue;
                return $"line {i + 1}: offset {place:x} after {octets.Count:x} octets";
            }

            AppendColumns(lines[i][offset.Length..], marked.Success, octets);
        }

        if (octets.Count > 0) packets.Add([.. octets]);
        return null;
    }

    // Where offsets end in ':' (tcpdump, xxd) two blanks end the octets; in the other forms (hexdump, tshark) three do, or '|'.
    private static void AppendColumns(string columns, bool marked, List<byte> octets)
    {
        int end = columns.IndexOf(marked ? "  " : "   ", StringComparison.Ordinal);
        int bar = columns.IndexOf('|', StringComparison.Ordinal);
        if (end < 0) end = columns.Length;
        if (bar >= 0 && bar < end) end = bar;
        int limit = octets.Count + (marked ? int.MaxValue / 2 : OctetsPerLine);
        foreach (string token in WithoutComment(columns[..end]).Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (octets.Count >= limit || !TryAppend(token, octets)) return;
        }
    }

    // Bare offsets look like octets, so two of them must fit what stands between.
    private static bool IsColumns(string[] lines)
    {
        int expected = 0;
        foreach (string line in lines)
        {
            Match offset = BareOffset().Match(line);
            if (!offset.Success || int.Parse(offset.Groups["offset"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) != expected) continue;
            if (expected == OctetsPerLine) return true;
            expected += OctetsPerLine;
        }

        return false;
    }

    private static bool TryAppend(string digits, List<byte> octets)
    {
        if (digits.Length == 0 || digits.Length % 2 != 0) return false;
        byte[] read = new byte[digits.Length / 2];
        if (Convert.FromHexString(digits, read, out _, out _) != System.Buffers.OperationStatus.Done) return false;
        octets.AddRange(read);
        return true;
    }

    private static string WithoutComment(string line)
    {
        int comment = line.IndexOf('#', StringComparison.Ordinal);
        return comment < 0 ? line : line[..comment];
    }

    // What stands there is a stranger's: shown as it is, it could move the terminal's cursor.
    private static string Shorten(string token)
    {
        int length = token.Length <= MaxShown ? token.Length : char.IsHighSurrogate(token[MaxShown - 1]) ? MaxShown - 1 : MaxShown;
        string quoted = OptionText.Quote(Encoding.UTF8.GetBytes(token, 0, length));
        return $"{quoted[1..^1]}{(length < token.Length ? "..." : "")}";
    }

    [GeneratedRegex(@"^\s*(0x)?(?<offset>[0-9a-fA-F]{4,8}):\s", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MarkedOffset();

    [GeneratedRegex(@"^\s*(?<offset>[0-9a-fA-F]{4,8})(\s\s+|\s*$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BareOffset();
}
