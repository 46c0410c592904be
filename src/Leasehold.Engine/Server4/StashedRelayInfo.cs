using System.Buffers;
using Leasehold.Leases;
using Leasehold.Protocol.V4;

namespace Leasehold.Engine.V4;

/// <summary>Option 82 for a renewal that goes past the relay: as it was when the lease was given through the relay.</summary>
/// <remarks>
/// RFC 2131 §4.3.2: a client that renews sends to the server alone, so no relay adds its information, and what depends on it would
/// change. It is taken from the lease's user context, where store-extended-info keeps it, and never sent back: nobody would take it out
/// before the client sees it (RFC 3046 §2.1).
/// </remarks>
internal static class StashedRelayInfo
{
    private static ReadOnlySpan<byte> RelayAgentInfo => "\"relay-agent-info\""u8;
    private static ReadOnlySpan<byte> SubOptions => "\"sub-options\""u8;

    /// <summary>Gives the packet the relay information that its lease remembers.</summary>
    public static void Recover(ref Exchange4 x)
    {
        if (!x.Config.StashAgentOptions || x.Message.MessageType != MessageType4.Request) return;
        if (x.IsRelayed || x.Ciaddr.IsAny || !x.RelayInfo.IsEmpty) return;
        if (!x.Leases.TryGet(x.Ciaddr, out Lease4 lease) || lease.State != LeaseState.Assigned || !lease.IsHeld(x.Now) || !IsOf(in x, lease)) return;
        int length = Read(lease.UserContext, x.Scratch.RelayInfo);
        if (length > 0) x.TakeStashedRelayInfo(x.Scratch.RelayInfo.AsSpan(0, length));
    }

    /// <summary>The octets of the sub-options in a user context: in hexadecimal under ISC / relay-agent-info / sub-options, or in earlier files under relay-agent-info.</summary>
    /// <returns>How many there are; 0 when the context has none that can be read, or more than fit.</returns>
    public static int Read(ReadOnlySpan<byte> context, Span<byte> destination)
    {
        int start = context.IndexOf(RelayAgentInfo);
        if (start < 0) return 0;
        ReadOnlySpan<byte> value = ValueAfter(context[(start + RelayAgentInfo.Length)..]);
        if (!value.IsEmpty && value[0] == '{')
        {
            start = value.IndexOf(SubOptions);
            if (start < 0) return 0;
            value = ValueAfter(value[(start + SubOptions.Length)..]);
        }

        if (!value.StartsWith("\"0x"u8)) return 0;
        value = value[3..];
        int end = value.IndexOf((byte)'"');
        if (end < 0 || end % 2 != 0) return 0;
        return Convert.FromHexString(value[..end], destination, out _, out int length) == OperationStatus.Done ? length : 0;
    }

    /// <summary>Before the subnet is known: the same client identifier, or the same hardware address where one side has none or another stands for it.</summary>
    private static bool IsOf(scoped in Exchange4 x, scoped in Lease4 lease)
    {
        if (!x.ClientId.IsEmpty && !lease.ClientId.IsEmpty && !x.Config.ReplaceClientId) return x.ClientId.SequenceEqual(lease.ClientId);
        return !x.Chaddr.IsEmpty && lease.HardwareAddress == x.Chaddr;
    }

    private static ReadOnlySpan<byte> ValueAfter(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t"u8);
        return text.IsEmpty || text[0] != ':' ? default : text[1..].TrimStart(" \t"u8);
    }
}
