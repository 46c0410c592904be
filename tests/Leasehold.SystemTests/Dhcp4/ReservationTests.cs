using Leasehold.Demo.Clients;
using Xunit;
using static Leasehold.SystemTests.Dhcp4.ServedNetwork;

namespace Leasehold.SystemTests.Dhcp4;

/// <summary>Reservations with a real client: known by what it says of itself, and placed by that.</summary>
public class ReservationTests
{
    /// <summary>Two subnets on one link, in no shared network: only the class of a global reservation tells them apart.</summary>
    private const string TwoSubnets =
        """
        {
          "early-global-reservations-lookup": true,
          "hooks-libraries": [ {
            "library": "/usr/lib/kea/hooks/libdhcp_flex_id.so",
            "parameters": { "identifier-expression": "concat('host ', option[12].hex)", "replace-client-id": true }
          } ],
          "client-classes": [ { "name": "staff" } ],
          "reservations": [ { "flex-id": "'host host-a'", "client-classes": [ "staff" ] } ],
          "subnet4": [
            {
              "id": 1, "subnet": "192.0.2.0/24", "interface": "eth0", "client-classes": [ "staff" ],
              "pools": [ { "pool": "192.0.2.100 - 192.0.2.109" } ]
            },
            { "id": 2, "subnet": "198.51.100.0/24", "interface": "eth0", "pools": [ { "pool": "198.51.100.100 - 198.51.100.109" } ] }
          ]
        }
        """;

    [Fact]
    public async Task The_class_of_a_global_reservation_by_flex_id_chooses_the_subnet()
    {
        await using var network = await Create(TwoSubnets);
        await network.Hosts.Ip("server", "address", "add", "198.51.100.1/24", "dev", "eth0");
        await network.StartServer();

        var staff = new Udhcpc("host-a", network.ClientHost, "eth0", network.Folder);
        var first = await staff.ObtainAsync(Cancel);
        AssertWithin("192.0.2.100", "192.0.2.109", first.Address);
        var renewed = await staff.RenewAsync(Cancel);
        Assert.Equal(first.Address, renewed.Address);
        staff.Kill();

        // The same machine under another name is another client, and nobody that the reservation knows.
        var guest = new Udhcpc("host-b", network.ClientHost, "eth0", network.Folder);
        var second = await guest.ObtainAsync(Cancel);
        AssertWithin("198.51.100.100", "198.51.100.109", second.Address);
        guest.Kill();

        // And under the first name it is the first client again, with the lease that it had.
        var again = await new Udhcpc("host-a", network.ClientHost, "eth0", network.Folder).ObtainAsync(Cancel);
        Assert.Equal(first.Address, again.Address);
    }
}
