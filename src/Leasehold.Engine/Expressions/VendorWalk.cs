using System.Buffers.Binary;
using Leasehold.Configuration.Expressions;
using Leasehold.Protocol.V4.Options;

namespace Leasehold.Engine.Expressions;

/// <summary>Walks the blocks of enterprises: all in one option in DHCPv4 (RFC 3925 §3, §4), one an option in DHCPv6 (RFC 8415 §21.16, §21.17).</summary>
internal ref struct VendorWalk(VendorOption option)
{
    private const int EnterpriseLength = 4;

    private VendorBlocks blocks;
    private bool begun;
    private int cursor;

    /// <summary>Takes the next block. False at the end, and at octets that are no block.</summary>
    public bool TryRead<TPacket>(scoped ref TPacket packet, ExpressionScratch scratch, out uint enterprise, out ReadOnlySpan<byte> data)
        where TPacket : IExpressionPacket, allows ref struct
    {
        enterprise = 0;
        data = default;
        ReadOnlySpan<byte> value;
        if (packet.Family == ExpressionFamily.V6)
        {
            ushort code6 = (ushort)(option == VendorOption.Class ? 16 : 17);
            if (!packet.TryReadOption(code6, ref cursor, scratch.Rest, out value) || value.Length < EnterpriseLength) return false;
            enterprise = BinaryPrimitives.ReadUInt32BigEndian(value);
            data = value[EnterpriseLength..];
            return true;
        }

        if (!begun)
        {
            begun = true;
            ushort code4 = (ushort)(option == VendorOption.Class ? 124 : 125);
            if (!packet.TryReadOption(code4, ref cursor, scratch.Rest, out value)) return false;
            scratch.Keep(value);
            blocks = new(value);
        }

        return blocks.TryRead(out enterprise, out data);
    }
}
