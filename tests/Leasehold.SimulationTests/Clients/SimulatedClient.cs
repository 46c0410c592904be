using System.Buffers.Binary;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Leasehold.SimulationTests.Judging;

namespace Leasehold.SimulationTests.Clients;

/// <summary>A client's state, RFC 2131 §4.4, figure 5.</summary>
internal enum ClientState
{
    /// <summary>Switched off, asleep, or waiting before it begins.</summary>
    Off,
    Selecting,
    Requesting,
    Rebooting,
    Bound,
    Renewing,
    Rebinding,
}

/// <summary>A machine that wants an address: the states of RFC 2131 §4.4, figure 5, without a socket.</summary>
internal sealed partial class SimulatedClient(Simulation simulation, int number, HardwareAddress mac, byte[] clientId, Link link)
{
    private readonly Dice dice = new(simulation.Scenario.Seed, $"client {number}");
    private readonly bool broadcast = number % 3 == 0;
    private ClientState state;
    private uint xid;
    private int timer;
    private int tries;
    private Ipv4 server;
    private long asked;
    private long t1;
    private long t2;
    private long end;

    public HardwareAddress Mac { get; } = mac;

    /// <summary>Empty for none.</summary>
    public byte[] ClientId { get; } = clientId;

    public Link Link { get; private set; } = link;

    /// <summary>The address that it has, or had last; 0.0.0.0 for none.</summary>
    public Ipv4 Address { get; private set; }

    /// <summary>Counts what it has meant: a packet of a former epoch says what it no longer means.</summary>
    public int Epoch { get; private set; }

    /// <summary>What the server promised it, for the judge; null when that was void already when the ACK arrived.</summary>
    public Promise? Grant { get; private set; }

    /// <summary>It uses its address, by its own clock.</summary>
    public bool IsBound => state is ClientState.Bound or ClientState.Renewing or ClientState.Rebinding && simulation.Time.Now < end;

    public ClientState State => state;

    public override string ToString() => ClientId.Length == 0 ? $"client {number} ({Mac})" : $"client {number} ({Mac}/{Convert.ToHexStringLower(ClientId)})";

    /// <summary>Takes what is heard on the link.</summary>
    public void Receive(byte[] octets)
    {
        if (state == ClientState.Off || !Dhcp4Message.TryParse(octets, out Dhcp4Message reply, out _)) return;
        if (reply.Op != Op4.BootReply || reply.Xid != xid || reply.Chaddr != Mac) return;
        switch (reply.MessageType)
        {
            case MessageType4.Offer when state == ClientState.Selecting:
                Choose(reply);
                break;
            case MessageType4.Ack when state is ClientState.Requesting or ClientState.Rebooting or ClientState.Renewing or ClientState.Rebinding:
                Take(reply);
                break;
            case MessageType4.Nak when state is ClientState.Requesting or ClientState.Rebooting or ClientState.Renewing or ClientState.Rebinding:
                Address = default;
                Init(dice.Between(0, 3000));
                break;
        }
    }

    /// <summary>Begins anew.</summary>
    private void Init(long wait)
    {
        Leave(ClientState.Off);
        After(wait, () =>
        {
            state = ClientState.Selecting;
            NewExchange();
            Ipv4 wanted = Address.IsAny && dice.OneIn(4) ? Link.Address(dice.Between(8, 42)) : Address;
            Repeat(int.MaxValue, () => Broadcast(MessageType4.Discover, wanted.IsAny ? [] : ClientPacket.Option(50, wanted)), Nothing);
        });
    }

    /// <summary>Asks for the address that it had before it was switched off.</summary>
    private void Reboot(long wait)
    {
        if (Address.IsAny)
        {
            Init(wait);
            return;
        }

        Leave(ClientState.Off);
        After(wait, () =>
        {
            state = ClientState.Rebooting;
            NewExchange();
            Repeat(3, () => Broadcast(MessageType4.Request, ClientPacket.Option(50, Address)), Silence);
        });

        // RFC 2131 §3.2 step 3: without an answer it "MAY choose to use the previously allocated network address […] for the remainder of the unexpired lease".
        void Silence()
        {
            if (simulation.Time.Now < end && Link.Prefix.Contains(Address) && dice.OneIn(2)) Use();
            else Init(0);
        }
    }

    private void Choose(scoped in Dhcp4Message offer)
    {
        if (offer.AddressOption(OptionCode4.ServerIdentifier) is not { } identifier) return;
        state = ClientState.Requesting;
        tries = 0;
        server = identifier;
        Ipv4 chosen = offer.Yiaddr;
        bool other = dice.OneIn(40);
        asked = simulation.Time.Now;
        Repeat(4, () => Broadcast(MessageType4.Request, [.. ClientPacket.Option(50, chosen), .. ClientPacket.Option(54, other ? Ipv4.Parse("192.0.2.66") : server)]), () => Init(0));
    }

    private void Take(scoped in Dhcp4Message ack)
    {
        if (!ack.TryGetOption(OptionCode4.LeaseTime, out ReadOnlySpan<byte> time) || time.Length != 4) return;
        long lease = BinaryPrimitives.ReadUInt32BigEndian(time) * Timeline.Second;
        bool isNew = state == ClientState.Requesting;
        Address = ack.Yiaddr;
        if (ack.AddressOption(OptionCode4.ServerIdentifier) is { } identifier) server = identifier;

        // RFC 2131 §4.4.1: the lease runs from the moment at which the client asked.
        end = asked + lease;
        t1 = asked + (Seconds(ack, OptionCode4.RenewalTime) ?? lease / 2);
        t2 = asked + (Seconds(ack, OptionCode4.RebindingTime) ?? lease / 8 * 7);
        if (isNew && simulation.Has(Trouble.GivingBack) && dice.OneIn(30))
        {
            Decline();
            return;
        }

        Grant = simulation.Judge.GrantOf(this, Address);
        Use();
    }

    private void Use()
    {
        Leave(ClientState.Bound);
        simulation.Judge.Bound(this);
        After(t1 - simulation.Time.Now, Renew);
    }

    private void Renew()
    {
        state = ClientState.Renewing;
        NewExchange();
        Ask(t2, server, Rebind);
    }

    private void Rebind()
    {
        state = ClientState.Rebinding;
        NewExchange();
        Ask(end, Ipv4.Broadcast, () => Init(0));
    }

    /// <summary>RFC 2131 §4.4.5: "one-half of the remaining time […], down to a minimum of 60 seconds".</summary>
    private void Ask(long until, Ipv4 destination, Action otherwise)
    {
        long left = until - simulation.Time.Now;
        if (left <= 0)
        {
            otherwise();
            return;
        }

        asked = simulation.Time.Now;
        Send(MessageType4.Request, Address, Address, destination, []);
        After(Math.Min(left, Math.Max(left / 2, Timeline.Minute)), () => Ask(until, destination, otherwise));
    }

    /// <summary>RFC 2131 §4.1: after 4, 8, 16, 32 and then 64 seconds, each up to one more or less.</summary>
    private void Repeat(int times, Action send, Action otherwise)
    {
        if (tries++ >= times)
        {
            otherwise();
            return;
        }

        if (state != ClientState.Requesting || tries == 1) asked = simulation.Time.Now;
        send();
        After((4000L << Math.Min(tries - 1, 4)) + dice.Between(-1000, 1000), () => Repeat(times, send, otherwise));
    }

    private static void Nothing()
    {
    }

    private void Leave(ClientState next)
    {
        state = next;
        Epoch++;
        timer++;
        tries = 0;
    }

    private void NewExchange()
    {
        xid = (uint)dice.NextInt64();
        tries = 0;
    }

    private void After(long milliseconds, Action what)
    {
        int due = ++timer;
        simulation.Time.In(Math.Max(0, milliseconds), () =>
        {
            if (due == timer) what();
        });
    }

    private void Broadcast(MessageType4 type, byte[] options) => Send(type, Ipv4.Any, Ipv4.Any, Ipv4.Broadcast, options);

    private void Send(MessageType4 type, Ipv4 ciaddr, Ipv4 source, Ipv4 destination, byte[] options)
    {
        List<byte> all = [.. options];
        if (type is MessageType4.Discover or MessageType4.Request)
        {
            if (number % 4 == 1) all.AddRange([57, 2, (byte)dice.Between(2, 5), (byte)dice.Next(256)]);
            if (number % 4 == 2) all.AddRange(ClientPacket.Option(51, (uint)dice.Between(60, 10_000)));
            if (number % 5 != 4) all.AddRange([55, 8, 1, 3, 6, 15, 224, 225, 58, 59]);
            if (number % 5 == 2) all.AddRange([12, 3, 0x41, 0x62, 0x63]);
        }

        simulation.Network.Send(this, ClientPacket.Write(type, xid, Mac, ClientId, ciaddr, broadcast, [.. all]), source, destination, Epoch);
    }

    private static long? Seconds(scoped in Dhcp4Message message, byte code) =>
        message.TryGetOption(code, out ReadOnlySpan<byte> value) && value.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(value) * Timeline.Second : null;
}
