using System.Buffers.Binary;
using Leasehold.Engine.Load;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Xunit;
using static Leasehold.UnitTests.Engine.Load.FakeServer4;

namespace Leasehold.UnitTests.Engine.Load;

public class LoadCrowdTests
{
    private const uint Address = 0xC000020A;
    private const uint OtherAddress = 0xC000020B;

    [Fact]
    public void Four_messages_complete_an_exchange()
    {
        FakeServer4 net = new(new() { Clients = 10 });
        byte[] discover = net.Begin();
        Assert.True(Dhcp4Message.TryParse(discover, out Dhcp4Message message, out _));
        Assert.Equal(MessageType4.Discover, message.MessageType);
        Assert.Equal("192.0.2.9", message.Giaddr.ToString());
        Assert.Equal(1, message.Hops);
        uint xid = message.Xid;

        net.Now = 3 * Millisecond;
        byte[] request = net.Receive(Answer(discover, MessageType4.Offer, Address));
        Assert.True(Dhcp4Message.TryParse(request, out message, out _));
        Assert.Equal(MessageType4.Request, message.MessageType);
        Assert.Equal(xid, message.Xid);
        Assert.True(message.TryGetOption(OptionCode4.ServerIdentifier, out ReadOnlySpan<byte> value));
        Assert.Equal("c0 00 02 01", HexText.Format(value, ' '));
        Assert.True(message.TryGetOption(OptionCode4.RequestedAddress, out value));
        Assert.Equal("c0 00 02 0a", HexText.Format(value, ' '));

        net.Now = 5 * Millisecond;
        Assert.Empty(net.Receive(Answer(request, MessageType4.Ack, Address)));
        Assert.Equal(1, net.Counters.Completed);
        Assert.Equal(0, net.Crowd.Waiting);
        Assert.Equal((1, 1, 0L), (net.Counters[LoadStage.First].Sent, net.Counters[LoadStage.First].Received, net.Counters[LoadStage.First].Drops));
        Assert.Equal((1, 1, 0L), (net.Counters[LoadStage.Second].Sent, net.Counters[LoadStage.Second].Received, net.Counters[LoadStage.Second].Drops));
        Assert.Equal(3 * Millisecond, net.Counters[LoadStage.First].Delays.Max);
        Assert.Equal(2 * Millisecond, net.Counters[LoadStage.Second].Delays.Max);
        Assert.Equal(0, net.Counters.ViolationsInAll);
    }

    [Fact]
    public void Clients_come_in_turn_and_each_has_its_own_address_and_identifier()
    {
        FakeServer4 net = new(new() { Clients = 300 });
        List<string> macs = [];
        for (int i = 0; i < 301; i++)
        {
            Assert.True(Dhcp4Message.TryParse(net.Begin(), out Dhcp4Message message, out _));
            macs.Add(message.Chaddr.ToString());
            Assert.True(message.TryGetOption(OptionCode4.ClientIdentifier, out ReadOnlySpan<byte> identifier));
            Assert.Equal("01:" + message.Chaddr, HexText.Format(identifier, ':'));
        }

        Assert.Equal("00:0c:01:02:03:04", macs[0]);
        Assert.Equal("00:0c:01:02:03:05", macs[1]);
        Assert.Equal("00:0c:01:02:04:04", macs[256]);
        Assert.Equal(300, macs.Distinct().Count());
        Assert.Equal(macs[0], macs[300]);
    }

    [Fact]
    public void An_answer_that_does_not_come_is_lost_after_the_drop_time_and_a_late_one_is_an_orphan()
    {
        FakeServer4 net = new(new() { FirstDropTime = 500 * Millisecond });
        byte[] discover = net.Begin();
        net.Expire(499 * Millisecond);
        Assert.Equal(0, net.Counters[LoadStage.First].Expired);
        net.Expire(510 * Millisecond);
        Assert.Equal(1, net.Counters[LoadStage.First].Expired);
        Assert.Equal(1, net.Counters[LoadStage.First].Drops);

        Assert.Empty(net.Receive(Answer(discover, MessageType4.Offer, Address)));
        Assert.Equal(1, net.Counters[LoadStage.First].Orphans);
        Assert.Equal(0, net.Counters[LoadStage.First].Received);
    }

    [Fact]
    public void A_late_answer_does_not_find_the_next_exchange_at_the_same_place()
    {
        FakeServer4 net = new(new());
        byte[] first = net.Begin();
        net.Expire(2000 * Millisecond);
        net.Begin();
        net.Receive(Answer(first, MessageType4.Offer, Address));
        Assert.Equal(1, net.Counters[LoadStage.First].Orphans);
        Assert.Equal(0, net.Counters[LoadStage.First].Received);
    }

    [Fact]
    public void A_doubled_offer_and_a_doubled_ack_are_orphans_and_change_nothing()
    {
        FakeServer4 net = new(new());
        byte[] discover = net.Begin();
        byte[] offer = Answer(discover, MessageType4.Offer, Address);
        byte[] request = net.Receive(offer);
        Assert.Empty(net.Receive(offer));
        byte[] ack = Answer(request, MessageType4.Ack, Address);
        net.Receive(ack);
        net.Receive(ack);
        Assert.Equal(1, net.Counters.Completed);
        Assert.Equal(1, net.Counters[LoadStage.First].Orphans);
        Assert.Equal(1, net.Counters[LoadStage.Second].Orphans);
        Assert.Equal(1, net.Counters[LoadStage.Second].Sent);
        Assert.Equal(0, net.Counters.ViolationsInAll);
    }

    [Fact]
    public void A_nak_is_a_rejected_lease()
    {
        FakeServer4 net = new(new());
        byte[] request = net.Receive(Answer(net.Begin(), MessageType4.Offer, Address));
        net.Receive(Answer(request, MessageType4.Nak, 0));
        Assert.Equal(1, net.Counters[LoadStage.Second].Rejected);
        Assert.Equal(0, net.Counters.Completed);
        Assert.Equal(0, net.Crowd.Waiting);
    }

    [Fact]
    public void An_ack_of_another_address_than_the_offer_is_a_violation()
    {
        FakeServer4 net = new(new());
        byte[] request = net.Receive(Answer(net.Begin(), MessageType4.Offer, Address));
        net.Receive(Answer(request, MessageType4.Ack, OtherAddress));
        Assert.Equal(1, net.Counters.Of(LoadViolation.ContradictsOffer));
    }

    [Fact]
    public void An_ack_of_another_server_than_the_offer_is_a_violation()
    {
        FakeServer4 net = new(new());
        byte[] request = net.Receive(Answer(net.Begin(), MessageType4.Offer, Address));
        net.Receive(Answer(request, MessageType4.Ack, Address, serverId: ServerId + 1));
        Assert.Equal(1, net.Counters.Of(LoadViolation.OtherServer));
    }

    [Fact]
    public void An_answer_without_a_server_identifier_is_a_violation()
    {
        FakeServer4 net = new(new());
        net.Receive(Answer(net.Begin(), MessageType4.Offer, Address, serverId: null));
        Assert.Equal(1, net.Counters.Of(LoadViolation.NoServerIdentifier));
    }

    [Fact]
    public void An_answer_to_another_chaddr_is_a_violation_and_the_exchange_waits_on()
    {
        FakeServer4 net = new(new());
        byte[] discover = net.Begin();
        net.Receive(Answer(discover, MessageType4.Offer, Address, lastOfChaddr: 0xff));
        Assert.Equal(1, net.Counters.Of(LoadViolation.OtherClient));
        Assert.Equal(1, net.Crowd.Waiting);
        Assert.NotEmpty(net.Receive(Answer(discover, MessageType4.Offer, Address)));
    }

    [Fact]
    public void An_address_of_two_clients_at_once_is_a_violation()
    {
        FakeServer4 net = new(new() { Clients = 2 });
        net.Dora(Address);
        net.Dora(Address);
        Assert.Equal(1, net.Counters.Of(LoadViolation.AddressGivenTwice));
        Assert.Equal(1, net.Counters[LoadStage.Second].NonUnique);
    }

    [Fact]
    public void An_address_of_one_client_again_or_of_another_after_its_lease_ended_is_no_violation()
    {
        FakeServer4 net = new(new() { Clients = 2 });
        net.Dora(Address);
        net.Dora(OtherAddress);
        net.Dora(Address);
        net.Now = 3601L * LoadSettings.NanosecondsPerSecond;
        net.Dora(Address);
        Assert.Equal(4, net.Counters.Completed);
        Assert.Equal(0, net.Counters.ViolationsInAll);
    }

    [Fact]
    public void A_renewal_names_the_address_alone_and_a_release_frees_it()
    {
        FakeServer4 net = new(new() { Clients = 2, KeepsLeases = true });
        Assert.Empty(net.Renew());
        net.Dora(Address);

        byte[] renewal = net.Renew();
        Assert.True(Dhcp4Message.TryParse(renewal, out Dhcp4Message message, out _));
        Assert.Equal((MessageType4.Request, Address), (message.MessageType, message.Ciaddr.Value));
        Assert.False(message.TryGetOption(OptionCode4.ServerIdentifier, out _));
        Assert.False(message.TryGetOption(OptionCode4.RequestedAddress, out _));
        // While it waits for the answer nothing else happens to the lease.
        Assert.Empty(net.Release());
        net.Receive(Answer(renewal, MessageType4.Ack, Address));
        Assert.Equal(1, net.Counters[LoadStage.Renewal].Received);

        byte[] release = net.Release();
        Assert.True(Dhcp4Message.TryParse(release, out message, out _));
        Assert.Equal((MessageType4.Release, Address), (message.MessageType, message.Ciaddr.Value));
        Assert.True(message.TryGetOption(OptionCode4.ServerIdentifier, out ReadOnlySpan<byte> server));
        Assert.Equal(ServerId, BinaryPrimitives.ReadUInt32BigEndian(server));
        Assert.Empty(net.Release());
        Assert.Equal(0, net.Counters[LoadStage.Release].Drops);

        net.Dora(Address);
        Assert.Equal(0, net.Counters.ViolationsInAll);
    }

    [Fact]
    public void A_renewal_that_changes_the_address_is_a_violation()
    {
        FakeServer4 net = new(new() { KeepsLeases = true });
        net.Dora(Address);
        net.Receive(Answer(net.Renew(), MessageType4.Ack, OtherAddress));
        Assert.Equal(1, net.Counters.Of(LoadViolation.ContradictsOffer));
    }

    [Fact]
    public void With_the_first_half_only_an_offer_completes_an_exchange()
    {
        FakeServer4 net = new(new() { Clients = 2, IsInitialOnly = true });
        Assert.Empty(net.Receive(Answer(net.Begin(), MessageType4.Offer, Address)));
        Assert.Equal(1, net.Counters.Completed);
        Assert.Equal(0, net.Counters[LoadStage.Second].Sent);
    }

    [Fact]
    public void In_an_avalanche_nobody_gives_up_and_the_waits_grow()
    {
        FakeServer4 net = new(new() { FirstBackoff = 4000 * Millisecond });
        byte[] discover = net.Begin();
        Assert.Empty(net.Expire(2990 * Millisecond));
        byte[] again = Assert.Single(net.Expire(5010 * Millisecond));
        Assert.Equal(discover[4..8], again[4..8]);
        Assert.Equal(5, BinaryPrimitives.ReadUInt16BigEndian(again.AsSpan(8)));
        Assert.Empty(net.Expire(11_000 * Millisecond));
        Assert.Single(net.Expire(14_100 * Millisecond));
        Assert.Equal(2, net.Counters[LoadStage.First].Retransmitted);
        Assert.NotEmpty(net.Receive(Answer(discover, MessageType4.Offer, Address)));
    }

    [Fact]
    public void What_is_no_answer_of_a_server_is_malformed()
    {
        FakeServer4 net = new(new());
        byte[] discover = net.Begin();
        byte[] offer = Answer(discover, MessageType4.Offer, Address);
        net.Receive([]);
        net.Receive(offer[..235]);
        net.Receive(discover);
        net.Receive(Answer(discover, MessageType4.Inform, Address));
        Assert.Equal(4, net.Counters.Malformed);
        Assert.Equal(1, net.Crowd.Waiting);
    }

    [Fact]
    public void The_same_seed_sends_the_same_octets()
    {
        static byte[] Of(int seed) => new FakeServer4(new() { Seed = seed }).Begin();
        Assert.Equal(Of(5), Of(5));
        Assert.NotEqual(Of(5), Of(6));
    }

    [Fact]
    public void An_exchange_allocates_nothing()
    {
        LoadCrowd crowd = new(new() { Clients = 100, KeepsLeases = true }, new Dialogue4(new() { Relays = [Ipv4.Parse("192.0.2.9")] }));
        byte[] room = new byte[2048];
        byte[] query = new byte[300];
        long before = 0;
        for (int i = 0; i < 3000; i++)
        {
            // Answers are made beside the measured part.
            crowd.Begin(i, room);
            room.AsSpan(0, 300).CopyTo(query);
            byte[] offer = Answer(query, MessageType4.Offer, Address + (uint)(i % 100));
            Measured(() => crowd.Receive(i, offer, room), ref before);
            room.AsSpan(0, 300).CopyTo(query);
            byte[] ack = Answer(query, MessageType4.Ack, Address + (uint)(i % 100));
            Measured(() => crowd.Receive(i, ack, room), ref before);
            if (i == 200) before = 0;
        }

        Assert.Equal(3000, crowd.Counters.Completed);
        Assert.Equal(0, before);
    }

    private static void Measured(Action action, ref long allocated)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        allocated += GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
