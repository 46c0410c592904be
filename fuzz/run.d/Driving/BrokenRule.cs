namespace Leasehold.Fuzz.Driving;

/// <summary>What was read, written or answered is not as it must be.</summary>
/// <param name="rule">The rule, the same for every input that breaks it.</param>
/// <param name="details">What this input showed.</param>
internal sealed class BrokenRule(string rule, string details) : Exception($"{rule}: {details}")
{
    public string Rule { get; } = rule;

    /// <summary>Throws where a rule does not hold.</summary>
    public static void Unless(bool holds, string rule, string details = "")
    {
        if (!holds) throw new BrokenRule(rule, details);
    }
}
