using System.Collections.Immutable;

namespace Leasehold.Configuration.Model;

/// <summary>One entry of option-data: a value that is ready for the wire.</summary>
public sealed record OptionData
{
    /// <summary>"dhcp4" or "dhcp6" for the options of messages; another space's options go into the option that encapsulates it ("vendor-4491" into 125, of DHCPv6 into 17).</summary>
    public required string Space { get; init; }

    /// <summary>The option's code in its space, 0 to 255 for DHCPv4's spaces (1 to 254 in "dhcp4"), 0 to 65535 for DHCPv6's (1 to 65535 in "dhcp6").</summary>
    public required uint Code { get; init; }

    /// <summary>The encoded value, without code and length, and without sub-options of a space that it encapsulates. May be empty.</summary>
    public ImmutableArray<byte> Data { get; init; } = [];

    /// <summary>Sent even when the client did not ask for it.</summary>
    public bool AlwaysSend { get; init; }

    /// <summary>Never sent, whatever other levels say.</summary>
    public bool NeverSend { get; init; }

    /// <summary>client-classes: only clients in one of these get the value. Empty: everybody does.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    /// <summary>Set where the value is a list of sub-options of this space; null otherwise. From the definition's "encapsulate".</summary>
    public string? Encapsulates { get; init; }

    /// <summary>Where the entry stands, for explanations.</summary>
    public TextPosition Origin { get; init; }
}

/// <summary>An option as the administrator defined it (option-def).</summary>
public sealed record OptionDefinition
{
    public required string Name { get; init; }
    public required uint Code { get; init; }
    public required string Space { get; init; }

    /// <summary>The type's name as in the configuration: "uint8", "ipv4-address", "record" …</summary>
    public required string Type { get; init; }

    public bool Array { get; init; }

    /// <summary>The fields' types of a record; empty for other types.</summary>
    public ImmutableArray<string> RecordTypes { get; init; } = [];

    /// <summary>The space whose options it carries; null for none.</summary>
    public string? Encapsulate { get; init; }

    /// <summary>Where it stands in the configuration's text.</summary>
    public Origin Origin { get; init; } = Origin.Nowhere;
}
