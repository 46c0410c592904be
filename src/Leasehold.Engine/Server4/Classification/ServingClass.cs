using Leasehold.Configuration.Model;

namespace Leasehold.Engine.V4;

/// <summary>A class that the configuration defines, as packets need it.</summary>
internal sealed class ServingClass(ClientClass4 definition, int index)
{
    public int Index { get; } = index;
    public ClientClass4 Definition { get; } = definition;

    /// <summary>Null where the class gives none.</summary>
    public LifetimeRange? Lifetimes { get; } = LifetimeRange.Of(definition.Parameters);

    public BootFields Boot { get; } =
        new(definition.Parameters.NextServer, definition.Parameters.ServerHostname, definition.Parameters.BootFileName);
}
