using System.Runtime.InteropServices;
using Leasehold.Configuration.Model;
using Leasehold.Engine.Classification;

namespace Leasehold.Engine.V6;

/// <summary>A class of the DHCPv6 server.</summary>
/// <param name="resolve">The number of a class by its name.</param>
internal sealed class ServingClass6(ClientClass6 definition, int index, Func<string, int> resolve) : ServingClass(definition, index, resolve)
{
    private readonly Dictionary<uint, LifetimeBounds6> bounds = [];

    /// <summary>Every class of a configuration.</summary>
    public static ClassTable<ServingClass6> TableOf(Dhcp6Config config) =>
        new(ClassUses.Of(config), static (definition, index, resolve) => new((ClientClass6)definition, index, resolve));

    /// <summary>The class says something of lifetimes.</summary>
    public bool HasLifetimes { get; } = definition.Parameters is not { PreferredLifetime: null, ValidLifetime: null };

    /// <summary>The lifetimes of the class's clients in a subnet: where the class says nothing, the subnet's. Made once for each subnet.</summary>
    /// <param name="parameters">The subnet's, all levels joined.</param>
    public LifetimeBounds6 Bounds(ServingSubnet6 subnet, Parameters6 parameters)
    {
        ref LifetimeBounds6? known = ref CollectionsMarshal.GetValueRefOrAddDefault(bounds, subnet.Id, out _);
        return known ??= new(Own(parameters));
    }

    // A lifetime that the class gives has the class's bounds, and none of the subnet's.
    private Parameters6 Own(Parameters6 outer)
    {
        Parameters6 own = definition.Parameters;
        if (own.PreferredLifetime is { } preferred)
        {
            outer = outer with { PreferredLifetime = preferred, MinPreferredLifetime = own.MinPreferredLifetime, MaxPreferredLifetime = own.MaxPreferredLifetime };
        }

        return own.ValidLifetime is { } valid
            ? outer with { ValidLifetime = valid, MinValidLifetime = own.MinValidLifetime, MaxValidLifetime = own.MaxValidLifetime }
            : outer;
    }
}
