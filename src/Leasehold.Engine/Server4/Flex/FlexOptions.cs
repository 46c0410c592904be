using Leasehold.Configuration.Model;
using Leasehold.Protocol;
using Leasehold.Protocol.V4.Options;

namespace Leasehold.Engine.V4;

/// <summary>Actions of expressions on the options of a reply, in the order of the configuration.</summary>
internal static class FlexOptions
{
    /// <summary>Works out what the actions make of the reply; without any, nothing is changed.</summary>
    public static void Apply(scoped in Exchange4 x, OptionSet4 options)
    {
        OptionChanges changes = x.Scratch.Changes;
        changes.Clear();
        foreach (ServingFlexOption action in x.Config.FlexOptions)
        {
            if (!action.IsFor(x.Classes)) continue;
            if (action.Option.SubCode is { } sub) ApplyInside(in x, options, action, sub);
            else ApplyTo(in x, options, action);
        }
    }

    private static void ApplyTo(scoped in Exchange4 x, OptionSet4 options, ServingFlexOption action)
    {
        byte code = action.Option.Code;
        bool isSent = ReplyOptions.IsSent(in x, options, code, out _);
        switch (action.Option.Action)
        {
            case FlexAction.Remove:
                if (isSent && action.Removes(in x)) x.Scratch.Changes.Remove(code);
                break;
            case FlexAction.Add when isSent:
                break;
            default:
                if (action.Value(in x) is { IsEmpty: false } value) x.Scratch.Changes.Set(code, value);
                break;
        }
    }

    private static void ApplyInside(scoped in Exchange4 x, OptionSet4 options, ServingFlexOption action, byte sub)
    {
        FlexOption4 option = action.Option;
        bool isSent = ReplyOptions.IsSent(in x, options, option.Code, out ReadOnlySpan<byte> container);
        if (!isSent && (option.Action == FlexAction.Remove || !option.MakesContainer)) return;
        ReadOnlySpan<byte> inside = !isSent ? default : option.Enterprise is { } number ? DataOf(container, number) : container;
        bool isThere = Contains(inside, sub);
        ReadOnlySpan<byte> value = default;
        if (option.Action == FlexAction.Remove)
        {
            if (!isThere || !action.Removes(in x)) return;
        }
        else
        {
            if (isThere && option.Action == FlexAction.Add) return;
            value = action.Value(in x);

            // RFC 2132 §8.4: a sub-option's length is one octet.
            if (value.IsEmpty || value.Length > byte.MaxValue) return;
        }

        Span<byte> data = stackalloc byte[Server4.MaxReply];
        WireWriter changed = new(data);
        SubOptionReader4 others = new(inside);
        while (others.TryRead(out byte code, out ReadOnlySpan<byte> other))
        {
            if (code != sub) Write(ref changed, code, other);
        }

        if (!value.IsEmpty) Write(ref changed, sub, value);
        if (changed.Overflowed) return;
        if (option.Enterprise is { } enterprise) SetEnterprise(in x, option, container, enterprise, changed.Written);
        else SetContainer(in x, option, changed.Written);
    }

    /// <summary>Puts an enterprise's sub-options among those of the others (RFC 3925 §4).</summary>
    private static void SetEnterprise(scoped in Exchange4 x, FlexOption4 option, ReadOnlySpan<byte> container, uint enterprise, scoped ReadOnlySpan<byte> data)
    {
        if (data.Length > byte.MaxValue) return;
        Span<byte> octets = stackalloc byte[Server4.MaxReply];
        WireWriter blocks = new(octets);
        VendorBlocks others = new(container);
        while (others.TryRead(out uint number, out ReadOnlySpan<byte> other))
        {
            if (number != enterprise) WriteBlock(ref blocks, number, other);
        }

        if (data.Length > 0 || !option.RemovesContainer) WriteBlock(ref blocks, enterprise, data);
        if (!blocks.Overflowed) SetContainer(in x, option, blocks.Written);
    }

    private static void SetContainer(scoped in Exchange4 x, FlexOption4 option, scoped ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty && option.RemovesContainer) x.Scratch.Changes.Remove(option.Code);
        else x.Scratch.Changes.Set(option.Code, value);
    }

    private static ReadOnlySpan<byte> DataOf(ReadOnlySpan<byte> container, uint enterprise) =>
        VendorBlocks.TryFind(container, enterprise, out ReadOnlySpan<byte> data) ? data : default;

    private static bool Contains(ReadOnlySpan<byte> inside, byte sub)
    {
        SubOptionReader4 subOptions = new(inside);
        while (subOptions.TryRead(out byte code, out _))
        {
            if (code == sub) return true;
        }

        return false;
    }

    private static void Write(ref WireWriter writer, byte code, scoped ReadOnlySpan<byte> value)
    {
        writer.WriteByte(code);
        writer.WriteByte((byte)value.Length);
        writer.WriteOctets(value);
    }

    private static void WriteBlock(ref WireWriter writer, uint enterprise, scoped ReadOnlySpan<byte> data)
    {
        writer.WriteUInt32(enterprise);
        writer.WriteByte((byte)data.Length);
        writer.WriteOctets(data);
    }
}
