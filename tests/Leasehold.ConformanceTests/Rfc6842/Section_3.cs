using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Rfc6842;

/// <summary>RFC 6842 §3: the client identifier in replies.</summary>
public class Rfc6842_Section_3
{
    /// <summary>"If the 'client identifier' option is present in a message received from a client, the server MUST return the 'client identifier' option,
    /// unaltered, in its response message."</summary>
    [Theory]
    [InlineData("01 02 00 5e 10 00 01")]
    [InlineData("00 00 00")]
    [InlineData("ff 00 00 00 01 00 03 00 01 02 00 5e 10 00 0b")]
    [InlineData("00 fe*254")]
    public void Identifier_comes_back_unaltered_in_every_reply(string identifier)
    {
        Client client = Network.WithLan().NewClient(clientId: identifier);

        Assert.All(Replies(client), reply => Assert.Equal(Hex.Of(identifier), reply.Option(61)));
    }

    /// <summary>The modified table: "Client identifier (if not sent by client) […] MUST NOT" in each of the three messages.</summary>
    [Fact]
    public void Reply_to_a_client_without_an_identifier_has_none()
    {
        Client client = Network.WithLan().NewClient();
        client.RequestList = [61];

        Assert.All(Replies(client), reply => Assert.Null(reply.Option(61)));
    }

    /// <summary>An offer, two acknowledgements of a lease, one of none, a refusal.</summary>
    private static Answer[] Replies(Client client)
    {
        Answer[] replies = [client.Discover(), client.Select("192.0.2.10"), client.Renew("192.0.2.10"), client.Inform("192.0.2.99"), client.InitReboot("198.51.100.1")];
        Assert.Equal([MessageType4.Offer, MessageType4.Ack, MessageType4.Ack, MessageType4.Ack, MessageType4.Nak], replies.Select(reply => reply.Sent));
        return replies;
    }
}
