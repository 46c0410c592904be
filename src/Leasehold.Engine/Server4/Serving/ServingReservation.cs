using System.Collections.Immutable;
using System.Text;
using Leasehold.Configuration.Model;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>A reservation as packets need it.</summary>
internal sealed class ServingReservation(Reservation4 reservation, Ipv4? address)
{
    private ImmutableArray<ImmutableArray<OptionData>> joinedWith;
    private OptionSet4? joined;

    /// <summary>The address kept for this client; null when the reservation names none or it does not count here.</summary>
    public Ipv4? Address { get; } = address;

    /// <summary>As the lease is stored: in lower case; empty when the reservation names none.</summary>
    public byte[] Hostname { get; } = Octets(reservation.Hostname?.ToLowerInvariant());

    /// <summary>As the client is told (option 12): as it was typed; empty when the reservation names none.</summary>
    public byte[] HostNameOption { get; } = Octets(reservation.Hostname);

    public BootFields Boot { get; } = new(reservation.NextServer, reservation.ServerHostname, reservation.BootFileName);

    /// <summary>The reservation's options over those of the place where its client is.</summary>
    /// <remarks>The last place is remembered: a client rarely moves, so this works once for each client.</remarks>
    public OptionSet4 OptionsOver(OptionSet4 place, ImmutableArray<ImmutableArray<OptionData>> levels)
    {
        if (reservation.Options.IsEmpty) return place;
        if (joined is null || joinedWith != levels)
        {
            joined = OptionSet4.Of([reservation.Options, .. levels.AsSpan()]);
            joinedWith = levels;
        }

        return joined;
    }

    private static byte[] Octets(string? name) => name is null ? [] : Encoding.ASCII.GetBytes(name);
}
