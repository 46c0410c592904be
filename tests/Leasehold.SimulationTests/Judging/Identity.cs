using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.SimulationTests.Judging;

/// <summary>A client as the server can know it: hardware address and client identifier of a packet.</summary>
internal sealed class Identity(HardwareAddress mac, byte[] clientId)
{
    /// <summary>Identities that a crash, a failed write or damage has left with more leases than one would give them.</summary>
    public bool InDoubt { get; set; }

    /// <summary>Another identity has been seen with the same hardware address or the same client identifier.</summary>
    public bool IsShared { get; set; }

    public HardwareAddress Mac { get; } = mac;

    /// <summary>Empty when there is none.</summary>
    public byte[] ClientId { get; } = clientId;

    /// <summary>The rule of the server for who is the same client.</summary>
    public bool IsSame(HardwareAddress otherMac, ReadOnlySpan<byte> otherId, bool byClientId)
    {
        if (byClientId && ClientId.Length != 0 && !otherId.IsEmpty) return otherId.SequenceEqual(ClientId);
        return !Mac.IsEmpty && Mac == otherMac;
    }

    public bool IsSame(Identity other, bool byClientId) => IsSame(other.Mac, other.ClientId, byClientId);

    public bool Owns(scoped in Lease4 lease, bool byClientId) => IsSame(lease.HardwareAddress, lease.ClientId, byClientId);

    public bool Has(Reservation4 reservation) => reservation.IdentifierType switch
    {
        ReservationIdentifierType.HardwareAddress => Mac.Octets.SequenceEqual(reservation.Identifier.AsSpan()),
        ReservationIdentifierType.ClientId => ClientId.AsSpan().SequenceEqual(reservation.Identifier.AsSpan()),
        _ => false,
    };

    public override string ToString() => ClientId.Length == 0 ? $"{Mac}" : $"{Mac}/{Convert.ToHexStringLower(ClientId)}";
}

/// <summary>One object for each identity.</summary>
internal sealed class Identities
{
    private readonly Dictionary<(HardwareAddress, string), Identity> all = [];
    private readonly Dictionary<HardwareAddress, List<Identity>> byMac = [];
    private readonly Dictionary<string, List<Identity>> byClientId = new(StringComparer.Ordinal);

    public Identity Of(HardwareAddress mac, byte[] clientId)
    {
        string text = Convert.ToHexString(clientId);
        if (all.TryGetValue((mac, text), out Identity? identity)) return identity;
        identity = new(mac, clientId);
        all.Add((mac, text), identity);
        Share(byMac, mac, identity);
        if (clientId.Length != 0) Share(byClientId, text, identity);
        return identity;
    }

    private static void Share<TKey>(Dictionary<TKey, List<Identity>> index, TKey key, Identity identity)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out List<Identity>? sharing)) index.Add(key, sharing = []);
        sharing.Add(identity);
        if (sharing.Count == 1) return;
        foreach (Identity each in sharing) each.IsShared = true;
    }
}
