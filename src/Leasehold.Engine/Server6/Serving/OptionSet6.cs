using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>The options that hold at one place of the configuration (a pool, a subnet, a reservation in one of them), ready for the wire.</summary>
/// <remarks>Made once from all levels: a value of an inner level hides an outer one's; containers carry their options already.</remarks>
internal sealed class OptionSet6
{
    /// <summary>The space of the options of messages.</summary>
    public const string MessageSpace = "dhcp6";

    private static readonly FrozenSet<string> RepeatedSpaces =
        new[] { "s46-cont-mape-options", "s46-cont-mapt-options", "s46-cont-lw-options", "v6-ntp-server-suboptions" }.ToFrozenSet(StringComparer.Ordinal);

    private readonly Dictionary<ushort, int> index = [];
    private readonly byte[][][] values;

    private OptionSet6(SortedDictionary<ushort, byte[][]> options, IEnumerable<ushort> alwaysSent)
    {
        values = [.. options.Values];
        foreach (ushort code in options.Keys) index.Add(code, index.Count);
        AlwaysSent = [.. alwaysSent.Where(options.ContainsKey)];
    }

    /// <summary>Codes of options that are sent even when not asked for, ascending.</summary>
    public ImmutableArray<ushort> AlwaysSent { get; }

    /// <summary>At most 65,535: there are no more codes.</summary>
    public int Count => values.Length;

    /// <summary>All instances of the option at a place: one, or one for each vendor.</summary>
    public ReadOnlySpan<byte[]> this[int place] => values[place];

    public bool Has(ushort code) => index.ContainsKey(code);

    /// <summary>Where an option is. False when it is not configured or is never to be sent.</summary>
    public bool TryFind(ushort code, out int place) => index.TryGetValue(code, out place);

    /// <summary>Joins the levels.</summary>
    /// <param name="levels">The innermost first: reservation, pool, subnet, network, classes, global.</param>
    /// <param name="isMember">Whether the client is in a class that an option is for.</param>
    public static OptionSet6 Of(ReadOnlySpan<ImmutableArray<OptionData>> levels, Func<string, bool> isMember)
    {
        OptionLevels joined = new(headWidth: 2, Repeats);
        foreach (ImmutableArray<OptionData> level in levels) joined.Add(level, isMember);

        SortedDictionary<ushort, byte[][]> options = [];
        foreach (OptionData option in joined.Of(MessageSpace))
        {
            if (option.Code is 0 or > ushort.MaxValue) continue;
            byte[][] before = options.GetValueOrDefault((ushort)option.Code, []);
            options[(ushort)option.Code] = [.. before, joined.Encode(option)];
        }

        AddVendors(options, joined);
        return new(options, AlwaysOf(joined));
    }

    // RFC 8415 §21.16: an instance for each vendor. RFC 9463 §4.1: one for each resolver. RFC 7598 §4.1: rules; RFC 5908 §4: time servers.
    private static bool Repeats(string space, uint code) =>
        space == MessageSpace ? code is OptionCode6.VendorClass or OptionCode6.EncryptedDns : RepeatedSpaces.Contains(space);

    // RFC 8415 §21.17: an instance of option 17 for each vendor, its enterprise number first. Options in the vendor's space are enough for one;
    // an entry for 17 itself that is only an enterprise number says no more than its space does, and a longer one goes out as it was typed.
    private static void AddVendors(SortedDictionary<ushort, byte[][]> options, OptionLevels joined)
    {
        if (joined.IsNever(MessageSpace, OptionCode6.VendorOptions)) return;
        if (options.TryGetValue(OptionCode6.VendorOptions, out byte[][]? typed) && typed[0].Length > sizeof(uint)) return;
        List<byte[]> vendors = [];
        foreach ((uint number, byte[] data) in joined.Enterprises(limit: ushort.MaxValue - sizeof(uint)))
        {
            byte[] value = new byte[sizeof(uint) + data.Length];
            BinaryPrimitives.WriteUInt32BigEndian(value, number);
            data.CopyTo(value, sizeof(uint));
            vendors.Add(value);
        }

        if (vendors.Count > 0) options[OptionCode6.VendorOptions] = [.. vendors];
    }

    private static SortedSet<ushort> AlwaysOf(OptionLevels joined)
    {
        SortedSet<ushort> codes = [];
        foreach ((string space, uint code) in joined.Always)
        {
            if (space == MessageSpace && code is > 0 and <= ushort.MaxValue) codes.Add((ushort)code);
            else if (OptionLevels.IsEnterprise(space)) codes.Add(OptionCode6.VendorOptions);
        }

        return codes;
    }
}
