using System.Collections.Immutable;
using System.Text;
using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V6;

/// <summary>A reservation as packets need it.</summary>
/// <param name="addresses">Those that count where the reservation stands.</param>
/// <param name="prefixes">Likewise.</param>
internal sealed class ServingReservation6(Reservation6 reservation, IEnumerable<Ipv6> addresses, IEnumerable<Ipv6Prefix> prefixes)
{
    private readonly ImmutableArray<Ipv6Prefix> addresses = [.. addresses.Select(address => new Ipv6Prefix(address, Ipv6Prefix.MaxLength))];
    private readonly ImmutableArray<Ipv6Prefix> prefixes = [.. prefixes];
    private ImmutableArray<ImmutableArray<OptionData>> joinedWith;
    private OptionSet6? joined;

    /// <summary>As leases are stored: in lower case; empty when the reservation names none.</summary>
    public byte[] Hostname { get; } = reservation.Hostname is { } name ? Encoding.ASCII.GetBytes(name.ToLowerInvariant().TrimEnd('.')) : [];

    /// <summary>What is kept for this client, in the order of the configuration.</summary>
    public ReadOnlySpan<Ipv6Prefix> Of(LeaseType6 type) => (type == LeaseType6.Prefix ? prefixes : addresses).AsSpan();

    public bool Has(LeaseType6 type, Ipv6Prefix prefix) => Of(type).Contains(prefix);

    /// <summary>What the client must not use of a reserved prefix; null for nothing.</summary>
    public Ipv6Prefix? ExcludedFrom(Ipv6Prefix delegated)
    {
        foreach (ReservedPrefix6 reserved in reservation.Prefixes)
        {
            if (reserved.Prefix == delegated) return reserved.Excluded;
        }

        return null;
    }

    /// <summary>The reservation's options over those of the place where its client is.</summary>
    /// <remarks>The last place is remembered: a client rarely moves, so this works once for each client.</remarks>
    public OptionSet6 OptionsOver(OptionSet6 place, ImmutableArray<ImmutableArray<OptionData>> levels)
    {
        if (reservation.Options.IsEmpty) return place;
        if (joined is null || joinedWith != levels)
        {
            joined = OptionSet6.Of([reservation.Options, .. levels.AsSpan()]);
            joinedWith = levels;
        }

        return joined;
    }
}
