using System.Buffers.Binary;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.SimulationTests.Clients;

/// <summary>Writes packets as clients do; by itself, not with the server's writer.</summary>
internal static class ClientPacket
{
    /// <param name="options">Whole options, after 53 and 61.</param>
    public static byte[] Write(MessageType4 type, uint xid, HardwareAddress mac, byte[] clientId, Ipv4 ciaddr, bool broadcast, params ReadOnlySpan<byte> options)
    {
        List<byte> octets = [.. new byte[Dhcp4Message.FixedLength], 0x63, 0x82, 0x53, 0x63, 53, 1, (byte)type];
        if (clientId.Length != 0) octets.AddRange([61, (byte)clientId.Length, .. clientId]);
        octets.AddRange(options);
        octets.Add(255);
        byte[] packet = [.. octets];
        packet[0] = 1;
        packet[1] = mac.Type;
        packet[2] = mac.Length;
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), xid);
        if (broadcast) packet[10] = 0x80;
        ciaddr.Write(packet.AsSpan(12));
        mac.Octets.CopyTo(packet.AsSpan(28));
        return packet;
    }

    public static byte[] Option(byte code, Ipv4 address)
    {
        byte[] option = [code, 4, 0, 0, 0, 0];
        address.Write(option.AsSpan(2));
        return option;
    }

    public static byte[] Option(byte code, uint number)
    {
        byte[] option = [code, 4, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(option.AsSpan(2), number);
        return option;
    }
}
