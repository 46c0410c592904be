using Leasehold.ConformanceTests.Allocation;
using Leasehold.Leases;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Rfc4039;

/// <summary>Rapid Commit: an address with two messages.</summary>
public class Rfc4039_Section_3_1
{
    private const string Asked = "50 00";

    [Fact]
    public void Discover_with_the_option_is_acknowledged_and_committed()
    {
        Network network = Serving.Lan(""" "rapid-commit": true """);
        Client client = Serving.Nth(network, 1);
        client.Extra = Asked;
        client.RequestList = [];
        Answer ack = client.Discover();
        Assert.Equal((MessageType4.Ack, LeaseChangeKind.Commit), (ack.Sent, ack.Change));
        Assert.Equal(
            Hex.Of("""
                35 01 05
                36 04 c0 00 02 01
                50 00
                33 04 00 00 1c 20
                01 04 ff ff ff 00
                ff
                """),
            ack.Octets[240..264]);
        Assert.Equal(LeaseState.Assigned, network.StateOf("192.0.2.10"));
    }

    [Fact]
    public void Discover_without_the_option_is_offered()
    {
        Answer offer = Serving.Nth(Serving.Lan(""" "rapid-commit": true """), 1).Discover();
        Assert.Equal(MessageType4.Offer, offer.Sent);
        Assert.Null(offer.Option(80));
    }

    [Fact]
    public void Server_that_is_not_configured_for_it_offers()
    {
        Client client = Serving.Nth(Serving.Lan(), 1);
        client.Extra = Asked;
        Answer offer = client.Discover();
        Assert.Equal((MessageType4.Offer, LeaseChangeKind.Offer), (offer.Sent, offer.Change));
        Assert.Null(offer.Option(80));
    }
}
