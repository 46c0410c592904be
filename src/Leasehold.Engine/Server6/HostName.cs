using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V6;

/// <summary>The name that a lease is stored with.</summary>
internal static class HostName
{
    // RFC 4704 §4: one octet of flags before the name.
    private const int NameStart = 1;

    /// <summary>The reservation's name, else what the client says of itself (option 39), made harmless; empty for none.</summary>
    public static ReadOnlySpan<byte> Of(scoped in Exchange6 x)
    {
        if (x.Reservation is { Hostname.Length: > 0 } reservation) return reservation.Hostname;
        int start = NameStart;
        if (x.FqdnOption.Length <= NameStart || !DomainName.TryRead(x.FqdnOption, ref start, allowRelative: true, x.Scratch.Labels, out DomainName name, out _)) return default;
        return Clean(name.Labels, x.Scratch.HostName);
    }

    /// <summary>Lower-case letters, digits and hyphens (RFC 952, RFC 1123 §2.1) with dots between labels; everything else is left out, and so is a label of nothing else.</summary>
    private static ReadOnlySpan<byte> Clean(scoped ReadOnlySpan<byte> labels, byte[] destination)
    {
        int length = 0;
        for (int at = 0; at < labels.Length && labels[at] != 0; at += 1 + labels[at])
        {
            if (length > 0 && destination[length - 1] != (byte)'.' && length < Lease6.MaxHostname) destination[length++] = (byte)'.';
            foreach (byte octet in labels.Slice(at + 1, labels[at]))
            {
                if (length == Lease6.MaxHostname) break;
                if (char.IsAsciiLetterUpper((char)octet)) destination[length++] = (byte)(octet | 0x20);
                else if (char.IsAsciiLetterLower((char)octet) || char.IsAsciiDigit((char)octet) || octet == (byte)'-') destination[length++] = octet;
            }
        }

        while (length > 0 && destination[length - 1] == (byte)'.') length--;
        return destination.AsSpan(0, length);
    }
}
