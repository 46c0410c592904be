using Leasehold.Configuration.Model;
using Leasehold.Protocol;

namespace Leasehold.ConformanceTests.Rfc3046;

/// <summary>RFC 3046 §3.1 and §3.2: circuit id and remote id.</summary>
public class Rfc3046_Section_3
{
    /// <summary>"The Circuit ID SHOULD be considered an opaque value, with policies based on exact string match only".</summary>
    [Theory]
    [InlineData("52 06 01 04 65 74 68 33", "192.0.2.200")]              // eth3
    [InlineData("52 07 01 05 65 74 68 33 00", "192.0.2.10")]
    [InlineData("52 05 01 03 65 74 68", "192.0.2.10")]
    [InlineData("52 06 01 04 45 54 48 33", "192.0.2.10")]
    [InlineData("52 06 02 04 65 74 68 33", "192.0.2.10")]               // as a remote id
    public void Circuit_id_is_matched_whole(string option, string address)
    {
        Network net = Network.With(Network.Lan with
        {
            Reservations =
            [
                new() { IdentifierType = ReservationIdentifierType.CircuitId, Identifier = [.. Hex.Of("65 74 68 33")], Address = Ipv4.Parse("192.0.2.200") },
            ],
        });
        Client client = net.NewClient();
        client.Giaddr = Ipv4.Parse("192.0.2.254");
        client.Extra = option;

        Assert.Equal(address, client.Dora().Yiaddr.ToString());
    }

    /// <summary>RFC 3046 §3.2: the remote id "SHOULD be considered an opaque value, with policies based on exact string match only".</summary>
    [Theory]
    [InlineData("52 05 02 03 61 00 ff", "192.0.2.10")]
    [InlineData("52 06 02 04 61 00 ff 00", "192.0.2.30")]
    [InlineData("52 04 02 02 61 00", "192.0.2.30")]
    [InlineData("52 05 01 03 61 00 ff", "192.0.2.30")]                  // as a circuit id
    [InlineData("", "192.0.2.30")]
    public void Remote_id_is_matched_whole(string option, string address)
    {
        Network net = Network.With(
            """
            {
              "interfaces-config": { "interfaces": [ "eth0" ] },
              "client-classes": [ { "name": "modem", "test": "relay4[2].hex == 0x6100ff" } ],
              "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [
                { "pool": "192.0.2.10 - 192.0.2.20", "client-class": "modem" }, { "pool": "192.0.2.30 - 192.0.2.40" } ] } ]
            }
            """);
        Client client = net.NewClient();
        client.Giaddr = Ipv4.Parse("192.0.2.254");
        client.Extra = option;

        Assert.Equal(address, client.Discover().Yiaddr.ToString());
    }
}
