using Leasehold.Engine.V6;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;
using static Leasehold.ConformanceTests.Client6;

namespace Leasehold.ConformanceTests.Rfc9915;

/// <summary>RFC 9915 §16: what a server discards, each for a reason of its own.</summary>
public class Rfc9915_Section_16
{
    public static TheoryData<MessageType6, DropReason6> WithoutServerId => new()
    {
        { MessageType6.Request, DropReason6.ServerIdMissing },
        { MessageType6.Renew, DropReason6.ServerIdMissing },
        { MessageType6.Release, DropReason6.ServerIdMissing },
        { MessageType6.Decline, DropReason6.ServerIdMissing },
    };

    /// <summary>§16.3, §16.10, §16.11, §16.14 and "A client or server MUST silently discard any received DHCP messages with an unknown message type".</summary>
    [Theory]
    [InlineData(2, DropReason6.NotForServers)]
    [InlineData(7, DropReason6.NotForServers)]
    [InlineData(10, DropReason6.NotForServers)]
    [InlineData(0, DropReason6.UnknownMessageType)]
    [InlineData(14, DropReason6.UnknownMessageType)]
    [InlineData(255, DropReason6.UnknownMessageType)]
    public void Message_that_is_not_for_servers_is_discarded(int type, DropReason6 reason) =>
        Assert.Equal(reason, Network6.WithLan().NewClient().Multicast((MessageType6)type, ServerIdOption(), IaNa(1)).Drop);

    [Fact]
    public void Relay_reply_is_discarded()
    {
        byte[] reply = new Relay6("2001:db8:1::2").Forward(Network6.WithLan().NewClient().Packet(MessageType6.Solicit, IaNa(1)), 0, Ipv6.Parse("fe80::2"));
        reply[0] = 13;
        Assert.Equal(DropReason6.NotForServers, Network6.WithLan().Deliver(reply, Ipv6.Parse("fe80::3")).Drop);
    }

    /// <summary>§16.2, §16.4 to §16.9.</summary>
    [Theory]
    [InlineData(MessageType6.Solicit)]
    [InlineData(MessageType6.Request)]
    [InlineData(MessageType6.Confirm)]
    [InlineData(MessageType6.Renew)]
    [InlineData(MessageType6.Rebind)]
    [InlineData(MessageType6.Release)]
    [InlineData(MessageType6.Decline)]
    public void Message_without_a_client_identifier_is_discarded(MessageType6 type)
    {
        Client6 client = Network6.WithLan().NewClient();
        client.Duid = [];
        Assert.Equal(DropReason6.ClientIdMissing, client.Multicast(type, IaNa(1, "2001:db8:1::10")).Drop);
    }

    /// <summary>§16.4, §16.6, §16.8, §16.9: "the message does not include a Server Identifier option".</summary>
    [Theory]
    [MemberData(nameof(WithoutServerId))]
    public void Message_to_one_server_without_its_identifier_is_discarded(MessageType6 type, DropReason6 reason) =>
        Assert.Equal(reason, Network6.WithLan().NewClient().Multicast(type, IaNa(1, "2001:db8:1::10")).Drop);

    /// <summary>"the contents of the Server Identifier option do not match the server's identifier".</summary>
    [Theory]
    [InlineData(MessageType6.Request)]
    [InlineData(MessageType6.Renew)]
    [InlineData(MessageType6.Release)]
    [InlineData(MessageType6.Decline)]
    [InlineData(MessageType6.InformationRequest)]
    public void Message_to_another_server_is_discarded(MessageType6 type)
    {
        byte[][] options = [ServerIdOption("00 03 00 01 02 00 00 00 00 02"), .. type == MessageType6.InformationRequest ? (byte[][])[] : [IaNa(1, "2001:db8:1::10")]];
        Assert.Equal(DropReason6.OtherServerChosen, Network6.WithLan().NewClient().Multicast(type, options).Drop);
    }

    /// <summary>§16.2, §16.5, §16.7: "the message does include a Server Identifier option".</summary>
    [Theory]
    [InlineData(MessageType6.Solicit)]
    [InlineData(MessageType6.Confirm)]
    [InlineData(MessageType6.Rebind)]
    public void Message_to_all_servers_with_an_identifier_is_discarded(MessageType6 type) =>
        Assert.Equal(DropReason6.ServerIdUnexpected, Network6.WithLan().NewClient().Multicast(type, ServerIdOption(), IaNa(1, "2001:db8:1::10")).Drop);

    /// <summary>§16.12: "the message includes an IA option."</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(25)]
    public void Information_request_with_an_association_is_discarded(int code)
    {
        byte[] association = code == 4 ? Option(4, Number(1)) : Association((ushort)code, 1);
        Assert.Equal(DropReason6.AssociationUnexpected, Network6.WithLan().NewClient().InformationRequest(association).Drop);
    }

    [Theory]
    [InlineData(MessageType6.Solicit)]
    [InlineData(MessageType6.Confirm)]
    [InlineData(MessageType6.Rebind)]
    [InlineData(MessageType6.InformationRequest)]
    public void Message_to_all_servers_that_was_sent_to_one_is_discarded(MessageType6 type) =>
        Assert.Equal(DropReason6.SentByUnicast, Network6.WithLan().NewClient().Unicast(type, type == MessageType6.InformationRequest ? OptionRequest(23) : IaNa(1)).Drop);

    [Fact]
    public void Client_that_chose_another_server_frees_what_was_held_for_it()
    {
        Network6 net = Network6.WithLan();
        Client6 client = net.NewClient();
        client.Solicit(IaNa(1), IaPd(1));
        Answer6 answer = client.Multicast(MessageType6.Request, ServerIdOption("00 03 00 01 02 00 00 00 00 02"), IaNa(1), IaPd(1));

        Assert.Equal(DropReason6.OtherServerChosen, answer.Drop);
        Assert.All(answer.Changes, static change => Assert.False(change.IsDurable));
        Assert.Null(net.StateOf("2001:db8:1::10"));
        Assert.Null(net.StateOfPrefix("2001:db8:8000::"));
    }

    /// <summary>§11.1: at most 128 octets beside the type. Shorter than its type it is none.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(130, true)]
    [InlineData(131, false)]
    public void Client_identifier_has_a_length_that_a_duid_can_have(int length, bool answered)
    {
        Client6 client = Network6.WithLan().NewClient();
        client.Duid = new byte[length];
        Answer6 answer = client.Solicit(IaNa(1));
        Assert.Equal(answered ? DropReason6.None : DropReason6.Malformed, answer.Drop);
    }

    [Theory]
    [InlineData("00 03 00 0b 00*11", WireErrorKind.OptionValue, 18)]                // IA_NA a bit too short
    [InlineData("00 03 00 13 00*12 00 05 00 03 00*3", WireErrorKind.OptionValue, 18)] // IAADDR too short
    [InlineData("00 03 00 10 00*12 00 05 00 18", WireErrorKind.OptionValue, 18)]    // IAADDR goes past the end of its IA
    [InlineData("00 06 00 03 00 17 00", WireErrorKind.OptionValue, 18)]             // option request with half a code
    [InlineData("00 19 00 2c 00*12 00 1a 00 19 00*8 81 00*18", WireErrorKind.OptionTooLong, 18)]
    [InlineData("00 19 00 29 00*12 00 1a 00 19 00*8 81 00*16", WireErrorKind.OptionValue, 18)] // prefix of 129 bits
    [InlineData("00 08 00 02 00", WireErrorKind.OptionTooLong, 18)]
    [InlineData("00 08 00", WireErrorKind.OptionLengthMissing, 18)]
    public void Malformed_option_discards_the_message_and_is_found(string option, WireErrorKind kind, int offset)
    {
        Client6 client = Network6.WithLan().NewClient();
        client.Extra = option;
        Answer6 answer = client.Solicit();
        Assert.Equal((DropReason6.Malformed, kind, offset), (answer.Drop, answer.Error.Kind, answer.Error.Offset));
    }

    [Fact]
    public void Message_that_asks_for_more_than_any_client_is_discarded()
    {
        Client6 client = Network6.WithLan().NewClient();
        Assert.Equal(DropReason6.None, client.Solicit([.. Enumerable.Range(0, 64).Select(static i => IaPd((uint)i))]).Drop);
        Assert.Equal(WireErrorKind.TooManyOptions, client.Solicit([.. Enumerable.Range(0, 65).Select(static i => IaPd((uint)i))]).Error.Kind);
    }

    [Fact]
    public void Unknown_options_do_not_matter()
    {
        Client6 client = Network6.WithLan().NewClient();
        client.Extra = "ff fe 00 03 01 02 03";
        Assert.Equal(["2001:db8:1::10"], client.Sarr().Addresses());
    }
}
