using Leasehold.Configuration.Expressions;
using Leasehold.Configuration.Model;
using Leasehold.Engine.Expressions;

namespace Leasehold.Engine.V4;

/// <summary>A class that the configuration defines, as packets need it.</summary>
/// <param name="resolve">The number of a class by its name.</param>
internal sealed class ServingClass(ClientClass4 definition, int index, Func<string, int> resolve)
{
    public int Index { get; } = index;
    public ClientClass4 Definition { get; } = definition;

    /// <summary>Who is in the class; null for a class without a test, and for a template.</summary>
    public Condition? Condition { get; } = definition.Test is BooleanExpression test ? new(test, resolve) : null;

    /// <summary>What makes classes of its values; null for a class that is no template.</summary>
    public ValueExpression? Template { get; } = definition.Test is OctetsExpression value ? new(value, resolve) : null;

    /// <summary>Null where the class gives none.</summary>
    public LifetimeRange? Lifetimes { get; } = LifetimeRange.Of(definition.Parameters);

    public BootFields Boot { get; } =
        new(definition.Parameters.NextServer, definition.Parameters.ServerHostname, definition.Parameters.BootFileName);
}
