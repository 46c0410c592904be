using System.Collections.Immutable;
using Leasehold.Configuration.Model;

namespace Leasehold.Engine.Classification;

/// <summary>Makes the options of some levels into what packets need.</summary>
/// <param name="levels">The innermost first.</param>
/// <param name="isMember">Whether the client is in a class that an option is for.</param>
internal delegate TSet OptionJoin<out TSet>(ReadOnlySpan<ImmutableArray<OptionData>> levels, Func<string, bool> isMember);

/// <summary>A pool, or a subnet beside its pools: the options that hold there.</summary>
internal sealed class OptionPlace<TSet>
    where TSet : class
{
    private readonly ImmutableArray<ImmutableArray<OptionData>> inner;
    private readonly ImmutableArray<OptionData> global;
    private readonly OptionJoin<TSet> join;

    /// <param name="number">Unlike that of any other place.</param>
    /// <param name="inner">Pool, subnet, network.</param>
    /// <param name="plain">The place's options for clients in no class, where another place has the same; null to make them.</param>
    public OptionPlace(int number, ImmutableArray<ImmutableArray<OptionData>> inner, ImmutableArray<OptionData> global, TSet? plain, OptionJoin<TSet> join)
    {
        this.inner = inner;
        this.global = global;
        this.join = join;
        Number = number;
        Plain = plain ?? Join([], [], static _ => false);
    }

    public int Number { get; }

    /// <summary>For a client in no class that carries options or that options are for.</summary>
    public TSet Plain { get; }

    /// <summary>The options of a client here.</summary>
    /// <param name="reservation">Empty for a client without.</param>
    /// <param name="classes">The options of its classes, the first found first.</param>
    /// <param name="isMember">Whether the client is in a class.</param>
    public TSet Join(ImmutableArray<OptionData> reservation, IEnumerable<ImmutableArray<OptionData>> classes, Func<string, bool> isMember) =>
        join([reservation, .. inner, .. classes, global], isMember);
}
