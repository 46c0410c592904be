using Leasehold.Configuration.Model;

namespace Leasehold.Configuration.Checks;

/// <summary>A subnet or a pool as the rules see it that are the same for both families: where it begins and ends among all addresses.</summary>
/// <param name="Text">As people write it: "192.0.2.0/24".</param>
/// <param name="First">The first address as a number.</param>
/// <param name="Last">The last address as a number.</param>
internal sealed record SubnetPlace(string Text, UInt128 First, UInt128 Last, Origin Origin)
{
    /// <summary>The subnet's id; 0 for a pool.</summary>
    public uint Id { get; init; }

    /// <summary>The interface that a subnet is for; null for none.</summary>
    public string? Interface { get; init; }

    /// <summary>The subnet that a pool belongs to; null for a subnet.</summary>
    public SubnetPlace? Subnet { get; init; }

    public bool Overlaps(SubnetPlace other) => First <= other.Last && other.First <= Last;

    public static SubnetPlace Of(Subnet4 subnet) =>
        new(subnet.Prefix.ToString(), subnet.Prefix.Network.Value, subnet.Prefix.Last.Value, subnet.Origin) { Id = subnet.Id, Interface = subnet.Interface };

    public static SubnetPlace Of(Subnet6 subnet) =>
        new(subnet.Prefix.ToString(), subnet.Prefix.Network.Value, subnet.Prefix.Last.Value, subnet.Origin) { Id = subnet.Id, Interface = subnet.Interface };
}
