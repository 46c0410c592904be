using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Leasehold.Configuration.Model;

namespace Leasehold.Engine;

/// <summary>The options of several levels of the configuration, joined: a value of an inner level hides an outer one's, one space beside the other.</summary>
/// <param name="headWidth">Octets of an option's code, and of its length: 1 in DHCPv4, 2 in DHCPv6.</param>
/// <param name="repeats">Whether an option of a space may be there several times; all of a level hide those of outer ones.</param>
internal sealed class OptionLevels(int headWidth, Func<string, uint, bool> repeats)
{
    /// <summary>Spaces "vendor-N" hold the options of the vendor with enterprise number N.</summary>
    private const string EnterprisePrefix = "vendor-";

    /// <summary>Containers in containers; a space that leads back to itself ends here.</summary>
    private const int MaxDepth = 8;

    private readonly Dictionary<string, SortedDictionary<uint, List<OptionData>>> spaces = new(StringComparer.Ordinal);
    private readonly HashSet<(string Space, uint Code)> always = [];
    private readonly HashSet<(string Space, uint Code)> never = [];

    private uint Largest => headWidth == 1 ? byte.MaxValue : ushort.MaxValue;

    /// <summary>Options that are sent unasked, of every space.</summary>
    public IEnumerable<(string Space, uint Code)> Always => always;

    /// <summary>Adds a level outside all that were added before.</summary>
    /// <param name="isMember">Whether the client is in a class that an option is for.</param>
    public void Add(ImmutableArray<OptionData> level, Func<string, bool> isMember)
    {
        HashSet<List<OptionData>> begun = [];
        foreach (OptionData option in level)
        {
            if (!option.Classes.IsEmpty && !option.Classes.Any(isMember)) continue;
            if (option.AlwaysSend) always.Add((option.Space, option.Code));
            if (option.NeverSend) never.Add((option.Space, option.Code));
            ref SortedDictionary<uint, List<OptionData>>? space = ref CollectionsMarshal.GetValueRefOrAddDefault(spaces, option.Space, out _);
            space ??= [];
            if (!space.TryGetValue(option.Code, out List<OptionData>? known))
            {
                List<OptionData> first = [option];
                begun.Add(first);
                space.Add(option.Code, first);
            }
            else if (begun.Contains(known) && repeats(option.Space, option.Code))
            {
                known.Add(option);
            }
        }
    }

    /// <summary>The options of a space by ascending code, without those that are never to be sent.</summary>
    public IEnumerable<OptionData> Of(string space) =>
        spaces.TryGetValue(space, out SortedDictionary<uint, List<OptionData>>? options)
            ? options.Values.SelectMany(static instances => instances).Where(option => !never.Contains((space, option.Code)))
            : [];

    public bool IsNever(string space, uint code) => never.Contains((space, code));

    /// <summary>The vendors that have options, by ascending number, and their options without the number before them.</summary>
    /// <param name="limit">Octets of a vendor's options; what does not fit is left out.</param>
    public IEnumerable<(uint Number, byte[] Options)> Enterprises(int limit)
    {
        SortedDictionary<uint, string> enterprises = [];
        foreach (string space in spaces.Keys)
        {
            if (TryEnterprise(space, out uint number)) enterprises.TryAdd(number, space);
        }

        return enterprises.Select(vendor => (vendor.Key, EncodeSpace(vendor.Value, limit))).Where(static vendor => vendor.Item2.Length > 0);
    }

    /// <summary>Codes of a vendor's options that are sent unasked.</summary>
    public IEnumerable<byte> AlwaysOf(uint enterprise) =>
        always.Where(option => TryEnterprise(option.Space, out uint number) && number == enterprise).Select(static option => (byte)option.Code);

    public static bool IsEnterprise(string space) => TryEnterprise(space, out _);

    /// <summary>An option's value, then the options of the space that it encapsulates, by ascending code.</summary>
    public byte[] Encode(OptionData option, int depth = 0)
    {
        if (option.Encapsulates is not { } space || depth == MaxDepth) return [.. option.Data];
        return [.. option.Data, .. EncodeSpace(space, int.MaxValue, depth)];
    }

    /// <summary>All options of a space, one after the other. What does not fit into a length or the limit is left out.</summary>
    public byte[] EncodeSpace(string space, int limit = int.MaxValue, int depth = 0)
    {
        List<byte> octets = [];
        foreach (OptionData option in Of(space))
        {
            byte[] value = Encode(option, depth + 1);
            if (option.Code > Largest || value.Length > Largest || octets.Count + (2 * headWidth) + value.Length > limit) continue;
            Append(octets, option.Code);
            Append(octets, (uint)value.Length);
            octets.AddRange(value);
        }

        return [.. octets];
    }

    private static bool TryEnterprise(string space, out uint number)
    {
        number = 0;
        return space.StartsWith(EnterprisePrefix, StringComparison.Ordinal)
            && uint.TryParse(space.AsSpan(EnterprisePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private void Append(List<byte> octets, uint number)
    {
        Span<byte> four = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(four, number);
        octets.AddRange(four[(four.Length - headWidth)..]);
    }
}
