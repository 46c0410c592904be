using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.SimulationTests.Clients;

/// <summary>Somebody who sends what no client should: made-up machines, other machines' names, addresses of others.</summary>
internal sealed class Stranger(Simulation simulation, SimulatedClient self, int number)
{
    private readonly Dice dice = new(simulation.Scenario.Seed, $"stranger {number}");

    public void Start() => Next();

    private void Next() => simulation.Time.In(dice.OneIn(20) ? dice.Between(1, 20) * Timeline.Minute : dice.Between(10, 20_000), () =>
    {
        if (!simulation.Has(Trouble.Flooding)) return;
        Send();
        Next();
    });

    private void Send()
    {
        byte[] mac = [2, 0, 0x66, (byte)number, 0, (byte)dice.Next(40)];
        HardwareAddress hardware = new(HardwareAddress.Ethernet, mac);
        byte[] clientId = dice.OneIn(3) ? [0, (byte)dice.Next(8), (byte)number] : [];
        if (simulation.Has(Trouble.Cloning) && dice.OneIn(8))
        {
            SimulatedClient victim = dice.Pick(simulation.Clients);
            (hardware, clientId) = (victim.Mac, dice.OneIn(2) ? victim.ClientId : clientId);
        }

        Ipv4 address = self.Link.Address(dice.Between(8, 42));
        Ipv4 server = dice.OneIn(6) ? Ipv4.Parse("192.0.2.66") : self.Link.Interface.Address;
        uint xid = (uint)dice.NextInt64();
        bool broadcast = dice.OneIn(2);
        byte[] packet = dice.Next(10) switch
        {
            < 4 => ClientPacket.Write(MessageType4.Discover, xid, hardware, clientId, default, broadcast, dice.OneIn(2) ? ClientPacket.Option(50, address) : []),
            < 6 => ClientPacket.Write(MessageType4.Request, xid, hardware, clientId, default, broadcast, [.. ClientPacket.Option(50, address), .. ClientPacket.Option(54, server)]),
            6 => ClientPacket.Write(MessageType4.Request, xid, hardware, clientId, default, broadcast, ClientPacket.Option(50, address)),
            7 => ClientPacket.Write(MessageType4.Request, xid, hardware, clientId, address, broadcast),
            8 => ClientPacket.Write(MessageType4.Release, xid, hardware, clientId, address, false, ClientPacket.Option(54, server)),
            _ => ClientPacket.Write((MessageType4)dice.Next(20), xid, hardware, clientId, dice.OneIn(2) ? address : default, broadcast, Odds()),
        };
        bool isUnicast = packet[12] != 0 && dice.OneIn(2);
        simulation.Network.Send(self, packet, isUnicast ? address : default, isUnicast ? self.Link.Interface.Address : Ipv4.Broadcast, VirtualNetwork.NoEpoch);
    }

    /// <summary>A few options with anything in them.</summary>
    private byte[] Odds()
    {
        List<byte> options = [];
        for (int i = dice.Next(5); i > 0; i--)
        {
            byte[] value = new byte[dice.Next(12)];
            dice.NextBytes(value);
            byte code = dice.Pick<byte>([12, 50, 51, 54, 55, 57, 60, 61, 77, 116]);
            options.AddRange([code, (byte)value.Length, .. value]);
        }

        return [.. options];
    }
}
