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

    private OptionSet4(SortedDictionary<byte, byte[]> options, IEnumerable<byte> alwaysSent)
    {
        values = [.. options.Values];
        byte place = 0;
        foreach (byte code in options.Keys) index[code] = ++place;
        AlwaysSent = [.. alwaysSent.Where(options.ContainsKey)];
    }

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
            options[(byte)option.Code] = joined.Encode(option);
        }

        AddVendorOptions(options, joined);
        foreach (byte code in options.Keys.Where(code => joined.IsNever(MessageSpace, code)).ToArray()) options.Remove(code);
        return new(options, AlwaysOf(joined));
    }

    /// <summary>Options 43 and 125 need no entry of their own: sub-options in their spaces are enough.</summary>
    private static void AddVendorOptions(SortedDictionary<byte, byte[]> options, OptionLevels joined)
    {
        // A value that was typed for 43 or 125 goes out as it was typed.
        if (!options.TryGetValue(OptionCode4.VendorEncapsulated, out byte[]? raw) || raw.Length == 0)
        {
            byte[] vendor = joined.EncodeSpace(VendorSpace);
            if (raw is not null || vendor.Length > 0) options[OptionCode4.VendorEncapsulated] = vendor;
        }

        // An entry for 125 that is only an enterprise number says no more than its space does.
        if (options.TryGetValue(OptionCode4.VendorIdentifyingOptions, out byte[]? typed) && typed.Length > 4) return;
        byte[] enterprises = EncodeEnterprises(joined);
        if (enterprises.Length > 0) options[OptionCode4.VendorIdentifyingOptions] = enterprises;
    }

    // RFC 3925 §4: an enterprise number, and options of at most 255 octets, because data-len is one octet.
    private static byte[] EncodeEnterprises(OptionLevels joined)
    {
        List<byte> octets = [];
        Span<byte> four = stackalloc byte[4];
        foreach ((uint number, byte[] data) in joined.Enterprises(limit: byte.MaxValue))
        {
            BinaryPrimitives.WriteUInt32BigEndian(four, number);
            octets.AddRange(four);
            octets.Add((byte)data.Length);
            octets.AddRange(data);
        }

        return [.. octets];
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
