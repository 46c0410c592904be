using System.Collections.Immutable;

namespace Leasehold.Protocol;

/// <summary>The shape of an option's value: a type, repeated or not, the fields of a record, and the space of its sub-options.</summary>
/// <remarks>Standard options and those that an administrator defines have the same shape; see <see cref="TryCreate"/> for the latter.</remarks>
public sealed class OptionFormat : IEquatable<OptionFormat>
{
    /// <summary>A mark without a value.</summary>
    public static readonly OptionFormat NoValue = new(OptionType.Empty);
    public static readonly OptionFormat Binary = new(OptionType.Binary);
    public static readonly OptionFormat Flag = new(OptionType.Boolean);
    public static readonly OptionFormat Signed32 = new(OptionType.Int32);
    public static readonly OptionFormat Number8 = new(OptionType.UInt8);
    public static readonly OptionFormat Number8List = List(OptionType.UInt8);
    public static readonly OptionFormat Number16 = new(OptionType.UInt16);
    public static readonly OptionFormat Number16List = List(OptionType.UInt16);
    public static readonly OptionFormat Number32 = new(OptionType.UInt32);
    public static readonly OptionFormat Text = new(OptionType.String);
    public static readonly OptionFormat Ipv4Address = new(OptionType.Ipv4Address);
    public static readonly OptionFormat Ipv4List = List(OptionType.Ipv4Address);
    public static readonly OptionFormat Ipv6Address = new(OptionType.Ipv6Address);
    public static readonly OptionFormat Ipv6List = List(OptionType.Ipv6Address);
    public static readonly OptionFormat Ipv6Prefix = new(OptionType.Ipv6Prefix);
    public static readonly OptionFormat Fqdn = new(OptionType.Fqdn);
    public static readonly OptionFormat FqdnList = List(OptionType.Fqdn);

    /// <summary>Names that point to parts of earlier ones (RFC 3397 §2, RFC 1035 §4.1.4).</summary>
    public static readonly OptionFormat CompressedFqdnList = new(OptionType.Fqdn) { IsArray = true, IsCompressed = true };

    public static readonly OptionFormat ClasslessRoutes = new(OptionType.ClasslessRoutes);

    private OptionFormat(OptionType type) => Type = type;

    /// <summary>The type of the value, or of each value of an array.</summary>
    public OptionType Type { get; private init; }

    /// <summary>True when the value may be repeated; of a record, the last field.</summary>
    public bool IsArray { get; private init; }

    /// <summary>The fields of a record in order; empty for other types.</summary>
    public ImmutableArray<OptionType> Fields { get; private init; } = [];

    /// <summary>The space of the sub-options that follow the value; null for none.</summary>
    public string? Encapsulates { get; private init; }

    /// <summary>True when the names of a list are written with compression.</summary>
    public bool IsCompressed { get; private init; }

    /// <summary>The octets of a tuple's length: 1 or 2.</summary>
    public int TupleLengthOctets { get; private init; } = 1;

    /// <summary>Values of one type, one after the other.</summary>
    public static OptionFormat List(OptionType type) => new(type) { IsArray = true };

    /// <summary>Only sub-options of a space.</summary>
    public static OptionFormat Container(string space) => new(OptionType.Empty) { Encapsulates = space };

    /// <summary>Fields one after the other.</summary>
    public static OptionFormat Record(params ReadOnlySpan<OptionType> fields) => new(OptionType.Record) { Fields = [.. fields] };

    /// <summary>Fields one after the other, the last of them any number of times.</summary>
    public static OptionFormat RecordList(params ReadOnlySpan<OptionType> fields) =>
        new(OptionType.Record) { Fields = [.. fields], IsArray = true };

    /// <summary>Octets after their length, repeated.</summary>
    public static OptionFormat TupleList(int lengthOctets) =>
        new(OptionType.Tuple) { IsArray = true, TupleLengthOctets = lengthOctets };

    /// <summary>A shape of its own, such as ClasslessRoutes.</summary>
    public static OptionFormat Of(OptionType type) => new(type);

    /// <summary>The same value followed by the sub-options of a space.</summary>
    public OptionFormat Encapsulating(string space) => new(Type)
    {
        IsArray = IsArray,
        Fields = Fields,
        IsCompressed = IsCompressed,
        TupleLengthOctets = TupleLengthOctets,
        Encapsulates = space,
    };

    /// <summary>Makes the shape that an administrator defines, when it can be read back from the wire.</summary>
    /// <param name="type">The option's type.</param>
    /// <param name="isArray">Whether the value, or the record's last field, repeats.</param>
    /// <param name="fields">The fields of a record; empty for other types.</param>
    /// <param name="encapsulates">The space of the sub-options; null or empty for none.</param>
    /// <param name="tupleLengthOctets">1 for DHCPv4, 2 for DHCPv6.</param>
    /// <param name="format">The shape; null when the result is false.</param>
    /// <param name="problem">What is wrong, for a person; null when the result is true.</param>
    public static bool TryCreate(
        OptionType type,
        bool isArray,
        ImmutableArray<OptionType> fields,
        string? encapsulates,
        int tupleLengthOctets,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out OptionFormat? format,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? problem)
    {
        format = null;
        problem = ProblemOf(type, isArray, fields, !string.IsNullOrEmpty(encapsulates));
        if (problem is not null) return false;
        format = new(type)
        {
            IsArray = isArray,
            Fields = fields,
            Encapsulates = string.IsNullOrEmpty(encapsulates) ? null : encapsulates,
            TupleLengthOctets = tupleLengthOctets,
        };
        return true;
    }

    private static string? ProblemOf(OptionType type, bool isArray, ImmutableArray<OptionType> fields, bool encapsulates)
    {
        if (isArray && encapsulates) return "sub-options cannot follow an array: nothing tells where it ends";
        if (type != OptionType.Record)
        {
            if (!fields.IsEmpty) return "only the type 'record' has record-types";
            if (isArray && EndsTheOption(type)) return $"an array of '{OptionTypeName.Of(type)}' has no place where a value ends";
            return null;
        }

        if (fields.Length < 2) return "a record has at least two fields in record-types";
        for (int i = 0; i < fields.Length; i++)
        {
            if (fields[i] is OptionType.Record or OptionType.Empty or >= OptionType.ClasslessRoutes)
            {
                return $"'{OptionTypeName.Of(fields[i])}' cannot be a field of a record";
            }

            bool isLast = i == fields.Length - 1;
            if (!isLast && EndsTheOption(fields[i])) return $"'{OptionTypeName.Of(fields[i])}' can only be the last field: it goes to the end of the option";
            if (isLast && isArray && EndsTheOption(fields[i])) return $"an array of '{OptionTypeName.Of(fields[i])}' has no place where a value ends";
        }

        return null;
    }

    // Types that are as long as what is left of the option.
    private static bool EndsTheOption(OptionType type) =>
        type is OptionType.String or OptionType.Binary or OptionType.Empty or OptionType.PartialFqdn or >= OptionType.ClasslessRoutes;

    public bool Equals(OptionFormat? other) =>
        other is not null
        && Type == other.Type
        && IsArray == other.IsArray
        && IsCompressed == other.IsCompressed
        && TupleLengthOctets == other.TupleLengthOctets
        && string.Equals(Encapsulates, other.Encapsulates, StringComparison.Ordinal)
        && Fields.AsSpan().SequenceEqual(other.Fields.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as OptionFormat);

    public override int GetHashCode() => HashCode.Combine(Type, IsArray, Fields.Length, Encapsulates);

    /// <summary>The shape in words, as in "record of uint8, ipv4-address, ...".</summary>
    public override string ToString()
    {
        string value = Type switch
        {
            OptionType.Record => $"record of {string.Join(", ", Fields.Select(OptionTypeName.Of))}",
            OptionType.ClasslessRoutes => "classless routes",
            OptionType.EncryptedDns4 or OptionType.EncryptedDns6 => "encrypted resolvers",
            _ => OptionTypeName.Of(Type),
        };
        string array = !IsArray ? value : Type == OptionType.Record ? $"{value}, ..." : $"list of {value}";
        return Encapsulates is null ? array : $"{array} with sub-options of '{Encapsulates}'";
    }
}
