using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/* RFC 6603 §4.2
    0                   1                   2                   3
    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
   +-------------------------------+-------------------------------+
   |       OPTION_PD_EXCLUDE       |         option-len            |
   +---------------+---------------+-------------------------------+
   |  prefix-len   |         IPv6 subnet ID (1 to 16 octets)       |
   +---------------+-----------------------------------------------+   */

/// <summary>Option 67 in a delegated prefix: the part that the client must not use, because it is for the link to the server's side.</summary>
internal static class ExcludedPrefix
{
    /// <summary>Writes the option where the pool or the reservation excludes something, and the client asks for it.</summary>
    public static void Write(scoped in Exchange6 x, scoped in Grant grant, ref Dhcp6Writer writer)
    {
        // RFC 6603 §5.1: a delegating router that does not see OPTION_PD_EXCLUDE in the option request must not send it.
        if (!ReplyOptions.IsRequested(in x, OptionCode6.PrefixExclude)) return;
        Ipv6Prefix? excluded = x.Reservation is { } own && own.Has(LeaseType6.Prefix, grant.Prefix)
            ? own.ExcludedFrom(grant.Prefix)
            : grant.Pool?.ExcludedFrom(grant.Prefix);
        if (excluded is not { } part) return;

        // "IPv6 subnet ID": the bits of the excluded prefix after the delegated one, from the left, in as many octets as they need.
        int bits = part.Length - grant.Prefix.Length;
        UInt128 subnetId = part.Network.Value << grant.Prefix.Length;
        Span<byte> octets = stackalloc byte[1 + 16];
        octets[0] = (byte)part.Length;
        new Ipv6(subnetId).Write(octets[1..]);
        writer.Add(OptionCode6.PrefixExclude, octets[..(1 + ((bits + 7) / 8))]);
    }
}
