using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Engine.Classification;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V6;

/// <summary>A reservation as packets need it.</summary>
/// <param name="number">Unlike that of any other reservation; from 1.</param>
/// <param name="addresses">Those that count where the reservation stands.</param>
/// <param name="prefixes">Likewise.</param>
/// <param name="classes">The numbers of the classes that it puts its client in.</param>
internal sealed class ServingReservation6(
    Reservation6 reservation, int number, IEnumerable<Ipv6> addresses, IEnumerable<Ipv6Prefix> prefixes, ImmutableArray<int> classes)
{
    private readonly ImmutableArray<Ipv6Prefix> addresses = [.. addresses.Select(address => new Ipv6Prefix(address, Ipv6Prefix.MaxLength))];
    private readonly ImmutableArray<Ipv6Prefix> prefixes = [.. prefixes];

    public ReservedOptions<OptionSet6> Options { get; } = new(reservation.Options, number);
    public ImmutableArray<int> Classes { get; } = classes;

    /// <summary>In labels and lower case, with the root where it ends in a dot; empty when the reservation names none.</summary>
    public byte[] Hostname { get; } = NamePolicy.LabelsOf(reservation.Hostname ?? "", makeAbsolute: false);

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
}
