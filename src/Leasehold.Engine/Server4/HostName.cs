using Leasehold.Leases;

namespace Leasehold.Engine.V4;

/// <summary>The name that a lease is stored with.</summary>
internal static class HostName
{
    /// <summary>The reservation's name, else what the client says of itself (option 12, RFC 2132 §3.14), made harmless; empty for none.</summary>
    public static ReadOnlySpan<byte> Of(scoped in Exchange4 x)
    {
        if (x.Reservation is { Hostname.Length: > 0 } reservation) return reservation.Hostname;
        return x.HostNameOption.IsEmpty ? default : Clean(x.HostNameOption, x.Scratch.HostName);
    }

    /// <summary>Lower-case letters, digits, hyphens and dots (RFC 952, RFC 1123 §2.1); everything else is left out, and so are dots at the end.</summary>
    private static ReadOnlySpan<byte> Clean(scoped ReadOnlySpan<byte> name, byte[] destination)
    {
        int length = 0;
        foreach (byte octet in name)
        {
            if (length == Lease4.MaxHostname) break;
            if (char.IsAsciiLetterUpper((char)octet)) destination[length++] = (byte)(octet | 0x20);
            else if (char.IsAsciiLetterLower((char)octet) || char.IsAsciiDigit((char)octet) || octet is (byte)'-' or (byte)'.') destination[length++] = octet;
        }

        while (length > 0 && destination[length - 1] == (byte)'.') length--;
        return destination.AsSpan(0, length);
    }
}
