using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Engine;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests.Reservations;

/// <summary>Reservations, with or without an address, in and out of pools.</summary>
public class ReservationTests
{
    private const string Owner = "02:00:5e:10:00:0b";

    private static Network With(params Reservation4[] reservations) => Network.With(Network.Lan with { Reservations = [.. reservations] });

    [Theory]
    [InlineData("192.0.2.15")]
    [InlineData("192.0.2.200")]
    public void Owner_gets_the_reserved_address_whatever_it_asks_for(string reserved)
    {
        Network net = With(Network.Reserve(Owner, reserved));
        Client owner = net.NewClient(Owner);
        Assert.Equal(reserved, owner.Dora(requested: "192.0.2.12").Yiaddr.ToString());
        Assert.Equal((MessageType4.Ack, true), (owner.Renew().Sent, owner.Renew().IsRenewal));
    }

    [Fact]
    public void Reserved_address_is_given_to_nobody_else()
    {
        Network net = Network.With(Network.Subnet("192.0.2.0/24", id: 1, "192.0.2.10-192.0.2.11") with
        {
            Reservations = [Network.Reserve(Owner, "192.0.2.10"), Network.Reserve("02:00:5e:10:00:0c", "192.0.2.50")],
        });
        Assert.Equal("192.0.2.11", net.NewClient().Dora(requested: "192.0.2.10").Yiaddr.ToString());

        Client late = net.NewClient("02:00:5e:10:00:02");
        Assert.Equal(DropReason.NoFreeAddress, late.Discover(requested: "192.0.2.10").Drop);
        Assert.Equal(NakReason.AddressTaken, late.Select("192.0.2.10").Nak);
        Assert.Equal(NakReason.AddressTaken, late.Select("192.0.2.50").Nak);
        Assert.Equal(NakReason.AddressTaken, late.Renew("192.0.2.10").Nak);
    }

    [Fact]
    public void Owner_that_selects_another_address_is_answered_with_nak()
    {
        Network net = With(Network.Reserve(Owner, "192.0.2.200"));
        Assert.Equal(NakReason.OtherAddress, net.NewClient(Owner).Select("192.0.2.12").Nak);
    }

    /// <summary>A reservation is a record of the client.</summary>
    [Fact]
    public void Init_reboot_of_an_owner_is_decided_without_a_lease()
    {
        Network net = With(Network.Reserve(Owner, "192.0.2.200"));
        Assert.Equal(NakReason.OtherAddress, net.NewClient(Owner).InitReboot("192.0.2.12").Nak);
        Assert.Equal(MessageType4.Ack, net.NewClient(Owner).InitReboot("192.0.2.200").Sent);
    }

    /// <summary>0.9.1 guide, section 7.3.2, step by step.</summary>
    [Fact]
    public void Conflict_with_a_lease_is_resolved_over_time()
    {
        Network net = Network.WithLan();
        Client a = net.NewClient("02:00:5e:10:00:0a");
        Client b = net.NewClient(Owner);
        Client c = net.NewClient("02:00:5e:10:00:0c");
        Assert.Equal("192.0.2.10", a.Dora().Yiaddr.ToString());
        net.Reload(new() { Subnets = [Network.Lan with { Reservations = [Network.Reserve(Owner, "192.0.2.10")] }] });

        // "… the server has to temporarily assign a different address (not matching what has been reserved) to host B."
        Assert.Equal("192.0.2.11", b.Dora().Yiaddr.ToString());

        // While A still has it, B keeps its temporary address.
        net.Pass(1000);
        Assert.Equal(MessageType4.Ack, b.Renew().Sent);

        // "… the server will either propose a different address (when responding to DISCOVER) or would send NAK (when responding to REQUEST)."
        Assert.Equal("192.0.2.12", c.Discover(requested: "192.0.2.10").Yiaddr.ToString());
        Assert.Equal(NakReason.AddressTaken, c.Select("192.0.2.10").Nak);

        // "When the host A renews its address, the server will discover that the address being renewed is now reserved for someone else […] NAK".
        Answer nak = a.Renew();
        Assert.Equal((MessageType4.Nak, NakReason.AddressTaken, LeaseChangeKind.None), (nak.Sent, nak.Nak, nak.Change));
        Assert.Equal(LeaseState.Assigned, net.StateOf("192.0.2.10"));

        // The NAK may be lost: the lease stays, and A is told again.
        Assert.Equal(MessageType4.Nak, a.Rebind().Sent);
        Assert.Equal(MessageType4.Nak, a.InitReboot("192.0.2.10").Sent);

        // "… revert to the server discovery and will eventually get a different address. Besides allocating a new lease, the server will also remove the old one."
        Answer ack = a.Dora();
        Assert.Equal(("192.0.2.13", (Ipv4?)Ipv4.Parse("192.0.2.10")), (ack.Yiaddr.ToString(), ack.Vacates));
        Assert.Equal(LeaseState.Released, net.StateOf("192.0.2.10"));

        // "When host B tries to renew its temporary address, the server will detect that it has a valid lease, but there is a reservation for a different address."
        Answer refused = b.Renew();
        Assert.Equal((MessageType4.Nak, NakReason.OtherAddress), (refused.Sent, refused.Nak));
        Assert.Equal(LeaseState.Assigned, net.StateOf("192.0.2.11"));

        // "… the reserved address 192.0.2.10 is not used, so it will be granted. It will also remove the lease for the temporary address".
        ack = b.Dora();
        Assert.Equal(("192.0.2.10", (Ipv4?)Ipv4.Parse("192.0.2.11")), (ack.Yiaddr.ToString(), ack.Vacates));
        Assert.Equal(LeaseState.Released, net.StateOf("192.0.2.11"));
    }

    [Fact]
    public void Client_that_got_a_reservation_moves_to_it_at_its_renewal()
    {
        Network net = Network.WithLan();
        Client client = net.NewClient(Owner);
        client.Dora();
        net.Reload(new() { Subnets = [Network.Lan with { Reservations = [Network.Reserve(Owner, "192.0.2.200")] }] });

        Assert.Equal(NakReason.OtherAddress, client.InitReboot("192.0.2.10").Nak);
        Assert.Equal(NakReason.OtherAddress, client.Rebind().Nak);
        Assert.Equal(NakReason.OtherAddress, client.Renew().Nak);
        Answer ack = client.Dora();
        Assert.Equal(("192.0.2.200", (Ipv4?)Ipv4.Parse("192.0.2.10")), (ack.Yiaddr.ToString(), ack.Vacates));
    }

    [Fact]
    public void Reserved_address_in_quarantine_is_replaced_by_a_temporary_one()
    {
        Network net = With(Network.Reserve(Owner, "192.0.2.200"));
        Client owner = net.NewClient(Owner);
        owner.Dora();
        owner.Decline("192.0.2.200");
        Assert.Equal("192.0.2.10", owner.Dora().Yiaddr.ToString());
    }

    /// <summary>RFC 4361 §6.1: type 255, an IAID of four octets, and the DUID.</summary>
    [Theory]
    [InlineData(ReservationIdentifierType.HardwareAddress, "02 00 5e 10 00 0b")]
    [InlineData(ReservationIdentifierType.ClientId, "ff 00 00 00 01 00 03 00 01 02 00 5e 10 00 0b")]
    [InlineData(ReservationIdentifierType.Duid, "00 03 00 01 02 00 5e 10 00 0b")]
    [InlineData(ReservationIdentifierType.CircuitId, "65 74 68 33")]
    public void Owner_is_known_by_any_identifier(ReservationIdentifierType type, string identifier)
    {
        Network net = With(new Reservation4 { IdentifierType = type, Identifier = [.. Hex.Of(identifier)], Address = Ipv4.Parse("192.0.2.200") });
        Client owner = net.NewClient(Owner, clientId: "ff 00 00 00 01 00 03 00 01 02 00 5e 10 00 0b");
        owner.Extra = "52 06 01 04 65 74 68 33";
        Assert.Equal("192.0.2.200", owner.Dora().Yiaddr.ToString());
    }

    [Theory]
    [InlineData(ReservationIdentifierType.HardwareAddress, ReservationIdentifierType.ClientId, "192.0.2.201")]
    [InlineData(ReservationIdentifierType.ClientId, ReservationIdentifierType.HardwareAddress, "192.0.2.202")]
    public void Identifiers_are_tried_in_the_configured_order(ReservationIdentifierType first, ReservationIdentifierType second, string expected)
    {
        Network net = new(new()
        {
            ReservationIdentifiers = [first, second],
            Subnets =
            [
                Network.Lan with
                {
                    Reservations =
                    [
                        Network.Reserve(Owner, "192.0.2.201"),
                        new() { IdentifierType = ReservationIdentifierType.ClientId, Identifier = [.. Hex.Of("00 61 62")], Address = Ipv4.Parse("192.0.2.202") },
                    ],
                },
            ],
        });
        Assert.Equal(expected, net.NewClient(Owner, clientId: "00 61 62").Dora().Yiaddr.ToString());
    }

    [Fact]
    public void Identifier_that_is_not_in_the_configured_order_is_not_tried()
    {
        Network net = new(new()
        {
            ReservationIdentifiers = [ReservationIdentifierType.ClientId],
            Subnets = [Network.Lan with { Reservations = [Network.Reserve(Owner, "192.0.2.201")] }],
        });
        Assert.Equal("192.0.2.10", net.NewClient(Owner).Dora().Yiaddr.ToString());
    }

    [Fact]
    public void Global_reservation_counts_only_where_the_subnet_says_so()
    {
        ImmutableArray<Reservation4> global = [Network.Reserve(Owner, "192.0.2.200") with { Hostname = "Alice" }];
        Network off = new(new() { Reservations = global, Subnets = [Network.Lan] });
        Network on = new(new() { Reservations = global, Subnets = [Network.Lan with { Parameters = new() { ReservationsGlobal = true } }] });

        Assert.Equal(("192.0.2.10", ""), Named(off.NewClient(Owner).Dora()));
        Assert.Equal(("192.0.2.200", "alice"), Named(on.NewClient(Owner).Dora()));

        static (string, string) Named(Answer ack) => (ack.Yiaddr.ToString(), ack.Hostname);
    }

    [Fact]
    public void Reservation_of_the_subnet_comes_before_the_global_one()
    {
        Network net = new(new()
        {
            Reservations = [Network.Reserve(Owner, "192.0.2.201")],
            Subnets = [Network.Lan with { Parameters = new() { ReservationsGlobal = true }, Reservations = [Network.Reserve(Owner, "192.0.2.200")] }],
        });
        Assert.Equal("192.0.2.200", net.NewClient(Owner).Dora().Yiaddr.ToString());
    }

    [Fact]
    public void Global_reservation_of_an_address_elsewhere_gives_all_but_the_address()
    {
        Network net = new(new()
        {
            Reservations = [Network.Reserve(Owner, "198.51.100.5") with { Hostname = "alice" }],
            Subnets = [Network.Lan with { Parameters = new() { ReservationsGlobal = true } }],
        });
        Answer ack = net.NewClient(Owner).Dora();
        Assert.Equal(("192.0.2.10", "alice"), (ack.Yiaddr.ToString(), ack.Hostname));
    }

    [Fact]
    public void Reservations_that_are_turned_off_are_not_there()
    {
        Network net = Network.With(Network.Lan with
        {
            Parameters = new() { ReservationsInSubnet = false },
            Reservations = [Network.Reserve(Owner, "192.0.2.10")],
        });
        Assert.Equal("192.0.2.10", net.NewClient("02:00:5e:10:00:01").Dora().Yiaddr.ToString());
    }

    /// <summary>Guide, section 7.3.5: with "out-of-pool" the addresses in pools are not checked.</summary>
    [Fact]
    public void Out_of_pool_mode_ignores_reserved_addresses_in_pools()
    {
        Network net = Network.With(Network.Lan with
        {
            Parameters = new() { ReservationsOutOfPool = true },
            Reservations = [Network.Reserve(Owner, "192.0.2.10"), Network.Reserve("02:00:5e:10:00:0c", "192.0.2.200")],
        });
        Assert.Equal("192.0.2.10", net.NewClient("02:00:5e:10:00:01").Dora().Yiaddr.ToString());
        Assert.Equal("192.0.2.200", net.NewClient("02:00:5e:10:00:0c").Dora().Yiaddr.ToString());
    }

    [Fact]
    public void Reservation_gives_its_name_boot_fields_and_options()
    {
        Network net = Network.With(Network.Lan with
        {
            Parameters = new() { NextServer = Ipv4.Parse("192.0.2.66"), BootFileName = "subnet" },
            Options = [Network.Option(6, "0a 00 00 01"), Network.Option(12, "78")],
            Reservations =
            [
                Network.Reserve(Owner, null) with
                {
                    Hostname = "Printer.Example",
                    NextServer = Ipv4.Parse("192.0.2.67"),
                    ServerHostname = "tftp",
                    BootFileName = "host",
                    Options = [Network.Option(6, "0a 00 00 02")],
                },
            ],
        });
        Client owner = net.NewClient(Owner);
        owner.RequestList = [12, 6];
        owner.Extra = "0c 03 61 62 63";
        Answer ack = owner.Dora();

        Assert.Equal("192.0.2.10", ack.Yiaddr.ToString());
        Assert.Equal([53, 54, 51, 1, 12, 6], ack.Codes);
        Assert.Equal("Printer.Example"u8.ToArray(), ack.Option(12));
        Assert.Equal(Hex.Of("0a 00 00 02"), ack.Option(6));
        Assert.Equal("printer.example", ack.Hostname);
        Assert.Equal("192.0.2.67", ack.Siaddr.ToString());
        Assert.Equal("tftp"u8.ToArray(), ack.Octets[44..48]);
        Assert.Equal("host"u8.ToArray(), ack.Octets[108..112]);

        Client other = net.NewClient("02:00:5e:10:00:01");
        other.RequestList = [12];
        Assert.Equal("x"u8.ToArray(), other.Dora().Option(12));
    }

    [Fact]
    public void Reserved_name_is_told_to_a_client_that_named_itself()
    {
        Network net = With(Network.Reserve(Owner, null) with { Hostname = "alice" });
        Client owner = net.NewClient(Owner);
        owner.RequestList = [1];
        Assert.Null(owner.Discover().Option(12));
        owner.Extra = "0c 03 61 62 63";
        Assert.Equal("alice"u8.ToArray(), owner.Discover().Option(12));
    }
}
