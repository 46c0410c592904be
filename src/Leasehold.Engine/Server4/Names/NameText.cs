using System.Text;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>A domain name while it is put together: labels with dots between, no dot at the end.</summary>
/// <param name="place">At least <see cref="MaxLength"/> octets.</param>
internal ref struct NameText(Span<byte> place)
{
    /// <summary>A name of 255 octets with lengths and root (RFC 1035 §2.3.4) has 253 in text.</summary>
    public const int MaxLength = DomainName.MaxLength - 2;

    private readonly Span<byte> place = place;
    private int length;

    /// <summary>Something did not fit.</summary>
    public bool Overflowed { get; private set; }

    public readonly ReadOnlySpan<byte> Written => place[..length];

    public void Append(scoped ReadOnlySpan<byte> octets)
    {
        Overflowed |= octets.Length > MaxLength - length;
        if (Overflowed) return;
        octets.CopyTo(place[length..]);
        length += octets.Length;
    }

    /// <summary>Adds a label, and a dot before it when it is not the first.</summary>
    public void AppendLabel(scoped ReadOnlySpan<byte> label)
    {
        if (length > 0) Append("."u8);
        Append(label);
    }

    /// <summary>An address with hyphens between its numbers.</summary>
    public void AppendHyphenated(Ipv4 address)
    {
        Span<byte> number = stackalloc byte[3];
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            ((byte)(address.Value >> shift)).TryFormat(number, out int digits);
            Append(number[..digits]);
            if (shift > 0) Append("-"u8);
        }
    }

    /// <summary>Adds a domain, unless the name ends in it by now. Letters compare without their case.</summary>
    public void Qualify(scoped ReadOnlySpan<byte> suffix)
    {
        if (suffix.IsEmpty) return;
        ReadOnlySpan<byte> name = Written;
        int start = name.Length - suffix.Length;
        bool ends = start >= 0 && Ascii.EqualsIgnoreCase(name[start..], suffix) && (start == 0 || name[start - 1] == (byte)'.');
        if (!ends) AppendLabel(suffix);
    }

    public readonly void ToLower() => ToLower(place[..length]);

    /// <summary>Letters of ASCII only: names are octets, and where nothing cleans them any octet can be there.</summary>
    public static void ToLower(Span<byte> octets)
    {
        foreach (ref byte octet in octets)
        {
            if (char.IsAsciiLetterUpper((char)octet)) octet |= 0x20;
        }
    }

    /// <summary>Every label has 1 to 63 octets.</summary>
    public readonly bool IsName
    {
        get
        {
            if (Overflowed || length == 0) return false;
            int label = 0;
            foreach (byte octet in Written)
            {
                label = octet == (byte)'.' ? label == 0 ? DomainName.MaxLength : 0 : label + 1;
                if (label > DomainName.MaxLabel) return false;
            }

            return label > 0;
        }
    }

    /// <summary>Writes the name as labels with the root at the end.</summary>
    /// <param name="labels">At least <see cref="DomainName.MaxLength"/> octets.</param>
    /// <returns>How many octets were written. Sound for names only.</returns>
    public readonly int WriteLabels(Span<byte> labels)
    {
        int size = 0;
        for (int at = 0; at <= length; at++)
        {
            if (at < length && place[at] != (byte)'.')
            {
                labels[1 + at] = place[at];
                size++;
                continue;
            }

            labels[at - size] = (byte)size;
            size = 0;
        }

        labels[length + 1] = 0;
        return length + 2;
    }
}
