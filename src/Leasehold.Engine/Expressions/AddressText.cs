using System.Text;
using Leasehold.Protocol;

namespace Leasehold.Engine.Expressions;

/// <summary>Addresses as ASCII octets.</summary>
internal static class AddressText
{
    /// <summary>Writes 4 octets as an IPv4 address, 16 as an IPv6 address (RFC 5952 §4).</summary>
    /// <returns>False for another length, and when the text does not fit.</returns>
    public static bool TryWrite(ReadOnlySpan<byte> address, Span<byte> place, out int written)
    {
        written = 0;
        if (address.Length == 4) return TryWriteIpv4(address, place, ref written);
        if (address.Length != 16) return false;
        Span<char> characters = stackalloc char[Ipv6.MaxTextLength];
        return Ipv6.Read(address).TryFormat(characters, out int length, default, provider: null)
            && Encoding.ASCII.TryGetBytes(characters[..length], place, out written);
    }

    private static bool TryWriteIpv4(ReadOnlySpan<byte> address, Span<byte> place, ref int written)
    {
        for (int i = 0; i < 4; i++)
        {
            if (i > 0)
            {
                if (written == place.Length) return false;
                place[written++] = (byte)'.';
            }

            if (!address[i].TryFormat(place[written..], out int digits)) return false;
            written += digits;
        }

        return true;
    }
}
