using System.Buffers.Binary;
using Leasehold.Configuration.Expressions;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Leasehold.Protocol.V4.Options;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.Expressions;

/// <content>Options, the options inside them, and the blocks of vendors.</content>
internal readonly partial struct ExpressionEvaluator<TObserver>
{
    private const int EnterpriseLength = 4;

    private bool TryOption<TPacket>(OptionPath path, scoped ref TPacket packet, out ReadOnlySpan<byte> value)
        where TPacket : IExpressionPacket, allows ref struct
    {
        bool v4 = packet.Family == ExpressionFamily.V4;
        OptionStep step = path.Steps[0];
        bool found = path.Source switch
        {
            OptionSource.Message => TryMessageOption(step.Code, ref packet, out value),
            OptionSource.Relay => TryRelayOption(path.Nest, step.Code, ref packet, out value),
            _ => TryVendorOption(path.Enterprise, step.Code, ref packet, out value),
        };
        for (int i = 1; found && i < path.Steps.Length; i++)
        {
            OptionStep inner = path.Steps[i];
            found = TryInside(v4, step, inner.Code, ref value);
            step = inner;
        }

        return found;
    }

    private bool TryMessageOption<TPacket>(ushort code, scoped ref TPacket packet, out ReadOnlySpan<byte> value)
        where TPacket : IExpressionPacket, allows ref struct
    {
        int cursor = 0;
        if (!packet.TryReadOption(code, ref cursor, scratch.Rest, out value)) return false;
        scratch.Keep(value);
        return true;
    }

    private static bool TryRelayOption<TPacket>(int nest, ushort code, scoped ref TPacket packet, out ReadOnlySpan<byte> value)
        where TPacket : IExpressionPacket, allows ref struct
    {
        value = default;
        return packet.TryGetRelay(nest, out _, out _, out ReadOnlySpan<byte> options) && new OptionReader6(options).TryFind(code, out value);
    }

    /// <summary>An option inside a value; the value becomes it.</summary>
    private static bool TryInside(bool v4, OptionStep container, ushort wanted, scoped ref ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> options = value;
        value = default;
        switch (container.Inside)
        {
            case SubOptions.None:
                return false;
            case SubOptions.OfFirstVendor when v4:
                return new VendorBlocks(options).TryRead(out _, out ReadOnlySpan<byte> block) && TryFind4(block, wanted, out value);
            case SubOptions.OfFirstVendor:
                return options.Length >= EnterpriseLength && new OptionReader6(options[EnterpriseLength..]).TryFind(wanted, out value);
            case SubOptions.WithoutPadding:
                return TryFind4(options, wanted, out value);
            case SubOptions.AfterValue:
                if (!OptionValueText.TryMeasure(container.Format ?? OptionFormat.NoValue, options, out int length)) return false;
                options = options[length..];
                break;
        }

        return v4 ? TryFindPadded4(options, wanted, out value) : new OptionReader6(options).TryFind(wanted, out value);
    }

    private static bool TryFind4(ReadOnlySpan<byte> options, ushort wanted, out ReadOnlySpan<byte> value)
    {
        SubOptionReader4 reader = new(options);
        while (reader.TryRead(out byte code, out value))
        {
            if (code == wanted) return true;
        }

        value = default;
        return false;
    }

    // RFC 2132 §8.4: PAD and END may stand among the options inside option 43.
    private static bool TryFindPadded4(ReadOnlySpan<byte> options, ushort wanted, out ReadOnlySpan<byte> value)
    {
        OptionReader4 reader = new(options);
        while (reader.TryRead(out byte code, out value))
        {
            if (code == wanted) return true;
        }

        value = default;
        return false;
    }

    /// <summary>The first block of an enterprise, or of any.</summary>
    private bool TryVendor<TPacket>(VendorOption option, uint? wanted, scoped ref TPacket packet, out uint enterprise, out ReadOnlySpan<byte> data)
        where TPacket : IExpressionPacket, allows ref struct
    {
        VendorWalk walk = new(option);
        while (walk.TryRead(ref packet, scratch, out enterprise, out data))
        {
            if (wanted is null || enterprise == wanted) return true;
        }

        enterprise = 0;
        return false;
    }

    /// <summary>An option of an enterprise; of any, the first that has it.</summary>
    private bool TryVendorOption<TPacket>(uint? wanted, ushort code, scoped ref TPacket packet, out ReadOnlySpan<byte> value)
        where TPacket : IExpressionPacket, allows ref struct
    {
        bool v4 = packet.Family == ExpressionFamily.V4;
        VendorWalk walk = new(VendorOption.Options);
        while (walk.TryRead(ref packet, scratch, out uint enterprise, out ReadOnlySpan<byte> data))
        {
            if (wanted is not null && enterprise != wanted) continue;
            if (v4 ? TryFind4(data, code, out value) : new OptionReader6(data).TryFind(code, out value)) return true;
        }

        value = default;
        return false;
    }

    /// <summary>A piece of vendor-class-data, each after its length: one octet in DHCPv4, two in DHCPv6.</summary>
    private ReadOnlySpan<byte> VendorClassData<TPacket>(VendorClassDataNode node, scoped ref TPacket packet)
        where TPacket : IExpressionPacket, allows ref struct
    {
        bool v4 = packet.Family == ExpressionFamily.V4;
        int left = node.Index;
        if (!TryVendor(VendorOption.Class, node.Enterprise, ref packet, out _, out ReadOnlySpan<byte> rest)) return default;
        int head = v4 ? 1 : 2;
        while (rest.Length >= head)
        {
            int length = v4 ? rest[0] : BinaryPrimitives.ReadUInt16BigEndian(rest);
            if (length > rest.Length - head) return default;
            if (left-- == 0) return rest.Slice(head, length);
            rest = rest[(head + length)..];
        }

        return default;
    }
}
