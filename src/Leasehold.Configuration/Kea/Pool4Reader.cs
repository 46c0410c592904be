using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Kea;

/// <summary>An element of "pools".</summary>
internal static class Pool4Reader
{
    /// <summary>The keys of a pool.</summary>
    public static readonly KeyTable<Pool4> Keys = new("a pool")
    {
        {
            "pool", "First and last address (\"192.0.2.10 - 192.0.2.20\") or a network (\"192.0.2.64/26\", all its addresses).",
            static (p, v, r) => Range(v, r) is { } range ? p with { Range = range } : p
        },
        { "pool-id", "A number stored with every lease of the pool. Default 0.", static (p, v, r) => p with { Id = r.UInt32(v) ?? 0 } },
        {
            "option-data", "Options for clients with an address of this pool.",
            static (p, v, r) => p with { Options = OptionDataReader.ReadAll(v, r) },
            OptionDataReader.Keys, true
        },
        ClassRows.In<Pool4>(static p => p.Classes, static (p, rules) => p with { Classes = rules }),
        NameRows.In<Pool4>(static p => p.Parameters.Names, static (p, n) => p with { Parameters = p.Parameters with { Names = n } }),
        LaterRows.Of<Pool4>(LaterRows.Level.Pool),
    };

    private static readonly Ipv4Range NoRange = new(Ipv4.Broadcast, Ipv4.Any);

    /// <summary>Reads a pool; null when its range cannot be read.</summary>
    public static Pool4? Read(ConfigMap map, Reading reading)
    {
        Pool4 pool = Keys.Read(new Pool4 { Range = NoRange, Origin = reading.OriginOf(map) }, map, reading);
        ClassRows.CheckOnce(map, reading);
        if (map.Find("pool") is null)
            reading.Error(map.Position, "this pool has no \"pool\", so it has no addresses", "add \"pool\": \"FIRST - LAST\"");
        return pool.Range == NoRange ? null : pool;
    }

    private static Ipv4Range? Range(ConfigNode value, Reading reading)
    {
        if (reading.Text(value) is not { } given) return null;

        // Blanks are free everywhere in a pool's text.
        string text = string.Concat(given.Where(c => !char.IsWhiteSpace(c)));
        if (text.Contains('/')) return Network(text, value, reading);
        string[] ends = text.Split('-');
        if (ends.Length != 2)
        {
            string remedy = Ipv4.TryParse(text, out Ipv4 one)
                ? $"for this address alone write \"{one}/32\""
                : "write \"FIRST - LAST\" or \"NETWORK/LENGTH\"";
            reading.Error(value.Position, $"\"{given}\" is not a range of addresses", remedy);
            return null;
        }

        if (!End(ends[0], out Ipv4 first) || !End(ends[1], out Ipv4 last)) return null;
        if (first <= last) return new(first, last);
        reading.Error(value.Position, $"pool {first}-{last}: the first address lies after the last", $"write \"{last} - {first}\"");
        return null;

        bool End(string end, out Ipv4 address)
        {
            if (Ipv4.TryParse(end, out address)) return true;
            reading.Error(
                value.Position,
                $"pool {text}: {(end.Length == 0 ? "an end of the range" : end)} is not an IPv4 address",
                "write four numbers from 0 to 255 with dots");
            return false;
        }
    }

    private static Ipv4Range? Network(string text, ConfigNode value, Reading reading)
    {
        if (!Ipv4Prefix.TryParse(text, out Ipv4Prefix prefix, out bool hostBits))
        {
            reading.Error(value.Position, $"pool {text}: this is not a network", "write address and length, such as 192.0.2.64/26");
            return null;
        }

        if (!hostBits) return prefix.Range;
        reading.Error(
            value.Position,
            $"pool {text}: the address has bits set after its length, so it may mean the network or a part of it",
            $"write \"{prefix}\", or the first and the last address");
        return null;
    }
}
