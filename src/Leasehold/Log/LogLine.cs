using System.Text;

namespace Leasehold.Log;

/// <summary>One line's text, put together as UTF-8 in a span of the caller: no string, no allocation.</summary>
/// <remarks>Text that does not fit is cut at the end of the span; a log line is never worth an exception.</remarks>
internal ref struct LogLine(Span<byte> buffer)
{
    private readonly Span<byte> buffer = buffer;

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Octets => buffer[..Length];

    private readonly Span<byte> Rest => buffer[Length..];

    /// <summary>Appends UTF-8 as it is.</summary>
    public void Append(scoped ReadOnlySpan<byte> utf8)
    {
        int room = Math.Min(utf8.Length, buffer.Length - Length);
        utf8[..room].CopyTo(Rest);
        Length += room;
    }

    public void Append(string text)
    {
        if (Encoding.UTF8.TryGetBytes(text, Rest, out int written)) Length += written;
    }

    public void Append(char ascii)
    {
        if (Length < buffer.Length) buffer[Length++] = (byte)ascii;
    }

    /// <summary>Appends a number, an address or anything else that can write itself as UTF-8.</summary>
    public void Append<T>(T value)
        where T : struct, IUtf8SpanFormattable
    {
        if (value.TryFormat(Rest, out int written, default, null)) Length += written;
    }

    /// <summary>Fills what was written since start with blanks up to a width: after it, or before it.</summary>
    public void Pad(int start, int width, bool after)
    {
        int missing = Math.Min(width - (Length - start), buffer.Length - Length);
        if (missing <= 0) return;
        if (after)
        {
            buffer.Slice(Length, missing).Fill((byte)' ');
        }
        else
        {
            buffer[start..Length].CopyTo(buffer[(start + missing)..]);
            buffer.Slice(start, missing).Fill((byte)' ');
        }

        Length += missing;
    }

    /// <summary>Appends dotted decimal.</summary>
    public void Append(Protocol.Ipv6 address)
    {
        Span<char> text = stackalloc char[Protocol.Ipv6.MaxTextLength];
        _ = address.TryFormat(text, out int written, default, provider: null);
        foreach (char each in text[..written]) Append(each);
    }

    public void Append(Protocol.Ipv4 address)
    {
        uint value = address.Value;
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            Append((byte)(value >> shift));
            if (shift > 0) Append('.');
        }
    }

    /// <summary>Appends lower-case hexadecimal with colons: 02:00:5e.</summary>
    public void AppendHex(scoped ReadOnlySpan<byte> octets)
    {
        for (int i = 0; i < octets.Length; i++)
        {
            if (i > 0) Append(':');
            Append(Digit(octets[i] >> 4));
            Append(Digit(octets[i] & 15));
        }
    }

    /// <summary>Appends hexadecimal without leading zeros: 1f4.</summary>
    public void AppendHex(uint value)
    {
        int shift = 28;
        while (shift > 0 && value >> shift == 0) shift -= 4;
        for (; shift >= 0; shift -= 4) Append(Digit((int)(value >> shift) & 15));
    }

    /// <summary>
    /// Appends text that came from outside so that it stays on its line: control characters become \xNN.
    /// A name that a client sends must not be able to write a second log line.
    /// </summary>
    public void AppendForeign(scoped ReadOnlySpan<byte> utf8)
    {
        foreach (byte octet in utf8)
        {
            if (octet is >= 0x20 and not 0x7f)
            {
                if (Length < buffer.Length) buffer[Length++] = octet;
                continue;
            }

            Append("\\x"u8);
            Append(Digit(octet >> 4));
            Append(Digit(octet & 15));
        }
    }

    private static char Digit(int value) => (char)(value < 10 ? '0' + value : 'a' + value - 10);
}
