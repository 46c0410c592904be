using System.Collections.Immutable;
using Leasehold.Configuration.Model;

namespace Leasehold.Engine.Classification;

/// <summary>Where a configuration names classes.</summary>
internal sealed record ClassUses
{
    /// <summary>In the order of the file.</summary>
    public required ImmutableArray<ClientClass> Definitions { get; init; }

    /// <summary>Of networks, subnets and pools.</summary>
    public required IEnumerable<ClassRules> Rules { get; init; }

    /// <summary>Classes that reservations give.</summary>
    public required IEnumerable<string> Reserved { get; init; }

    /// <summary>The options of all levels, which may be for some classes only.</summary>
    public required IEnumerable<OptionData> Options { get; init; }

    /// <summary>Classes that other expressions name.</summary>
    public IEnumerable<string> Others { get; init; } = [];

    public static ClassUses Of(Dhcp4Config config)
    {
        Reservation4[] reservations = [.. config.AllSubnets.SelectMany(static s => s.Reservations), .. config.Reservations];
        return new()
        {
            Definitions = ImmutableArray<ClientClass>.CastUp(config.Classes),
            Rules = config.SharedNetworks.Select(static n => n.Classes)
                .Concat(config.AllSubnets.Select(static s => s.Classes))
                .Concat(config.AllSubnets.SelectMany(static s => s.Pools).Select(static p => p.Classes)),
            Reserved = reservations.SelectMany(static r => r.Classes),
            Others = config.FlexOptions.SelectMany(static f => f.Classes.Concat(f.Value?.ClassNames ?? []).Concat(f.Condition?.ClassNames ?? [])),
            Options = Joined(
                config.Classes.Select(static c => c.Options),
                config.SharedNetworks.Select(static n => n.Options),
                config.AllSubnets.Select(static s => s.Options),
                config.AllSubnets.SelectMany(static s => s.Pools).Select(static p => p.Options),
                reservations.Select(static r => r.Options),
                [config.Options]),
        };
    }

    public static ClassUses Of(Dhcp6Config config)
    {
        Reservation6[] reservations = [.. config.AllSubnets.SelectMany(static s => s.Reservations), .. config.Reservations];
        return new()
        {
            Definitions = ImmutableArray<ClientClass>.CastUp(config.Classes),
            Rules = config.SharedNetworks.Select(static n => n.Classes)
                .Concat(config.AllSubnets.Select(static s => s.Classes))
                .Concat(config.AllSubnets.SelectMany(static s => s.Pools).Select(static p => p.Classes))
                .Concat(config.AllSubnets.SelectMany(static s => s.PdPools).Select(static p => p.Classes)),
            Reserved = reservations.SelectMany(static r => r.Classes),
            Options = Joined(
                config.Classes.Select(static c => c.Options),
                config.SharedNetworks.Select(static n => n.Options),
                config.AllSubnets.Select(static s => s.Options),
                config.AllSubnets.SelectMany(static s => s.Pools).Select(static p => p.Options),
                config.AllSubnets.SelectMany(static s => s.PdPools).Select(static p => p.Options),
                reservations.Select(static r => r.Options),
                [config.Options]),
        };
    }

    private static IEnumerable<OptionData> Joined(params IEnumerable<ImmutableArray<OptionData>>[] levels) =>
        levels.SelectMany(static level => level).SelectMany(static options => options);
}
