using System.Collections.Immutable;
using Leasehold.Configuration.Model;

namespace Leasehold.Engine.V4;

/// <summary>A pool, or a subnet beside its pools: the options that hold there.</summary>
internal sealed class OptionPlace
{
    private readonly ImmutableArray<ImmutableArray<OptionData>> inner;
    private readonly ImmutableArray<OptionData> global;

    /// <param name="number">Unlike that of any other place.</param>
    /// <param name="inner">Pool, subnet, network.</param>
    /// <param name="plain">The place's options for clients in no class, where another place has the same; null to make them.</param>
    public OptionPlace(int number, ImmutableArray<ImmutableArray<OptionData>> inner, ImmutableArray<OptionData> global, OptionSet4? plain)
    {
        this.inner = inner;
        this.global = global;
        Number = number;
        Plain = plain ?? Join([], [], static _ => false);
    }

    public int Number { get; }

    /// <summary>For a client in no class that carries options or that options are for.</summary>
    public OptionSet4 Plain { get; }

    /// <summary>The options of a client here.</summary>
    /// <param name="reservation">Empty for a client without.</param>
    /// <param name="classes">The options of its classes, the first found first.</param>
    /// <param name="isMember">Whether the client is in a class.</param>
    public OptionSet4 Join(
        ImmutableArray<OptionData> reservation, IEnumerable<ImmutableArray<OptionData>> classes, Func<string, bool> isMember) =>
        OptionSet4.Of([reservation, .. inner, .. classes, global], isMember);
}
