using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.SimulationTests.Clients;

/// <content>What machines go through beside keeping a lease.</content>
internal sealed partial class SimulatedClient
{
    private bool isQuiet;

    /// <summary>Switched on for the first time; things happen to it from then on.</summary>
    public void Start()
    {
        Init(dice.Between(0, 5 * (int)Timeline.Minute));
        Later();
    }

    /// <summary>From now on it only keeps its lease.</summary>
    public void CalmDown()
    {
        isQuiet = true;
        if (state == ClientState.Off) Init(dice.Between(0, 1000));
    }

    private void Later() => simulation.Time.In(dice.Between(1, 40) * Timeline.Minute, () =>
    {
        if (isQuiet) return;
        Something();
        Later();
    });

    private void Something()
    {
        switch (dice.Next(7))
        {
            case 0:
                Reboot(dice.Between(1000, 60_000));
                break;
            case 1 when simulation.Has(Trouble.Forgetting):
                if (dice.OneIn(2)) Address = default;
                Init(dice.Between(0, 5000));
                break;
            case 2 when simulation.Has(Trouble.GivingBack) && IsBound:
                Release();
                break;
            case 3 when simulation.Has(Trouble.Roaming):
                Link = dice.Pick(Link.All);
                Reboot(dice.Between(1000, 10_000));
                break;
            case 4 when simulation.Has(Trouble.Sleeping):
                Sleep(dice.Between(1, 90) * Timeline.Minute);
                break;
            case 5 when IsBound:
                Send(MessageType4.Inform, Address, Address, dice.OneIn(2) ? server : Ipv4.Broadcast, []);
                break;
            case 6 when dice.OneIn(4):
                // The power plug: nobody hears of it.
                Leave(ClientState.Off);
                After(dice.Between(1, 120) * Timeline.Minute, () => Reboot(0));
                break;
        }
    }

    private void Release()
    {
        Send(MessageType4.Release, Address, Address, server, ClientPacket.Option(54, server));
        if (dice.OneIn(2)) Address = default;
        Init(dice.Between(1, 60) * Timeline.Minute);
        end = 0;
    }

    /// <summary>RFC 2131 §4.4.1: it found by ARP that somebody has the address, and waits for ten seconds before it begins anew.</summary>
    private void Decline()
    {
        Broadcast(MessageType4.Decline, [.. ClientPacket.Option(50, Address), .. ClientPacket.Option(54, server)]);
        Address = default;
        end = 0;
        Init(10_000);
    }

    private void Sleep(long milliseconds)
    {
        Leave(ClientState.Off);
        After(milliseconds, () =>
        {
            if (Address.IsAny || simulation.Time.Now >= end) Init(0);
            else Use();
        });
    }
}
