using Leasehold.Configuration.Model;
using Leasehold.Engine.Classification;
using Leasehold.Protocol;

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

    /// <summary>offer-lifetime; null where the class gives none.</summary>
    public Lifetime? OfferLifetime { get; } = definition.Parameters.OfferLifetime;

    /// <summary>How many packets of its clients are answered; null for all.</summary>
    public RateWindow? Rate { get; } = definition.Limits?.Rate is { } rate ? new(rate) : null;

    public BootFields Boot { get; } =
        new(definition.Parameters.NextServer, definition.Parameters.ServerHostname, definition.Parameters.BootFileName);
}
