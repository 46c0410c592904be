using System.Collections.Immutable;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Expressions;

/// <summary>Where the first option of a path is looked for.</summary>
public enum OptionSource
{
    /// <summary>option[…]; relay4[…] is this with option 82 as the first step.</summary>
    Message,

    /// <summary>relay6[N].option[…]: the options that a DHCPv6 relay added.</summary>
    Relay,

    /// <summary>vendor[N].option[…]: the options of an enterprise.</summary>
    Vendor,
}

/// <summary>The way to an option: an option of the message, and options inside options to any depth.</summary>
/// <param name="Nest">Of a relay: 0 is next to the server, −1 next to the client. Otherwise 0.</param>
/// <param name="Enterprise">Of a vendor: the enterprise's number; null for any.</param>
/// <param name="Steps">At least one.</param>
public sealed record OptionPath(OptionSource Source, int Nest, uint? Enterprise, ImmutableArray<OptionStep> Steps)
{
    /// <summary>The option at the end.</summary>
    public OptionStep Last => Steps[^1];
}

/// <summary>One option of a path.</summary>
/// <param name="Code">0 to 255 in DHCPv4, to 65535 in DHCPv6.</param>
/// <param name="Format">As it is defined; null for an option that nobody defines.</param>
/// <param name="Inside">How the options inside it are found.</param>
/// <param name="InnerSpace">The space of the options inside it; null where nobody says.</param>
public sealed record OptionStep(ushort Code, OptionFormat? Format, SubOptions Inside, string? InnerSpace);

/// <summary>How the options inside an option are found.</summary>
public enum SubOptions
{
    /// <summary>There are none: the definition says what the value is, and it is something else.</summary>
    None,

    /// <summary>The whole value: nobody says what it is.</summary>
    WholeValue,

    /// <summary>They begin after the value that the definition says; at once where it says none.</summary>
    AfterValue,

    /// <summary>The whole value, and 0 and 255 are codes like others (RFC 3046 §2.0).</summary>
    WithoutPadding,

    /// <summary>Those of the first enterprise in it (options 125 and 17).</summary>
    OfFirstVendor,
}
