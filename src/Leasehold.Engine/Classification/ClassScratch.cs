using Leasehold.Engine.Expressions;

namespace Leasehold.Engine.Classification;

/// <summary>Space for classifying; one for a server, used by one packet at a time.</summary>
internal sealed class ClassScratch
{
    /// <summary>Prefix, name, underline and a value: longer names are in no configuration.</summary>
    private const int MaxName = 1024;

    public ExpressionScratch Expression { get; } = new();

    /// <summary>Where the names of classes are put together.</summary>
    public char[] Name { get; } = new char[MaxName];
}
