using System.Collections.Immutable;
using Leasehold.Configuration.Expressions;

namespace Leasehold.Configuration.Model;

/// <summary>A client class: a name for the clients that an expression chooses, and what they get.</summary>
public abstract record ClientClass
{
    /// <summary>Unique. A built-in name (DROP, SKIP_DDNS …) may be defined, and then says who is in it.</summary>
    public required string Name { get; init; }

    /// <summary>Who is in the class: true or false, or for a template the octets whose text follows in SPAWN_name_text. Null: members come from reservations.</summary>
    public Expression? Test { get; init; }

    /// <summary>The expression makes classes instead of choosing clients: template-test.</summary>
    public bool IsTemplate { get; init; }

    /// <summary>Only looked at where a network, subnet or pool asks for it: only-in-additional-list.</summary>
    public bool OnlyInAdditionalList { get; init; }

    public ImmutableArray<OptionData> Options { get; init; } = [];

    /// <summary>How much its clients get; null where nothing is limited.</summary>
    public Limits? Limits { get; init; }

    /// <summary>Where it stands in the configuration's text.</summary>
    public Origin Origin { get; init; } = Origin.Nowhere;
}

/// <summary>A client class of the DHCPv4 server.</summary>
public sealed record ClientClass4 : ClientClass
{
    /// <summary>Of these a class gives lifetimes, the offer's lifetime, boot fields and rules for names.</summary>
    public Parameters4 Parameters { get; init; } = Parameters4.None;
}

/// <summary>The classes that a network, subnet or pool names.</summary>
public sealed record ClassRules
{
    /// <summary>No rule: everybody is served.</summary>
    public static readonly ClassRules None = new();

    /// <summary>client-classes (client-class): only clients in one of these are served. Empty: everybody is.</summary>
    public ImmutableArray<string> Only { get; init; } = [];

    /// <summary>evaluate-additional-classes (require-client-classes): looked at when a client is served here, in this order.</summary>
    public ImmutableArray<string> Additional { get; init; } = [];
}
