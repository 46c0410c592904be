using Leasehold.Engine;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Leasehold.SimulationTests.Clients;
using Leasehold.SimulationTests.Judging;

namespace Leasehold.SimulationTests;

/// <summary>Links and a relay that lose, double, delay and damage packets.</summary>
internal sealed class VirtualNetwork
{
    public const int NoEpoch = -1;

    private const ushort ServerPort = 67;
    private const ushort ClientPort = 68;

    private static readonly byte[] RelayInformation = [82, 6, 1, 4, 0x6c, 0x6e, 0x6b, 0x33];

    private readonly Simulation simulation;
    private readonly Dice dice;
    private readonly int loss;

    public VirtualNetwork(Simulation simulation)
    {
        this.simulation = simulation;
        dice = new(simulation.Scenario.Seed, "network");
        loss = dice.Between(1, 200);
    }

    /// <summary>Takes what is sent on a client's link, to everybody on it or to one address.</summary>
    /// <param name="epoch">The client's; <see cref="NoEpoch"/> for what it did not send itself.</param>
    public void Send(SimulatedClient sender, byte[] octets, Ipv4 source, Ipv4 destination, int epoch)
    {
        Link link = sender.Link;
        if (link.IsRelayed && destination == Ipv4.Broadcast)
        {
            Post(Relayed(octets, link), sender, link.Relay, ServerPort, link.Interface.Address, link.Interface, epoch);
        }
        else
        {
            // Routers bring what is sent to the server's address to where that address is.
            ServedInterface at = destination == Ipv4.Broadcast ? link.Interface : Link.All.FirstOrDefault(each => each.Interface.Address == destination)?.Interface ?? link.Interface;
            Post(octets, sender, source, ClientPort, destination, at, epoch);
        }
    }

    /// <summary>Takes a reply of the server.</summary>
    /// <param name="after">Milliseconds until the server sends it.</param>
    public void Deliver(Decided d, int after)
    {
        if (d.Reply is not { } octets) return;
        ReplyAddress to = d.To;
        Link? link = Link.All.FirstOrDefault(each => each.IsRelayed && each.Relay == to.Address);
        if (link is not null) octets = WithoutRelayInformation(octets);
        else if (to.Path == ReplyPath.Routed) link = Link.All.FirstOrDefault(each => each.Prefix.Contains(to.Address));
        else link = Link.All.FirstOrDefault(each => !each.IsRelayed && each.Interface.Index == to.InterfaceIndex);
        if (link is null) return;
        foreach (int delay in Copies())
        {
            simulation.Time.In(after + delay, () =>
            {
                foreach (SimulatedClient client in simulation.Clients)
                {
                    if (client.Link == link) client.Receive(octets);
                }
            });
        }
    }

    private static byte[] Relayed(byte[] octets, Link link)
    {
        int end = octets.AsSpan().LastIndexOf(OptionCode4.End);
        byte[] relayed = [.. octets[..end], .. RelayInformation, OptionCode4.End];
        relayed[3]++;
        link.Relay.Write(relayed.AsSpan(24));
        return relayed;
    }

    private static byte[] WithoutRelayInformation(byte[] octets)
    {
        int at = octets.AsSpan().LastIndexOf(RelayInformation);
        return at < 0 ? octets : [.. octets[..at], .. octets[(at + RelayInformation.Length)..]];
    }

    private void Post(byte[] octets, SimulatedClient sender, Ipv4 source, ushort port, Ipv4 destination, ServedInterface at, int epoch)
    {
        foreach (int delay in Copies())
        {
            bool damaged = simulation.Has(Trouble.Damage) && dice.PerMille(8);
            byte[] arriving = damaged ? Damaged(octets) : octets;
            Flight flight = new(arriving, sender, epoch, damaged, source, port, destination, at);
            simulation.Time.In(delay, () => simulation.Server.Receive(flight));
        }
    }

    /// <summary>When each copy of a packet arrives; none when it is lost.</summary>
    private IEnumerable<int> Copies()
    {
        if (simulation.Has(Trouble.Loss) && dice.PerMille(loss)) yield break;
        yield return Delay();
        while (simulation.Has(Trouble.Doubles) && dice.PerMille(40)) yield return Delay();
    }

    private int Delay()
    {
        if (!simulation.Has(Trouble.Delays) || !dice.PerMille(60)) return dice.Between(1, 4);
        return dice.OneIn(10) ? dice.Between(10_000, 300_000) : dice.Between(100, 10_000);
    }

    private byte[] Damaged(byte[] octets)
    {
        byte[] damaged = [.. octets];
        if (dice.OneIn(5)) return damaged[..dice.Next(damaged.Length)];
        for (int i = dice.Between(1, 3); i > 0; i--)
        {
            // Most of a message is empty; the fields and options are what matters.
            int at = dice.OneIn(2) ? dice.Next(Math.Min(44, damaged.Length)) : dice.Between(Math.Min(236, damaged.Length - 1), damaged.Length - 1);
            damaged[at] = (byte)dice.Next(256);
        }

        return damaged;
    }
}
