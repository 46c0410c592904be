using Leasehold.Engine.Load;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;
using Xunit;

namespace Leasehold.UnitTests.Engine.Load;

public class Dialogue6Tests
{
    private const string Duid = "00 03 00 01 00 0c 01 02 03 05";

    private readonly byte[] room = new byte[2048];

    [Fact]
    public void A_solicit_is_as_the_rfc_draws_it()
    {
        Dialogue6 dialogue = new(new() { RapidCommit = true });
        int length = dialogue.WriteFirst(room, new() { Xid = 0x0a0b0c, Elapsed = 2, Lease = new() { Client = 1 } });
        Assert.Equal(
            "01 0a 0b 0c" // Solicit
            + " 00 01 00 0a " + Duid
            + " 00 08 00 02 00 c8" // 200 hundredths
            + " 00 0e 00 00" // rapid commit
            + " 00 06 00 04 00 17 00 18" // DNS servers, search list
            + " 00 03 00 0c 00 00 00 01 00 00 00 00 00 00 00 00",
            HexText.Format(room.AsSpan(0, length), ' '));
    }

    [Fact]
    public void A_request_names_the_server_and_what_it_offered()
    {
        Dialogue6 dialogue = new(new() { WantsPrefix = true });
        LoadLease lease = new()
        {
            Client = 1,
            Address = Ipv6.Parse("2001:db8::a").Value,
            Prefix = Ipv6.Parse("2001:db8:1::").Value,
            PrefixLength = 56,
        };
        int length = dialogue.WriteSecond(room, new() { Xid = 1, Lease = lease, Server = [0, 2, 0, 0, 17, 139] });
        Assert.Equal(
            "03 00 00 01 00 01 00 0a " + Duid
            + " 00 08 00 02 00 00 00 02 00 06 00 02 00 00 11 8b 00 06 00 04 00 17 00 18"
            + " 00 03 00 28 00 00 00 01 00 00 00 00 00 00 00 00 00 05 00 18 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 0a 00 00 00 00 00 00 00 00"
            + " 00 19 00 29 00 00 00 01 00 00 00 00 00 00 00 00 00 1a 00 19 00 00 00 00 00 00 00 00 38 20 01 0d b8 00 01 00 00 00 00 00 00 00 00 00 00",
            HexText.Format(room.AsSpan(0, length), ' '));
    }

    [Fact]
    public void Behind_a_relay_the_message_is_inside_a_relay_forward()
    {
        Dialogue6 dialogue = new(new() { Relays = [Ipv6.Parse("2001:db8::1")], RelayPeer = Ipv6.Parse("fe80::1") });
        int length = dialogue.WriteRelease(room, new() { Xid = 7, Lease = new() { Client = 1, Address = 5 }, Server = [1, 2, 3] });
        Assert.True(Dhcp6Relay.TryParse(room.AsSpan(0, length), out Dhcp6Relay relay, out _));
        Assert.Equal(MessageType6.RelayForward, relay.MessageType);
        Assert.Equal("2001:db8::1", relay.LinkAddress.ToString());
        Assert.True(relay.TryGetRelayed(out ReadOnlySpan<byte> inner));
        Assert.True(Dhcp6Message.TryParse(inner, out Dhcp6Message message, out _));
        Assert.Equal((MessageType6.Release, 7u), (message.MessageType, message.TransactionId));
    }

    [Fact]
    public void Solicit_advertise_request_reply_completes_an_exchange_with_two_transactions()
    {
        LoadCrowd crowd = new(new() { Clients = 5, KeepsLeases = true }, new Dialogue6(new() { WantsPrefix = true }));
        byte[] solicit = room[..crowd.Begin(0, room)];
        byte[] request = room[..crowd.Receive(1, Answer(solicit, MessageType6.Advertise), room)];
        Assert.NotEqual(solicit[1..4], request[1..4]);
        Assert.Equal(0, crowd.Receive(2, Answer(request, MessageType6.Reply), room));
        byte[] renew = room[..crowd.Renew(3, room)];
        Assert.Equal((byte)MessageType6.Renew, renew[0]);
        crowd.Receive(4, Answer(renew, MessageType6.Reply), room);
        byte[] release = room[..crowd.Release(5, room)];
        Assert.Equal(1, crowd.Waiting);
        crowd.Receive(6, Answer(release, MessageType6.Reply, withLease: false), room);

        Assert.Equal(1, crowd.Counters.Completed);
        Assert.All(Enum.GetValues<LoadStage>(), stage => Assert.Equal(1, crowd.Counters[stage].Received));
        Assert.Equal((0, 0L), (crowd.Waiting, crowd.Counters.ViolationsInAll));
    }

    [Fact]
    public void A_prefix_of_two_clients_at_once_is_a_violation()
    {
        LoadCrowd crowd = new(new() { Clients = 2 }, new Dialogue6(new() { WantsAddress = false, WantsPrefix = true }));
        for (int i = 0; i < 2; i++)
        {
            byte[] solicit = room[..crowd.Begin(0, room)];
            byte[] request = room[..crowd.Receive(1, Answer(solicit, MessageType6.Advertise), room)];
            crowd.Receive(2, Answer(request, MessageType6.Reply), room);
        }

        Assert.Equal(1, crowd.Counters.Of(LoadViolation.PrefixGivenTwice));
    }

    [Fact]
    public void A_reply_without_what_was_asked_for_is_a_rejected_lease()
    {
        LoadCrowd crowd = new(new(), new Dialogue6(new()));
        byte[] solicit = room[..crowd.Begin(0, room)];
        crowd.Receive(1, Answer(solicit, MessageType6.Advertise, withLease: false), room);
        Assert.Equal(1, crowd.Counters[LoadStage.First].Rejected);
    }

    [Fact]
    public void With_rapid_commit_a_reply_completes_the_exchange_at_once()
    {
        LoadCrowd crowd = new(new(), new Dialogue6(new() { RapidCommit = true }));
        byte[] solicit = room[..crowd.Begin(0, room)];
        Assert.Equal(0, crowd.Receive(1, Answer(solicit, MessageType6.Reply), room));
        Assert.Equal((1L, 0), (crowd.Counters.Completed, crowd.Waiting));
    }

    private static byte[] Answer(byte[] query, MessageType6 type, bool withLease = true)
    {
        Assert.True(Dhcp6Message.TryParse(query, out Dhcp6Message message, out _));
        Assert.True(message.TryGetOption(OptionCode6.ClientId, out ReadOnlySpan<byte> client));
        byte[] octets = new byte[512];
        Dhcp6Writer writer = Dhcp6Writer.OfMessage(octets, type, message.TransactionId);
        writer.Add(OptionCode6.ClientId, client);
        writer.Add(OptionCode6.ServerId, [0, 2, 0, 0, 17, 139]);
        if (withLease)
        {
            int mark = writer.BeginAssociation(OptionCode6.IaNa, 1, default, default);
            writer.End(writer.BeginAddress(new(Ipv6.Parse("2001:db8::a"), 128, new(3000), new(4000))));
            writer.End(mark);
            mark = writer.BeginAssociation(OptionCode6.IaPd, 1, default, default);
            writer.End(writer.BeginPrefix(new(Ipv6.Parse("2001:db8:1::"), 56, new(3000), new(4000))));
            writer.End(mark);
        }

        return octets[..writer.Length];
    }
}
