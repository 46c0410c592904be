using Leasehold.Configuration.Expressions;
using Leasehold.Configuration.Model;
using Leasehold.Engine.Expressions;

namespace Leasehold.Engine.Classification;

/// <summary>A class that the configuration defines, as packets need it.</summary>
/// <param name="resolve">The number of a class by its name.</param>
internal class ServingClass(ClientClass definition, int index, Func<string, int> resolve)
{
    public int Index { get; } = index;
    public ClientClass Definition { get; } = definition;

    /// <summary>Who is in the class; null for a class without a test, and for a template.</summary>
    public Condition? Condition { get; } = definition.Test is BooleanExpression test ? new(test, resolve) : null;

    /// <summary>What makes classes of its values; null for a class that is no template.</summary>
    public ValueExpression? Template { get; } = definition.Test is OctetsExpression value ? new(value, resolve) : null;
}
