using System.Text;

namespace Leasehold.Protocol;

/* RFC 1035 §3.1, §4.1.4
   +------+--...--+------+--...--+------+     +--+--+--...---+
   |  n1  | label |  n2  | label |   0  |     | 1  1| offset |  a pointer ends a name in place of 0
   +------+--...--+------+--...--+------+     +--+--+--...---+   */

/// <summary>A domain name: a view over its labels, uncompressed.</summary>
/// <remarks>The octets are a name's labels; the root (a zero octet) ends an absolute name, a relative one ends without it (RFC 4702 §2.3).</remarks>
public readonly ref struct DomainName
{
    /// <summary>RFC 1035 §2.3.4: octets of a label.</summary>
    public const int MaxLabel = 63;

    /// <summary>RFC 1035 §2.3.4: octets of a name, lengths and root included.</summary>
    public const int MaxLength = 255;

    private readonly ReadOnlySpan<byte> labels;

    private DomainName(ReadOnlySpan<byte> labels) => this.labels = labels;

    /// <summary>The labels with their lengths, and the root if it is there.</summary>
    public ReadOnlySpan<byte> Labels => labels;

    /// <summary>True when the root ends the name.</summary>
    public bool IsAbsolute => !labels.IsEmpty && labels[^1] == 0 && EndsInRoot();

    /// <summary>Reads one name, following pointers.</summary>
    /// <param name="message">What pointers count from: a message, or the joined value of an option (RFC 3397 §2).</param>
    /// <param name="position">Where the name starts; set to the octet after it.</param>
    /// <param name="allowRelative">Whether the end of the octets may end the name, as in RFC 4702 §2.3.</param>
    /// <param name="scratch">At least <see cref="MaxLength"/> octets, where a name with pointers is put together.</param>
    /// <param name="name">A part of message or of scratch.</param>
    /// <param name="error">A <see cref="WireErrorKind.DomainName"/> with its offset in message; None when the result is true.</param>
    /// <returns>False for a label over 63 octets, a name over 255, the end of the octets, or a pointer that does not go backwards.</returns>
    public static bool TryRead(
        ReadOnlySpan<byte> message, scoped ref int position, bool allowRelative, Span<byte> scratch, out DomainName name, out WireError error)
    {
        name = default;
        int start = position;
        int at = position;
        int end = -1;
        int length = 0;
        int segment = start;
        while (true)
        {
            if (at >= message.Length)
            {
                if (!allowRelative || end >= 0 || at == start) return Fail(at, out error);
                position = at;
                name = new(message[start..at]);
                error = WireError.None;
                return true;
            }

            int size = message[at];
            if (size >= 0xC0)
            {
                if (at + 1 >= message.Length) return Fail(at, out error);
                int target = ((size & 0x3F) << 8) | message[at + 1];

                // A pointer goes to a "prior occurrence" (RFC 1035 §4.1.4): each lower than the part it ends, so a loop cannot be.
                if (target >= segment) return Fail(at, out error);
                if (end < 0)
                {
                    end = at + 2;
                    message[start..at].CopyTo(scratch);
                }

                segment = target;
                at = target;
                continue;
            }

            if (size > MaxLabel || at + 1 + size > message.Length || length + 1 + size > MaxLength) return Fail(at, out error);
            if (end >= 0) message.Slice(at, 1 + size).CopyTo(scratch[length..]);
            length += 1 + size;
            at += 1 + size;
            if (size != 0) continue;

            name = new(end >= 0 ? scratch[..length] : message[start..at]);
            position = end >= 0 ? end : at;
            error = WireError.None;
            return true;
        }
    }

    /// <summary>Reads a name from text: labels with dots between, "\." and "\\" and "\DDD" for any octet (RFC 1035 §5.1).</summary>
    /// <param name="text">"." is the root. A dot at the end makes the name absolute.</param>
    /// <param name="makeAbsolute">Whether the root is added to a name without a dot at the end.</param>
    /// <param name="scratch">At least <see cref="MaxLength"/> octets, where the labels go.</param>
    /// <param name="name">A part of scratch.</param>
    /// <returns>False for an empty text, an empty label, a label over 63 octets, a name over 255, or a broken escape. Never throws.</returns>
    public static bool TryParse(scoped ReadOnlySpan<char> text, bool makeAbsolute, Span<byte> scratch, out DomainName name)
    {
        name = default;
        if (text.IsEmpty) return false;
        if (text is ".")
        {
            scratch[0] = 0;
            name = new(scratch[..1]);
            return true;
        }

        Span<byte> octet = stackalloc byte[4];
        int labelStart = 0;
        int length = 1;
        bool ended = false;
        while (!text.IsEmpty)
        {
            ended = text[0] == '.';
            if (ended)
            {
                if (!TryEndLabel(scratch, labelStart, length)) return false;
                labelStart = length++;
                text = text[1..];
                if (length > MaxLength) return false;
                continue;
            }

            if (!TryTakeOctets(ref text, octet, out int count) || length + count > MaxLength) return false;
            octet[..count].CopyTo(scratch[length..]);
            length += count;
        }

        if (ended)
        {
            scratch[labelStart] = 0;
        }
        else
        {
            if (!TryEndLabel(scratch, labelStart, length)) return false;
            if (makeAbsolute)
            {
                if (length == MaxLength) return false;
                scratch[length++] = 0;
            }
        }

        name = new(scratch[..length]);
        return true;
    }

    /// <summary>The text: labels with dots between, a dot at the end when absolute, escapes where a zone file needs them (RFC 1035 §5.1).</summary>
    public override string ToString()
    {
        if (labels.IsEmpty) return "";
        if (labels.Length == 1) return ".";
        StringBuilder text = new(labels.Length + 8);
        for (int at = 0; at < labels.Length; at += 1 + labels[at])
        {
            if (labels[at] == 0) break;
            if (at > 0) text.Append('.');
            foreach (byte octet in labels.Slice(at + 1, labels[at])) AppendOctet(text, octet);
        }

        if (IsAbsolute) text.Append('.');
        return text.ToString();
    }

    private static void AppendOctet(StringBuilder text, byte octet)
    {
        if (octet is <= 0x20 or >= 0x7F) text.Append('\\').Append(octet.ToString("D3"));
        // The comma is no special character of RFC 1035, but stands between the names of a list.
        else if (".,\\\"();@$".Contains((char)octet)) text.Append('\\').Append((char)octet);
        else text.Append((char)octet);
    }

    private static bool TryTakeOctets(scoped ref ReadOnlySpan<char> text, scoped Span<byte> octets, out int count)
    {
        count = 1;
        if (text[0] != '\\')
        {
            if (Rune.DecodeFromUtf16(text, out Rune rune, out int used) != System.Buffers.OperationStatus.Done) return false;
            count = rune.EncodeToUtf8(octets);
            text = text[used..];
            return true;
        }

        if (text.Length < 2) return false;
        if (!char.IsAsciiDigit(text[1]))
        {
            if (text[1] > 0x7E) return false;
            octets[0] = (byte)text[1];
            text = text[2..];
            return true;
        }

        if (text.Length < 4 || !byte.TryParse(text[1..4], System.Globalization.NumberStyles.None, provider: null, out octets[0])) return false;
        text = text[4..];
        return true;
    }

    private static bool TryEndLabel(Span<byte> scratch, int labelStart, int length)
    {
        int size = length - labelStart - 1;
        if (size is < 1 or > MaxLabel) return false;
        scratch[labelStart] = (byte)size;
        return true;
    }

    // A last octet of zero can also be a label's own.
    private bool EndsInRoot()
    {
        int at = 0;
        while (at < labels.Length && labels[at] != 0) at += 1 + labels[at];
        return at == labels.Length - 1;
    }

    private static bool Fail(int offset, out WireError error)
    {
        error = new(WireErrorKind.DomainName, offset);
        return false;
    }
}
