using System.Collections.Immutable;
using Leasehold.Configuration.Expressions;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Model;

/// <summary>What is done to an option of a reply, by an expression over the request (libdhcp_flex_option.so).</summary>
public sealed record FlexOption4
{
    public required FlexAction Action { get; init; }

    /// <summary>The option of the message: the one that is changed, or the one that carries the sub-option.</summary>
    public required byte Code { get; init; }

    /// <summary>The sub-option that is changed; null for the option itself.</summary>
    public byte? SubCode { get; init; }

    /// <summary>The enterprise whose sub-option it is, in option 125; null for other options.</summary>
    public uint? Enterprise { get; init; }

    /// <summary>What is added; null for Remove. Where it gives nothing, nothing is done.</summary>
    public OctetsExpression? Value { get; init; }

    /// <summary>Whether it is removed; null for the other actions.</summary>
    public BooleanExpression? Condition { get; init; }

    /// <summary>csv-format: the value is text of this format; null where it is the octets themselves.</summary>
    public OptionFormat? Format { get; init; }

    /// <summary>container-add: an option that is not there is made for the sub-option.</summary>
    public bool MakesContainer { get; init; } = true;

    /// <summary>container-remove: an option whose last sub-option was removed goes too.</summary>
    public bool RemovesContainer { get; init; } = true;

    /// <summary>Only for clients in all of these: client-class of the entry, and of the one around a sub-option.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];
}

/// <summary>What is done to an option.</summary>
public enum FlexAction
{
    /// <summary>Put in where it is not.</summary>
    Add,

    /// <summary>Put in, also in the place of another value.</summary>
    Supersede,

    /// <summary>Taken out.</summary>
    Remove,
}
