using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.SimulationTests.Clients;

namespace Leasehold.SimulationTests;

/// <summary>Makes configurations: small pools, so that clients have to fight for addresses, and short times.</summary>
internal sealed class Administrator(Dice dice, IReadOnlyList<SimulatedClient> clients)
{
    private const int FirstHost = 10;
    private const int LastHost = 40;

    // These stay for a whole run: what they mean for leases that are there is not the simulation's question.
    private readonly bool echo = !dice.OneIn(4);

    /// <summary>Whether client identifiers count.</summary>
    public bool MatchClientId { get; } = !dice.OneIn(5);

    public Dhcp4Config Write() => new()
    {
        EchoClientId = echo,
        DeclineProbationPeriod = new((uint)dice.Between(60, 1800)),
        ExpiredLeases = new() { HoldReclaimedTime = new((uint)(dice.OneIn(4) ? 0 : dice.Between(1, 3600))) },
        Options = [Option(6, 8), Option(15, dice.Between(1, 40)), Option(224, dice.Between(1, 250), always: dice.OneIn(2)), Option(225, 250, always: dice.OneIn(3))],
        Subnets = [.. Link.All.Select(Subnet)],
    };

    private static OptionData Option(byte code, int length, bool always = false) => new()
    {
        Space = "dhcp4",
        Code = code,
        Data = [.. Enumerable.Repeat((byte)0x61, length)],
        AlwaysSend = always,
    };

    private Subnet4 Subnet(Link link)
    {
        int valid = dice.OneIn(3) ? dice.Between(120, 600) : dice.Between(600, 7200);
        bool bounds = dice.OneIn(2);
        return new()
        {
            Id = link.Id,
            Prefix = link.Prefix,
            Pools = Pools(link),
            Reservations = Reservations(link),
            Options = [Option(3, 4)],
            Parameters = new()
            {
                ValidLifetime = new((uint)valid),
                MinValidLifetime = bounds ? new((uint)(valid / 2)) : null,
                MaxValidLifetime = bounds ? new((uint)(valid * 2)) : null,
                CalculateTeeTimes = !dice.OneIn(3),
                RenewTimer = dice.OneIn(6) ? new((uint)dice.Between(30, 3000)) : null,
                Authoritative = dice.OneIn(2),
                MatchClientId = MatchClientId,
            },
        };
    }

    private ImmutableArray<Pool4> Pools(Link link)
    {
        int size = dice.OneIn(3) ? dice.Between(1, 4) : dice.Between(4, 14);
        int first = FirstHost + dice.Next(4);
        Pool4 one = new() { Range = new(link.Address(first), link.Address(first + size - 1)) };
        if (!dice.OneIn(3)) return [one];
        int second = first + size + dice.Between(1, 3);
        return [one, new() { Range = new(link.Address(second), link.Address(second + dice.Next(4))), Id = 7 }];
    }

    private ImmutableArray<Reservation4> Reservations(Link link)
    {
        List<Reservation4> reservations = [];
        HashSet<string> identifiers = new(StringComparer.Ordinal);
        HashSet<int> hosts = [];
        for (int i = dice.Next(4); i > 0; i--)
        {
            SimulatedClient client = dice.Pick(clients);
            bool byClientId = client.ClientId.Length != 0 && dice.OneIn(2);
            ImmutableArray<byte> identifier = byClientId ? [.. client.ClientId] : [.. client.Mac.Octets];
            int host = dice.Between(FirstHost, LastHost);
            if (!identifiers.Add(Convert.ToHexString(identifier.AsSpan())) || !hosts.Add(host)) continue;
            reservations.Add(new()
            {
                IdentifierType = byClientId ? ReservationIdentifierType.ClientId : ReservationIdentifierType.HardwareAddress,
                Identifier = identifier,
                Address = link.Address(host),
                Hostname = dice.OneIn(2) ? "printer" : null,
            });
        }

        return [.. reservations];
    }
}
