using Leasehold.Engine.Load;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Xunit;

namespace Leasehold.UnitTests.Engine.Load;

public class TemplateTests
{
    private readonly byte[] room = new byte[2048];

    [Fact]
    public void A_template_keeps_its_octets_but_for_what_varies()
    {
        byte[] template = Discover();
        Dialogue4 dialogue = new(new() { Relays = [Ipv4.Parse("192.0.2.9")], Templates = [new([.. template])] });
        int length = dialogue.WriteFirst(room, new() { Xid = 0x01020304, Elapsed = 3, Lease = new() { Client = 258 } });

        byte[] expected = [.. template];
        new byte[] { 1, 2, 3, 4 }.CopyTo(expected, 4);
        new byte[] { 0, 3 }.CopyTo(expected, 8);
        (expected[32], expected[33]) = ((byte)(template[32] + 1), (byte)(template[33] + 2));
        Assert.Equal(expected, room[..length]);
    }

    [Fact]
    public void Offsets_say_where_the_fields_of_a_second_template_are()
    {
        byte[] second = [.. Discover(), .. new byte[20]];
        TemplateFields fields = new([.. second]) { ElapsedAt = 0, ServerAt = 300, AddressAt = 306, ClientEnd = 33, XidAt = 4 };
        Dialogue4 dialogue = new(new() { Relays = [Ipv4.Parse("192.0.2.9")], Templates = [new([.. Discover()]), fields] });
        LoadLease lease = new() { Address = 0xC000020A };
        int length = dialogue.WriteSecond(room, new() { Xid = 1, Elapsed = 9, Lease = lease, Server = [192, 0, 2, 1] });

        Assert.Equal(second.Length, length);
        Assert.Equal("36 04 c0 00 02 01 32 04 c0 00 02 0a", HexText.Format(room.AsSpan(300, 12), ' '));
        Assert.Equal("00 00", HexText.Format(room.AsSpan(8, 2), ' '));
    }

    [Fact]
    public void Listed_mac_addresses_are_the_clients()
    {
        Dialogue4 dialogue = new(new() { Macs = [[2, 0, 0, 0, 0, 1], [2, 0, 0, 0, 9, 9]] });
        int length = dialogue.WriteFirst(room, new() { Xid = 1, Lease = new() { Client = 1 } });
        Assert.True(Dhcp4Message.TryParse(room.AsSpan(0, length), out Dhcp4Message message, out _));
        Assert.Equal("02:00:00:00:09:09", message.Chaddr.ToString());
        Assert.True(message.Broadcast);
        Assert.True(message.Giaddr.IsAny);
        Assert.True(message.TryGetOption(OptionCode4.ClientIdentifier, out ReadOnlySpan<byte> identifier));
        Assert.Equal("01 02 00 00 00 09 09", HexText.Format(identifier, ' '));
    }

    private static byte[] Discover()
    {
        byte[] octets = new byte[512];
        Dhcp4Writer writer = new(octets) { Op = Op4.BootRequest, Chaddr = HardwareAddress.Parse("02:00:5e:10:00:01"), Giaddr = Ipv4.Parse("198.51.100.1") };
        writer.Add(OptionCode4.MessageType, (byte)MessageType4.Discover);
        return octets[..writer.Finish()];
    }
}
