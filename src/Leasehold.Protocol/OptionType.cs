namespace Leasehold.Protocol;

/// <summary>What one value of an option is: how it is written in a configuration and which octets it becomes.</summary>
public enum OptionType : byte
{
    /// <summary>No value of its own; the option is a mark, or carries only sub-options.</summary>
    Empty,

    /// <summary>Opaque octets to the end of the option; in text hexadecimal or 'quoted'.</summary>
    Binary,

    /// <summary>One octet, 0 or 1 (RFC 2132 §4.1).</summary>
    Boolean,
    Int8,
    Int16,
    Int32,
    UInt8,
    UInt16,
    UInt32,
    Ipv4Address,
    Ipv6Address,

    /// <summary>One octet of length in bits, then as many octets as the length needs; in text 2001:db8::/32.</summary>
    Ipv6Prefix,

    /// <summary>A port set: one octet of length in bits, then the number in the leading bits of two octets; in text 3/4 (RFC 7618 §3).</summary>
    Psid,

    /// <summary>Characters to the end of the option, UTF-8, no terminator.</summary>
    String,

    /// <summary>Octets after their length, one octet in DHCPv4 and two in DHCPv6 unless the option says otherwise.</summary>
    Tuple,

    /// <summary>A domain name as labels, ended by the root (RFC 1035 §3.1).</summary>
    Fqdn,

    /// <summary>Labels without the root at the end when the name is relative (RFC 4702 §2.3).</summary>
    PartialFqdn,

    /// <summary>Values of several types in a fixed order.</summary>
    Record,

    /// <summary>Routes as RFC 3442 packs them; in text 10.0.0.0/8 - 192.0.2.1, 0.0.0.0/0 - 192.0.2.2.</summary>
    ClasslessRoutes,

    /// <summary>Encrypted resolvers of RFC 9463 §5.1; in text 10, dot.example., 192.0.2.1 192.0.2.2, alpn=dot port=853 | 20, …</summary>
    EncryptedDns4,

    /// <summary>One encrypted resolver of RFC 9463 §4.1; in text as EncryptedDns4, without '|'.</summary>
    EncryptedDns6,
}

/// <summary>The names that configurations give to the types.</summary>
public static class OptionTypeName
{
    private static readonly (string Name, OptionType Type)[] Names =
    [
        ("empty", OptionType.Empty),
        ("binary", OptionType.Binary),
        ("boolean", OptionType.Boolean),
        ("int8", OptionType.Int8),
        ("int16", OptionType.Int16),
        ("int32", OptionType.Int32),
        ("uint8", OptionType.UInt8),
        ("uint16", OptionType.UInt16),
        ("uint32", OptionType.UInt32),
        ("ipv4-address", OptionType.Ipv4Address),
        ("ipv6-address", OptionType.Ipv6Address),
        ("ipv6-prefix", OptionType.Ipv6Prefix),
        ("psid", OptionType.Psid),
        ("string", OptionType.String),
        ("tuple", OptionType.Tuple),
        ("fqdn", OptionType.Fqdn),
        ("record", OptionType.Record),
    ];

    /// <summary>Every name that <see cref="TryParse"/> knows, for a message that lists them.</summary>
    public static IEnumerable<string> All => Names.Select(pair => pair.Name);

    /// <summary>Finds the type of an option-def. "internal" is none: it stands for shapes that only standard options have.</summary>
    /// <param name="name">Exactly as in <see cref="All"/>.</param>
    public static bool TryParse(ReadOnlySpan<char> name, out OptionType type)
    {
        foreach ((string known, OptionType value) in Names)
        {
            if (!name.SequenceEqual(known)) continue;
            type = value;
            return true;
        }

        type = OptionType.Empty;
        return false;
    }

    /// <summary>The name of a type; "internal" for the shapes that have no name of their own.</summary>
    public static string Of(OptionType type)
    {
        foreach ((string known, OptionType value) in Names)
        {
            if (value == type) return known;
        }

        return type == OptionType.PartialFqdn ? "fqdn" : "internal";
    }
}
