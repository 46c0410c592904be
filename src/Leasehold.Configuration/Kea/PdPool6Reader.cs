using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Kea;

/// <summary>An element of "pd-pools": prefixes for delegation.</summary>
internal static class PdPool6Reader
{
    /// <summary>The keys as they are typed; what they mean together is worked out at the end.</summary>
    private sealed record Typed(PdPool6 Pool)
    {
        public Ipv6? Prefix { get; init; }
        public int? Length { get; init; }
        public int? Delegated { get; init; }
        public Ipv6? Excluded { get; init; }
        public int? ExcludedLength { get; init; }
    }

    private static readonly KeyTable<Typed> Rows = new("a pool of prefixes")
    {
        { "prefix", "The first address of all that may be delegated.", static (p, v, r) => p with { Prefix = r.Address6(v) } },
        { "prefix-len", "The length of it, 1 to 128.", static (p, v, r) => p with { Length = Length(v, r, 1) } },
        { "delegated-len", "The length of each delegated prefix, prefix-len to 128.", static (p, v, r) => p with { Delegated = Length(v, r, 1) } },
        {
            "excluded-prefix", "What a client must not use of the first delegated prefix, and likewise of each other (RFC 6603).",
            static (p, v, r) => p with { Excluded = r.Address6(v) is { IsAny: false } address ? address : null }
        },
        {
            "excluded-prefix-len", "The length of it, more than delegated-len; 0 for none.",
            static (p, v, r) => p with { ExcludedLength = Length(v, r, 0) is > 0 and var length ? length : null }
        },
        { "pool-id", "A number stored with every lease of the pool. Default 0.", static (p, v, r) => p with { Pool = p.Pool with { Id = r.UInt32(v) ?? 0 } } },
        {
            "option-data", "Options for clients with a prefix of this pool.",
            static (p, v, r) => p with { Pool = p.Pool with { Options = OptionDataReader.ReadAll(v, r) } },
            OptionDataReader.Keys, true
        },
        ClassRows.In<Typed>(static p => p.Pool.Classes, static (p, rules) => p with { Pool = p.Pool with { Classes = rules } }),
    };

    /// <summary>The keys of a pool.</summary>
    public static IKeyTable Keys => Rows;

    /// <summary>Reads a pool; null when its prefixes cannot be made out.</summary>
    public static PdPool6? Read(ConfigMap map, Reading reading)
    {
        int before = reading.Diagnostics.ErrorCount;
        Typed typed = Rows.Read(new Typed(new() { Prefix = default, DelegatedLength = 0, Origin = reading.OriginOf(map) }), map, reading);
        ClassRows.CheckOnce(map, reading);
        foreach (string key in (string[])["prefix", "prefix-len", "delegated-len"])
        {
            if (map.Find(key) is null) reading.Error(map.Position, $"this pool of prefixes has no \"{key}\"", "add it");
        }

        if (typed is not { Prefix: { } address, Length: { } length, Delegated: { } delegated })
        {
            if (reading.Diagnostics.ErrorCount == before) reading.Error(typed.Pool.Origin.Of("prefix"), "\"prefix\" is empty, so there is nothing to delegate", "write an address such as 2001:db8:8000::");
            return null;
        }

        var prefix = new Ipv6Prefix(address, length);
        if (prefix.Network != address)
            reading.Error(typed.Pool.Origin.Of("prefix"), $"prefix {address} has bits set after its length {length}", $"write \"{prefix.Network}\", or a longer prefix-len");
        if (delegated < length)
            reading.Error(
                typed.Pool.Origin.Of("delegated-len"),
                $"delegated-len {delegated} is less than prefix-len {length}: a prefix of that length does not fit in",
                $"write a number from {length} to 128");
        Ipv6Prefix? excluded = Excluded(typed, prefix, delegated, reading);
        return reading.Diagnostics.ErrorCount > before ? null : typed.Pool with { Prefix = prefix, DelegatedLength = delegated, Excluded = excluded };
    }

    /// <summary>RFC 6603 §4.2: a part of a delegated prefix, and not all of it.</summary>
    private static Ipv6Prefix? Excluded(Typed typed, Ipv6Prefix prefix, int delegated, Reading reading)
    {
        Origin at = typed.Pool.Origin;
        if (typed is { Excluded: null, ExcludedLength: null }) return null;
        if (typed is not { Excluded: { } address, ExcludedLength: { } length })
        {
            reading.Error(
                at.Of(typed.Excluded is null ? "excluded-prefix-len" : "excluded-prefix"),
                "excluded-prefix and excluded-prefix-len say something together only",
                typed.Excluded is null ? "add \"excluded-prefix\"" : "add \"excluded-prefix-len\"");
            return null;
        }

        if (length <= delegated)
        {
            reading.Error(
                at.Of("excluded-prefix-len"),
                $"excluded-prefix-len {length} is not more than delegated-len {delegated}, so nothing of a prefix would be left",
                "write a greater number, up to 128");
            return null;
        }

        var excluded = new Ipv6Prefix(address, length);
        if (excluded.Network != address)
            reading.Warning(at.Of("excluded-prefix"), $"{address} has bits set after its length {length}, it is read as {excluded.Network}", $"write \"{excluded.Network}\"");
        var first = new Ipv6Prefix(prefix.Network, delegated);
        if (delegated < prefix.Length || first.Contains(excluded)) return excluded;
        reading.Error(
            at.Of("excluded-prefix"),
            $"excluded prefix {excluded} is not in {first}, the first that is delegated",
            "write the part of that one; the same part of each other one is excluded, too");
        return null;
    }

    private static int? Length(ConfigNode value, Reading reading, int least) => (int?)reading.Integer(value, least, Ipv6Prefix.MaxLength);
}
