using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Kea;

/// <summary>"server-id": the DUID of the DHCPv6 server.</summary>
internal static class ServerIdReader
{
    /// <summary>The enterprise that the established server names when none is configured; with it, a configuration gives the same DUID here.</summary>
    private const uint DefaultEnterprise = 2495;

    /// <summary>A UUID has 128 bits (RFC 8415 §11.5).</summary>
    private const int UuidLength = 16;

    /// <summary>RFC 8415 §11.1: at most 128 octets after the type, of which the enterprise number and the like take up to 6.</summary>
    private const int MaxIdentifier = 122;

    /// <summary>The keys of the map.</summary>
    public static readonly KeyTable<ServerIdConfig> Keys = new("\"server-id\"")
    {
        {
            "type", "LLT (default), LL, EN or UUID.",
            static (s, v, r) => s with
            {
                Type = r.OneOf(v, ("LLT", DuidType.LinkLayerTime), ("EN", DuidType.Enterprise), ("LL", DuidType.LinkLayer), ("UUID", DuidType.Uuid)) ?? s.Type,
            }
        },
        {
            "identifier", "The link-layer address (LLT, LL), the vendor's identifier (EN) or the UUID, in hexadecimal. Nothing: from an interface, or by chance.",
            static (s, v, r) => s with { Identifier = Identifier(v, r) }
        },
        { "htype", "The hardware type of LLT and LL, 0 for the interface's.", static (s, v, r) => s with { HardwareType = (ushort?)Given(v, r, ushort.MaxValue) } },
        { "time", "The time of LLT in seconds since 2000-01-01 UTC, 0 for the time of the first start.", static (s, v, r) => s with { Time = Given(v, r) } },
        { "enterprise-id", "The enterprise number of EN.", static (s, v, r) => s with { EnterpriseId = Given(v, r) } },
        {
            "persist", "The DUID is kept in a file, which counts at the next start. Default true.",
            static (s, v, r) => s with { Persist = r.Boolean(v) ?? true }
        },
    };

    /// <summary>Reads the map.</summary>
    public static ServerIdConfig Read(ServerIdConfig config, ConfigMap map, Reading reading)
    {
        ServerIdConfig read = Keys.Read(config, map, reading);
        bool linkLayer = read.Type is DuidType.LinkLayerTime or DuidType.LinkLayer;
        Unused("htype", read.HardwareType is not null && !linkLayer);
        Unused("time", read.Time is not null && read.Type != DuidType.LinkLayerTime);
        Unused("enterprise-id", read.EnterpriseId is not null && read.Type != DuidType.Enterprise);
        if (read is { Type: DuidType.Uuid, Identifier.Length: not 0 and not UuidLength })
            reading.Error(map.Find("identifier")?.Position ?? map.Position, $"the identifier has {read.Identifier.Length} octets, and a UUID has {UuidLength}", "write 32 hexadecimal digits");
        return read.Type == DuidType.Enterprise ? read with { EnterpriseId = read.EnterpriseId ?? DefaultEnterprise } : read;

        void Unused(string key, bool isUnused)
        {
            if (!isUnused) return;
            reading.Warning(map.Find(key)?.Position ?? map.Position, $"\"{key}\" has no effect: a DUID of this type has none", "remove it, or change \"type\"");
        }
    }

    private static uint? Given(ConfigNode value, Reading reading, uint greatest = uint.MaxValue) =>
        reading.UInt32(value, 0, greatest) is > 0 and var given ? given : null;

    private static ImmutableArray<byte> Identifier(ConfigNode value, Reading reading)
    {
        if (reading.TextOrNothing(value) is not { } text) return [];

        // A UUID as people write it, in five groups.
        if (Guid.TryParseExact(text, "D", out Guid uuid)) return [.. uuid.ToByteArray(bigEndian: true)];
        byte[] octets = new byte[text.Length + 1];
        if (!HexText.TryParseValue(text, octets, out int length) || text.Contains('\''))
        {
            reading.Error(value.Position, $"\"{text}\" is not an identifier in hexadecimal", "write octets in hexadecimal, such as a65dc7410f05");
            return [];
        }

        if (length <= MaxIdentifier) return [.. octets[..length]];
        reading.Error(value.Position, $"the identifier has {length} octets, and a DUID holds {MaxIdentifier}", "shorten it");
        return [];
    }
}
