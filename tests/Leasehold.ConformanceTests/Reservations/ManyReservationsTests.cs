using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Protocol;

namespace Leasehold.ConformanceTests.Reservations;

/// <summary>A hundred thousand reservations in one subnet.</summary>
public class ManyReservationsTests
{
    private const int Count = 100_000;

    // The look-up is the same for all; a sample of them is enough.
    private const int Step = 331;

    [Fact]
    public void Each_is_found_and_its_address_is_given_to_nobody_else()
    {
        Ipv4 first = Ipv4.Parse("10.0.0.2");
        Reservation4[] reservations = [.. Enumerable.Range(0, Count).Select(i => Network.Reserve(Mac(i), $"{new Ipv4(first.Value + (uint)i)}"))];
        Subnet4 subnet = Network.Subnet("10.0.0.0/12", id: 1, "10.0.0.2-10.15.255.254") with { Reservations = ImmutableArray.Create(reservations) };
        Network net = Network.With(subnet);
        net.Interface = net.Interface with { Addresses = [Ipv4.Parse("10.0.0.1")] };

        for (int i = 0; i < Count; i += Step)
        {
            Assert.Equal(new Ipv4(first.Value + (uint)i), net.NewClient(Mac(i)).Discover().Yiaddr);
        }

        Assert.Equal(new Ipv4(first.Value + Count), net.NewClient("06:00:00:00:00:01").Discover(requested: "10.0.7.7").Yiaddr);
    }

    private static string Mac(int number) => $"02:00:{number >> 24:x2}:{(number >> 16) & 255:x2}:{(number >> 8) & 255:x2}:{number & 255:x2}";
}
