using Leasehold.Fuzz.Mutation;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.Fuzz.Targets;

/// <summary>What well-behaved clients say to a server, from the first message to the last.</summary>
internal static class ServerSeeds
{
    private static readonly byte[] Wanted = [55, 9, 1, 3, 6, 15, 28, 43, 108, 119, 121];
    private static readonly byte[] Server = [54, 4, 192, 0, 2, 1];

    /// <summary>One for each way through a client's life, without the configuration's octet.</summary>
    public static IEnumerable<byte[]> Conversations(byte client)
    {
        byte[] none = [0, 0, 0, 0];
        byte[] address = [192, 0, 2, 10];
        byte[] asked = [50, 4, .. address];
        byte[] id = [61, 7, 1, 2, 0, 0x5e, 0x10, 0, client];
        byte[] names = [12, 4, (byte)'h', (byte)'o', (byte)'s', (byte)'t', 81, 8, 5, 0, 0, 4, (byte)'f', (byte)'q', (byte)'d', (byte)'n', 57, 2, 2, 64];
        byte[] relay = [82, 12, 1, 4, (byte)'e', (byte)'t', (byte)'h', (byte)'1', 2, 4, 0, 6, 1, 2];
        byte[] discover = Say(client, 1, none, none, [.. Wanted, .. id]);
        byte[] request = Say(client, 3, none, none, [.. Server, .. asked, .. Wanted, .. id]);
        byte[] renew = ConversationChanges.Message(1, 30, Octets(client, 3, address, none, [.. id, .. names]));
        yield return [.. discover, .. request, .. renew];
        yield return [.. discover, .. request, .. ConversationChanges.Message(3, 1, Octets(client, 7, address, none, [.. Server, .. id]))];
        yield return [.. discover, .. request, .. Say(client, 4, none, none, [.. Server, .. asked, .. id]), .. discover];
        yield return [.. Say(client, 3, none, none, [.. asked, .. id]), .. Say(client, 8, address, none, [.. Wanted, .. id])];
        yield return [.. Say(client, 1, none, [10, 1, 2, 1], [.. Wanted, .. names, .. relay]), .. Say(client, 3, none, [10, 1, 2, 1], [.. Server, 50, 4, 10, 1, 2, 10, .. relay])];
        yield return [.. Say(client, 1, none, none, [.. names, 60, 9, .. "PXEClient"u8, 93, 2, 0, 7, 77, 5, 4, .. "iPXE"u8]), .. Say((byte)(client + 5), 1, none, none, [80, 0, .. id])];
        yield return [.. discover, .. request, .. Say((byte)(client + 1), 3, none, none, [.. asked, .. Wanted]), .. ConversationChanges.Message(1, 255, Octets(client, 3, address, none, id)), .. Say((byte)(client + 1), 1, none, none, [])];
    }

    private static byte[] Say(byte client, byte type, byte[] ciaddr, byte[] giaddr, byte[] options) =>
        ConversationChanges.Message(0, 1, Octets(client, type, ciaddr, giaddr, options));

    private static byte[] Octets(byte client, byte type, byte[] ciaddr, byte[] giaddr, byte[] options)
    {
        byte[] fields = new byte[Dhcp4Message.FixedLength];
        byte[] mac = [2, 0, 0x5e, 0x10, 0, client];
        (fields[0], fields[1], fields[2], fields[7]) = (1, HardwareAddress.Ethernet, 6, client);
        ciaddr.CopyTo(fields, 12);
        giaddr.CopyTo(fields, 24);
        mac.CopyTo(fields, 28);
        return [.. fields, 0x63, 0x82, 0x53, 0x63, OptionCode4.MessageType, 1, type, .. options, OptionCode4.End];
    }
}
