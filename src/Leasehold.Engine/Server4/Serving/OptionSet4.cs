using System.Buffers.Binary;
using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Protocol.V4;

namespace Leasehold.Engine.V4;

/// <summary>The options that hold at one place of the configuration (a pool, a subnet, a reservation in one of them), ready for the wire.</summary>
/// <remarks>Made once from all levels: a value of an inner level hides an outer one's; containers carry their sub-options already.</remarks>
internal sealed class OptionSet4
{
    /// <summary>The space of the options of messages.</summary>
    public const string MessageSpace = "dhcp4";

    /// <summary>The space of the sub-options of option 43.</summary>
    public const string VendorSpace = "vendor-encapsulated-options-space";

    // 0: absent; otherwise the value's place plus one. At most 254 options have a value, so an octet is enough.
    private readonly byte[] index = new byte[256];
    private readonly byte[][] values;

    private OptionSet4(SortedDictionary<byte, byte[]> options, ImmutableArray<EnterpriseOptions> enterprises, IEnumerable<byte> alwaysSent)
    {
        Enterprises = enterprises;
        values = [.. options.Values];
        byte place = 0;
        foreach (byte code in options.Keys) index[code] = ++place;
        bool hasEnterprises = !enterprises.IsEmpty;
        AlwaysSent = [.. alwaysSent.Where(code => options.ContainsKey(code) || (hasEnterprises && code == OptionCode4.VendorIdentifyingOptions))];
    }

    /// <summary>What goes into option 125, by ascending number; which of them a client gets depends on what it is.</summary>
    public ImmutableArray<EnterpriseOptions> Enterprises { get; }

    /// <summary>Codes of options that are sent even when not asked for, ascending.</summary>
    public ImmutableArray<byte> AlwaysSent { get; }

    /// <summary>An option's value; false when it is not configured or is never to be sent.</summary>
    public bool TryGet(byte code, out ReadOnlySpan<byte> value)
    {
        int place = index[code];
        value = place == 0 ? default : values[place - 1];
        return place != 0;
    }

    /// <summary>Joins the levels.</summary>
    /// <param name="levels">The innermost first: reservation, pool, subnet, network, classes, global.</param>
    /// <param name="isMember">Whether the client is in a class that an option is for.</param>
    public static OptionSet4 Of(ReadOnlySpan<ImmutableArray<OptionData>> levels, Func<string, bool> isMember)
    {
        OptionLevels joined = new(headWidth: 1, repeats: static (_, _) => false);
        foreach (ImmutableArray<OptionData> level in levels) joined.Add(level, isMember);

        SortedDictionary<byte, byte[]> options = [];
        foreach (OptionData option in joined.Of(MessageSpace))
        {
            if (option.Code is 0 or > 254) continue;
            bool isVendors = option.Code == OptionCode4.VendorIdentifyingOptions;

            // RFC 3925 §4: the sub-options of each enterprise in 125 have a length before them.
            options[(byte)option.Code] = isVendors ? [.. option.Data] : joined.Encode(option);
        }

        AddVendorOptions(options, joined);
        foreach (byte code in options.Keys.Where(code => joined.IsNever(MessageSpace, code)).ToArray()) options.Remove(code);
        return new(options, EnterprisesOf(joined, options), AlwaysOf(joined));
    }

    /// <summary>Option 43 needs no entry of its own: sub-options in its space are enough.</summary>
    private static void AddVendorOptions(SortedDictionary<byte, byte[]> options, OptionLevels joined)
    {
        // A value that was typed goes out as it was typed.
        if (options.TryGetValue(OptionCode4.VendorEncapsulated, out byte[]? raw) && raw.Length > 0) return;
        byte[] vendor = joined.EncodeSpace(VendorSpace);
        if (raw is not null || vendor.Length > 0) options[OptionCode4.VendorEncapsulated] = vendor;
    }

    /// <summary>The enterprises that have options, by ascending number; none where a whole value for 125 was typed.</summary>
    private static ImmutableArray<EnterpriseOptions> EnterprisesOf(OptionLevels joined, SortedDictionary<byte, byte[]> options)
    {
        options.Remove(OptionCode4.VendorIdentifyingOptions, out byte[]? typed);
        if (typed is { Length: > 4 })
        {
            options.Add(OptionCode4.VendorIdentifyingOptions, typed);
            return [];
        }

        if (joined.IsNever(MessageSpace, OptionCode4.VendorIdentifyingOptions)) return [];

        // An entry that is only an enterprise number says no more than that its options are for everybody.
        uint? forAll = typed is { Length: 4 } ? BinaryPrimitives.ReadUInt32BigEndian(typed) : null;
        return
        [
            // RFC 3925 §4: data-len is one octet.
            .. joined.Enterprises(limit: byte.MaxValue)
                .Select(vendor => new EnterpriseOptions(vendor.Number, vendor.Options, OptionCodes.Of([.. joined.AlwaysOf(vendor.Number)]), vendor.Number == forAll)),
        ];
    }

    private static SortedSet<byte> AlwaysOf(OptionLevels joined)
    {
        SortedSet<byte> codes = [];
        foreach ((string space, uint code) in joined.Always)
        {
            if (space == MessageSpace && code is > 0 and < 255) codes.Add((byte)code);
            else if (space == VendorSpace) codes.Add(OptionCode4.VendorEncapsulated);
            else if (OptionLevels.IsEnterprise(space)) codes.Add(OptionCode4.VendorIdentifyingOptions);
        }

        return codes;
    }
}
