using System.Collections.Immutable;
using System.Text;
using Leasehold.Configuration.Model;
using Leasehold.Engine.Classification;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>A reservation as packets need it.</summary>
/// <param name="number">Unlike that of any other reservation; from 1.</param>
/// <param name="subnet">Where it holds; null for a global one.</param>
/// <param name="classes">The numbers of the classes that it puts its client in.</param>
internal sealed class ServingReservation(Reservation4 reservation, int number, ServingSubnet? subnet, Ipv4? address, ImmutableArray<int> classes)
{
    public ServingSubnet? Subnet { get; } = subnet;
    public ImmutableArray<int> Classes { get; } = classes;
    public ReservedOptions<OptionSet4> Options { get; } = new(reservation.Options, number);

    /// <summary>The same client's reservation in another subnet of the same network; null at the end.</summary>
    public ServingReservation? Next { get; set; }

    /// <summary>Another reservation of the same address, for another client; null at the end.</summary>
    /// <remarks>Whoever of them holds the address keeps it; it is free for each of the others when that lease is over.</remarks>
    public ServingReservation? SameAddress { get; set; }

    /// <summary>The address kept for this client; null when the reservation names none or it does not count here.</summary>
    public Ipv4? Address { get; } = address;

    /// <summary>As the lease is stored: in lower case; empty when the reservation names none.</summary>
    public byte[] Hostname { get; } = Octets(reservation.Hostname?.ToLowerInvariant());

    /// <summary>As the client is told (option 12): as it was typed; empty when the reservation names none.</summary>
    public byte[] HostNameOption { get; } = Octets(reservation.Hostname);

    public BootFields Boot { get; } = new(reservation.NextServer, reservation.ServerHostname, reservation.BootFileName);

    private static byte[] Octets(string? name) => name is null ? [] : Encoding.ASCII.GetBytes(name);
}
