using System.Text;
using Leasehold.Configuration.Model;
using Leasehold.Engine;
using Leasehold.Engine.V4;
using Leasehold.Leases;
using Leasehold.Log;
using Leasehold.Net;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Leasehold.Serve;
using Leasehold.UnitTests.Log;
using Xunit;

namespace Leasehold.UnitTests.Serve;

public sealed class PacketLogTests : IDisposable
{
    private const string Client = "[hwtype=1 02:00:5e:10:00:01], cid=[01:02:00:5e:10:00:01], tid=0x1a2b: ";

    private static readonly byte[] Discover = Packet([0x35, 1, 1, 0x3d, 7, 1, 2, 0, 0x5e, 0x10, 0, 1, 0xff]);

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string> Lines => new()
    {
        { "offer", $"INFO kea-dhcp4.leases DHCP4_LEASE_OFFER {Client}lease 192.0.2.10 will be offered" },
        { "commit", $"INFO kea-dhcp4.leases DHCP4_LEASE_ALLOC {Client}lease 192.0.2.10 has been allocated for 3600 seconds" },
        { "infinite", $"INFO kea-dhcp4.leases DHCP4_LEASE_ALLOC {Client}lease 192.0.2.10 has been allocated for ever" },
        { "stored-offer", $"INFO kea-dhcp4.leases DHCP4_LEASE_OFFER {Client}lease 192.0.2.10 will be offered" },
        { "no-address", $"INFO kea-dhcp4.leases DHCP4_V6_ONLY_OFFER {Client}no address is offered: the client can do without IPv4 here" },
        { "reuse", $"INFO kea-dhcp4.leases DHCP4_LEASE_REUSE {Client}lease 192.0.2.10 has been reused for 3600 seconds" },
        { "probe", $"DEBUG kea-dhcp4.ping-check-hooks PING_CHECK_MGR_START_PING_CHECK {Client}address 192.0.2.10 is asked for by ARP before it is offered" },
        { "limit", $"INFO kea-dhcp4.limits-hooks LIMITS_LEASE_LIMIT_EXCEEDED {Client}address 192.0.2.10 is not given: a limit of leases is reached" },
        { "bootp", $"INFO kea-dhcp4.packets DHCP4_INFORM_DIRECT_REPLY {Client}BOOTREQUEST from 192.0.2.10 was answered" },
        { "release", $"INFO kea-dhcp4.leases DHCP4_RELEASE {Client}address 192.0.2.10 was released properly." },
        { "decline", $"INFO kea-dhcp4.leases DHCP4_DECLINE_LEASE {Client}address 192.0.2.10 was declined: in use by somebody else; nobody gets it for 86400 seconds" },
        { "inform", $"INFO kea-dhcp4.packets DHCP4_INFORM_DIRECT_REPLY {Client}DHCPINFORM from 192.0.2.7 was answered" },
        { "nak", $"INFO kea-dhcp4.bad-packets DHCP4_PACKET_NAK_0002 {Client}address 192.0.2.10 does not belong to the network the client is on" },
        { "no-subnet", $"WARN kea-dhcp4.bad-packets DHCP4_SUBNET_SELECTION_FAILED {Client}failed to select a subnet, type 1, from 192.0.2.7, interface eth0" },
        { "not-the-holder", $"WARN kea-dhcp4.leases DHCP4_RELEASE_FAIL_WRONG_CLIENT {Client}address 192.0.2.10 is not leased to this client" },
        { "decline-not-the-holder", $"WARN kea-dhcp4.leases DHCP4_DECLINE_LEASE_MISMATCH {Client}address 192.0.2.10 is not leased to this client" },
        { "malformed", "DEBUG kea-dhcp4.bad-packets DHCP4_PACKET_DROP_0001 failed to parse packet from 192.0.2.7 to 255.255.255.255, received over interface eth0, reason: option longer than its field at octet 240" },
        { "send-failed", $"ERROR kea-dhcp4.dhcp4 DHCP4_PACKET_SEND_FAIL {Client}failed to send the reply: ENETUNREACH" },
        { "not-stored", $"WARN kea-dhcp4.leases DHCP4_LEASE_NOT_STORED {Client}address 192.0.2.10: the lease could not be stored, so it is not acknowledged" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_packet_gets_one_line(string situation, string line)
    {
        PacketRecord record = new() { Address = Ipv4.Parse("192.0.2.10"), Lifetime = new(3600), Received = MessageType4.Discover };
        switch (situation)
        {
            case "offer": (record.Sent, record.Change) = (MessageType4.Offer, LeaseChangeKind.Offer); break;
            case "commit": (record.Sent, record.Change) = (MessageType4.Ack, LeaseChangeKind.Commit); break;
            case "infinite": (record.Sent, record.Change, record.Lifetime) = (MessageType4.Ack, LeaseChangeKind.Commit, Lifetime.Infinite); break;
            case "stored-offer": (record.Sent, record.Change) = (MessageType4.Offer, LeaseChangeKind.Commit); break;
            case "no-address": (record.Sent, record.IsWithoutAddress) = (MessageType4.Offer, true); break;
            case "reuse": (record.Sent, record.IsReuse) = (MessageType4.Ack, true); break;
            case "probe": (record.Probe, record.Change) = (new ProbeOrder(record.Address, ProbeMethod.Arp, default, 1, 100), LeaseChangeKind.Offer); break;
            case "limit": (record.Sent, record.Nak) = (MessageType4.Nak, NakReason.LimitReached); break;
            case "bootp": (record.Sent, record.Received) = (MessageType4.Ack, MessageType4.None); break;
            case "release": record.Change = LeaseChangeKind.Release; break;
            case "decline": (record.Change, record.Lifetime) = (LeaseChangeKind.Decline, new(86400)); break;
            case "inform": (record.Sent, record.Address) = (MessageType4.Ack, Ipv4.Any); break;
            case "nak": (record.Sent, record.Nak) = (MessageType4.Nak, NakReason.WrongNetwork); break;
            case "no-subnet": record.Drop = DropReason.NoSubnet; break;
            case "not-the-holder": record.Drop = DropReason.NotTheHolder; break;
            case "decline-not-the-holder": (record.Drop, record.Received) = (DropReason.NotTheHolder, MessageType4.Decline); break;
            case "malformed": (record.Drop, record.Error) = (DropReason.Malformed, new(WireErrorKind.OptionTooLong, 240)); break;
            case "send-failed": (record.Drop, record.SendError) = (DropReason.SendFailed, Errno.ENETUNREACH); break;
            default: record.Drop = DropReason.NotStored; break;
        }

        Assert.Equal($"{line}\n", Write(Discover, record));
    }

    [Fact]
    public void A_client_without_an_identifier_is_named_by_its_address() =>
        Assert.StartsWith("[hwtype=1 02:00:5e:10:00:01], cid=[no info], tid=0x1a2b", ClientOf(Packet([0x35, 1, 1, 0xff])), StringComparison.Ordinal);

    [Fact]
    public void A_relayed_packet_that_no_subnet_fits_names_the_relay()
    {
        byte[] relayed = [.. Discover];
        Ipv4.Parse("198.51.100.1").Write(relayed.AsSpan(24));
        Assert.EndsWith(", from 192.0.2.7 by relay 198.51.100.1, interface eth0\n", Write(relayed, new() { Drop = DropReason.NoSubnet }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_allocates_nothing()
    {
        using LogTree tree = new(folder.At("log"), verbose: false, TimeProvider.System);
        PacketLog log = new(tree);
        ServedInterface served = new(2, "eth0", [Ipv4.Parse("192.0.2.1")]);
        PacketRecord record = new() { Sent = MessageType4.Ack, Change = LeaseChangeKind.Commit, Address = Ipv4.Parse("192.0.2.10"), Lifetime = new(3600) };
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            // The text of the second is made anew once a second, and the queue grows to its size; so one quiet round of several is asked for.
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 50; i++) log.Write(new() { Payload = Discover, Interface = served }, record);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    private string Write(byte[] payload, in PacketRecord record)
    {
        using (LogTree tree = new(folder.At("default"), verbose: false, TimeProvider.System))
        {
            tree.Use([new() { Name = "*", Severity = LogSeverity.Debug, DebugLevel = 99, Outputs = [new() { Output = folder.At("log"), Pattern = "%p %c %m" }] }]);
            Datagram datagram = new()
            {
                Payload = payload,
                Source = Ipv4.Parse("192.0.2.7"),
                Destination = Ipv4.Broadcast,
                Interface = new(2, "eth0", [Ipv4.Parse("192.0.2.1")]),
            };
            new PacketLog(tree).Write(datagram, record);
        }

        return folder.Read("log");
    }

    private static string ClientOf(byte[] payload)
    {
        LogLine line = new(new byte[256]);
        PacketLog.AppendClient(ref line, payload);
        return Encoding.UTF8.GetString(line.Octets);
    }

    private static byte[] Packet(byte[] options)
    {
        byte[] packet = new byte[240 + options.Length];
        packet[0] = 1;
        packet[1] = 1;
        packet[2] = 6;
        (packet[6], packet[7]) = (0x1a, 0x2b);
        Convert.FromHexString("02005e100001").CopyTo(packet, 28);
        Convert.FromHexString("63825363").CopyTo(packet, 236);
        options.CopyTo(packet, 240);
        return packet;
    }
}
