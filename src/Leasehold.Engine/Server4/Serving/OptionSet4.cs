using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
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

    /// <summary>Spaces "vendor-N" go into option 125 under enterprise number N (RFC 3925 §4).</summary>
    public const string EnterprisePrefix = "vendor-";

    /// <summary>Containers in containers; a space that leads back to itself ends here.</summary>
    private const int MaxDepth = 8;

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
        Joined joined = new();
        foreach (ImmutableArray<OptionData> level in levels) joined.AddLevel(level, isMember);

        SortedDictionary<byte, byte[]> options = [];
        foreach (OptionData option in joined.Of(MessageSpace))
        {
            if (option.Code is 0 or > 254) continue;
            options[(byte)option.Code] = joined.Encode(option, depth: 0);
        }

        joined.AddVendorOptions(options);
        foreach (uint code in joined.Never(MessageSpace))
        {
            if (code <= 255) options.Remove((byte)code);
        }

        return new(options, joined.AlwaysSent());
    }

    /// <summary>All levels, one space beside the other.</summary>
    private sealed class Joined
    {
        private readonly Dictionary<string, SortedDictionary<uint, OptionData>> spaces = new(StringComparer.Ordinal);
        private readonly HashSet<(string Space, uint Code)> always = [];
        private readonly HashSet<(string Space, uint Code)> never = [];

        public void AddLevel(ImmutableArray<OptionData> level, Func<string, bool> isMember)
        {
            foreach (OptionData option in level)
            {
                if (!option.Classes.IsEmpty && !option.Classes.Any(isMember)) continue;
                if (option.AlwaysSend) always.Add((option.Space, option.Code));
                if (option.NeverSend) never.Add((option.Space, option.Code));
                ref SortedDictionary<uint, OptionData>? space = ref CollectionsMarshal.GetValueRefOrAddDefault(spaces, option.Space, out _);
                space ??= [];
                space.TryAdd(option.Code, option);
            }
        }

        public IEnumerable<OptionData> Of(string space) =>
            spaces.TryGetValue(space, out SortedDictionary<uint, OptionData>? options)
                ? options.Values.Where(option => !never.Contains((space, option.Code)))
                : [];

        public IEnumerable<uint> Never(string space) => never.Where(option => option.Space == space).Select(option => option.Code);

        public SortedSet<byte> AlwaysSent()
        {
            SortedSet<byte> codes = [];
            foreach ((string space, uint code) in always)
            {
                if (space == MessageSpace && code is > 0 and < 255) codes.Add((byte)code);
                else if (space == VendorSpace) codes.Add(OptionCode4.VendorEncapsulated);
                else if (TryEnterprise(space, out _)) codes.Add(OptionCode4.VendorIdentifyingOptions);
            }

            return codes;
        }

        /// <summary>The value, then the sub-options of the space that it encapsulates, by ascending code.</summary>
        public byte[] Encode(OptionData option, int depth)
        {
            if (option.Encapsulates is not { } space || depth == MaxDepth) return [.. option.Data];
            return [.. option.Data, .. EncodeSpace(space, limit: int.MaxValue, depth)];
        }

        /// <summary>Options 43 and 125 need no entry of their own: sub-options in their spaces are enough.</summary>
        public void AddVendorOptions(SortedDictionary<byte, byte[]> options)
        {
            // A value that was typed for 43 or 125 goes out as it was typed.
            if (!options.TryGetValue(OptionCode4.VendorEncapsulated, out byte[]? raw) || raw.Length == 0)
            {
                byte[] vendor = EncodeSpace(VendorSpace, limit: int.MaxValue, depth: 0);
                if (raw is not null || vendor.Length > 0) options[OptionCode4.VendorEncapsulated] = vendor;
            }

            // An entry for 125 that is only an enterprise number says no more than its space does.
            if (options.TryGetValue(OptionCode4.VendorIdentifyingOptions, out byte[]? typed) && typed.Length > 4) return;
            byte[] enterprises = EncodeEnterprises();
            if (enterprises.Length > 0) options[OptionCode4.VendorIdentifyingOptions] = enterprises;
        }

        private byte[] EncodeEnterprises()
        {
            SortedDictionary<uint, string> enterprises = [];
            foreach (string space in spaces.Keys)
            {
                if (TryEnterprise(space, out uint number)) enterprises.TryAdd(number, space);
            }

            List<byte> octets = [];
            Span<byte> four = stackalloc byte[4];
            foreach ((uint number, string space) in enterprises)
            {
                // RFC 3925 §4: data-len is one octet.
                byte[] data = EncodeSpace(space, limit: 255, depth: 0);
                if (data.Length == 0) continue;
                BinaryPrimitives.WriteUInt32BigEndian(four, number);
                octets.AddRange(four);
                octets.Add((byte)data.Length);
                octets.AddRange(data);
            }

            return [.. octets];
        }

        private byte[] EncodeSpace(string space, int limit, int depth)
        {
            List<byte> octets = [];
            foreach (OptionData option in Of(space))
            {
                byte[] value = Encode(option, depth + 1);
                if (option.Code > 255 || value.Length > 255 || octets.Count + 2 + value.Length > limit) continue;
                octets.Add((byte)option.Code);
                octets.Add((byte)value.Length);
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
    }
}
