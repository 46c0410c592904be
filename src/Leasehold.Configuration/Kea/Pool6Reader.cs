using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Kea;

/// <summary>An element of "pools" of a DHCPv6 subnet.</summary>
internal static class Pool6Reader
{
    /// <summary>The keys of a pool.</summary>
    public static readonly KeyTable<Pool6> Keys = new("a pool")
    {
        {
            "pool", "First and last address (\"2001:db8::10 - 2001:db8::ffff\") or a prefix (\"2001:db8::/80\", all its addresses).",
            static (p, v, r) => Range(v, r) is { } range ? p with { Range = range } : p
        },
        { "pool-id", "A number stored with every lease of the pool. Default 0.", static (p, v, r) => p with { Id = r.UInt32(v) ?? 0 } },
        {
            "option-data", "Options for clients with an address of this pool.",
            static (p, v, r) => p with { Options = OptionDataReader.ReadAll(v, r) },
            OptionDataReader.Keys, true
        },
        ClassRows.In<Pool6>(static p => p.Classes, static (p, rules) => p with { Classes = rules }),
        ParameterRows6.NamesOf<Pool6>(static p => p.Parameters, static (p, parameters) => p with { Parameters = parameters }),
    };

    private static readonly Ipv6Range NoRange = new(new(UInt128.MaxValue), Ipv6.Any);

    /// <summary>Reads a pool; null when its range cannot be read.</summary>
    public static Pool6? Read(ConfigMap map, Reading reading)
    {
        Pool6 pool = Keys.Read(new Pool6 { Range = NoRange, Origin = reading.OriginOf(map) }, map, reading);
        ClassRows.CheckOnce(map, reading);
        if (map.Find("pool") is null)
            reading.Error(map.Position, "this pool has no \"pool\", so it has no addresses", "add \"pool\": \"FIRST - LAST\"");
        return pool.Range == NoRange ? null : pool;
    }

    private static Ipv6Range? Range(ConfigNode value, Reading reading)
    {
        if (reading.Text(value) is not { } given) return null;

        // Blanks are free everywhere in a pool's text.
        string text = string.Concat(given.Where(c => !char.IsWhiteSpace(c)));
        if (text.Contains('/')) return Prefix(text, value, reading);
        string[] ends = text.Split('-');
        if (ends.Length != 2)
        {
            string remedy = Ipv6.TryParse(text, out Ipv6 one)
                ? $"for this address alone write \"{one}/128\""
                : "write \"FIRST - LAST\" or \"PREFIX/LENGTH\"";
            reading.Error(value.Position, $"\"{given}\" is not a range of addresses", remedy);
            return null;
        }

        if (!End(ends[0], out Ipv6 first) || !End(ends[1], out Ipv6 last)) return null;
        if (first <= last) return new(first, last);
        reading.Error(value.Position, $"pool {first}-{last}: the first address lies after the last", $"write \"{last} - {first}\"");
        return null;

        bool End(string end, out Ipv6 address)
        {
            if (Ipv6.TryParse(end, out address)) return true;
            reading.Error(
                value.Position,
                $"pool {text}: {(end.Length == 0 ? "an end of the range" : end)} is not an IPv6 address",
                "write groups of hexadecimal digits, such as 2001:db8::10");
            return false;
        }
    }

    private static Ipv6Range? Prefix(string text, ConfigNode value, Reading reading)
    {
        if (!Ipv6Prefix.TryParse(text, out Ipv6Prefix prefix, out bool hostBits))
        {
            reading.Error(value.Position, $"pool {text}: this is not a prefix", "write address and length, such as 2001:db8:1::/80");
            return null;
        }

        if (!hostBits) return prefix.Range;
        reading.Error(
            value.Position,
            $"pool {text}: the address has bits set after its length, so it may mean the prefix or a part of it",
            $"write \"{prefix}\", or the first and the last address");
        return null;
    }
}
