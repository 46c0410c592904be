using Leasehold.Fuzz.Mutation;
using Leasehold.Fuzz.Targets;

namespace Leasehold.Fuzz.Driving;

/// <summary>One thing to feed: where inputs begin, how they are changed, and what must hold for each.</summary>
internal abstract class Target
{
    /// <summary>Every target, in the order in which they are listed.</summary>
    public static IReadOnlyList<Target> All { get; } =
    [
        new Message4Target(), new Message6Target(), new OptionTarget(), new ExpressionTarget(), new ConfigTarget(),
        new LeaseFile4Target(), new LeaseFile6Target(), new CaptureTarget(), new Server4Target(),
    ];

    /// <summary>As it is typed, and the name of its folder in fuzz/corpus.</summary>
    public abstract string Name { get; }

    /// <summary>What must hold, in a line.</summary>
    public abstract string About { get; }

    /// <summary>How its inputs are built.</summary>
    public abstract Shape Shape { get; }

    /// <summary>Octets of the longest input.</summary>
    public virtual int MaxLength => 4096;

    /// <summary>Good inputs to begin with, from the repository's tests.</summary>
    /// <param name="tests">The folder tests.</param>
    public abstract IEnumerable<byte[]> Seeds(string tests);

    /// <summary>Feeds one input.</summary>
    /// <param name="input">Between guard octets; it must be the same afterwards.</param>
    /// <param name="reached">Told what the input led to.</param>
    /// <exception cref="BrokenRule">Something does not hold. Any other exception is a failure as well.</exception>
    public abstract void Run(ReadOnlySpan<byte> input, Reached reached);
}
