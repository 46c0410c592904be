namespace Leasehold.SimulationTests;

/// <summary>A rule was broken.</summary>
internal sealed class Violation(string rule, string what) : Exception($"{rule}: {what}")
{
    /// <summary>Which one, in a word or two.</summary>
    public string Rule { get; } = rule;
}
