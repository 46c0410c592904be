using Leasehold.Configuration.Model;
using Leasehold.Engine.Classification;

namespace Leasehold.Engine.V4;

/// <summary>A class of the DHCPv4 server.</summary>
/// <param name="resolve">The number of a class by its name.</param>
internal sealed class ServingClass4(ClientClass4 definition, int index, Func<string, int> resolve) : ServingClass(definition, index, resolve)
{
    /// <summary>Every class of a configuration.</summary>
    public static ClassTable<ServingClass4> TableOf(Dhcp4Config config) =>
        new(ClassUses.Of(config), static (definition, index, resolve) => new((ClientClass4)definition, index, resolve));

    /// <summary>Null where the class gives none.</summary>
    public LifetimeRange? Lifetimes { get; } = LifetimeRange.Of(definition.Parameters);

    public BootFields Boot { get; } =
        new(definition.Parameters.NextServer, definition.Parameters.ServerHostname, definition.Parameters.BootFileName);
}
