using Leasehold.Configuration.Expressions;

namespace Leasehold.Engine.Expressions;

/// <summary>What an expression sees of a packet. Implemented for DHCPv4 and DHCPv6, as a ref struct over the octets that came.</summary>
/// <remarks>
/// Where a method has a place for octets, it may put together there what is not in the packet in one piece, from the first octet on;
/// what does not fit is left out. Spans that come back are parts of the packet or of that place.
/// </remarks>
internal interface IExpressionPacket
{
    ExpressionFamily Family { get; }

    /// <summary>The next instance of an option of the message.</summary>
    /// <param name="cursor">0 before the first; set so that the next call goes on behind this one.</param>
    /// <remarks>DHCPv4 joins all instances (RFC 3396 §7), so there is one at most. In DHCPv6 each stands for itself.</remarks>
    bool TryReadOption(ushort code, scoped ref int cursor, Span<byte> place, out ReadOnlySpan<byte> value);

    /// <summary>What a DHCPv6 relay added (RFC 8415 §9). False when there is no such relay, and in DHCPv4.</summary>
    /// <param name="nest">0 is the relay next to the server, −1 the one next to the client.</param>
    /// <param name="link">link-address, 16 octets.</param>
    /// <param name="peer">peer-address, 16 octets.</param>
    /// <param name="options">The octets of its options.</param>
    bool TryGetRelay(int nest, out ReadOnlySpan<byte> link, out ReadOnlySpan<byte> peer, out ReadOnlySpan<byte> options);

    /// <summary>A field; empty where the family does not have it.</summary>
    ReadOnlySpan<byte> Field(PacketField field, Span<byte> place);

    /// <summary>A field; 0 where the family does not have it.</summary>
    long Number(PacketNumber field);

    /// <summary>True when the client is in the class of this number so far.</summary>
    bool IsMember(int classIndex);
}
