using System.Collections.Immutable;
using Leasehold.Configuration.Model;

namespace Leasehold.Engine.V4;

/// <summary>Every class that the configuration names, by number, and in which order the defined ones are looked at.</summary>
internal sealed class ClassTable
{
    public const int All = 0;
    public const int Known = 1;
    public const int Unknown = 2;
    public const int Bootp = 3;
    public const int Drop = 4;
    public const int SkipDdns = 5;

    /// <summary>Before the text of option 60 in the name of the class that a client is in by it.</summary>
    public const string VendorPrefix = "VENDOR_CLASS_";

    /// <summary>Before the name of a template class, an underline and the value of its expression.</summary>
    public const string SpawnPrefix = "SPAWN_";

    private static readonly ImmutableArray<string> BuiltIn = ["ALL", "KNOWN", "UNKNOWN", "BOOTP", "DROP", "SKIP_DDNS"];

    private readonly Dictionary<string, int> indices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> byText;
    private readonly HashSet<int> late = [Known, Unknown];
    private readonly bool[] shapesOptions;
    private readonly ServingClass?[] defined;

    public ClassTable(Dhcp4Config config)
    {
        byText = indices.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (string name in BuiltIn) IndexOf(name);
        foreach (ClientClass4 definition in config.Classes) IndexOf(definition.Name);
        foreach (string name in config.Classes.SelectMany(static c => c.Test?.ClassNames ?? [])) IndexOf(name);
        foreach (string name in Rules(config).SelectMany(static rules => rules.Only.Concat(rules.Additional))) IndexOf(name);
        foreach (string name in Reservations(config).SelectMany(static r => r.Classes)) late.Add(IndexOf(name));
        int[] tags = [.. OptionLevels(config).SelectMany(static level => level).SelectMany(static option => option.Classes).Distinct().Select(IndexOf)];

        defined = new ServingClass?[indices.Count];
        foreach (ClientClass4 definition in config.Classes) defined[IndexOf(definition.Name)] ??= new(definition, IndexOf(definition.Name), Resolve);
        (Early, Late) = Order(config);
        shapesOptions = [.. Enumerable.Range(0, Count).Select(i => defined[i]?.Definition.Options.IsEmpty == false || tags.Contains(i))];
        Vendors = indices.Keys.Any(static name => name.StartsWith(VendorPrefix, StringComparison.Ordinal));
    }

    public int Count => indices.Count;

    /// <summary>Looked at before the subnet is chosen.</summary>
    public ImmutableArray<ServingClass> Early { get; }

    /// <summary>Looked at when the reservation is known: they depend on it.</summary>
    public ImmutableArray<ServingClass> Late { get; }

    /// <summary>Some class is named after a vendor class.</summary>
    public bool Vendors { get; }

    /// <summary>The number of a class by its name; false for names that the configuration does not know, which change nothing.</summary>
    public bool TryFind(ReadOnlySpan<char> name, out int index) => byText.TryGetValue(name, out index);

    /// <summary>The definition; null for a class without.</summary>
    public ServingClass? Find(int index) => defined[index];

    /// <summary>The class carries options, or options are for its members only.</summary>
    public bool ShapesOptions(int index) => shapesOptions[index];

    /// <summary>The number of a name that the configuration uses; −1 for others.</summary>
    public int Resolve(string name) => indices.GetValueOrDefault(name, -1);

    public ClassGuard Guard(ClassRules rules) => new([.. rules.Only.Select(Resolve)], rules.Only.Any(name => late.Contains(Resolve(name))));

    public ImmutableArray<int> Additional(ClassRules rules) => [.. rules.Additional.Select(Resolve)];

    private int IndexOf(string name)
    {
        if (!indices.TryGetValue(name, out int index)) indices.Add(name, index = indices.Count);
        return index;
    }

    /// <summary>A definition that names a late class is late itself, and so are those that name it.</summary>
    private (ImmutableArray<ServingClass> Early, ImmutableArray<ServingClass> Late) Order(Dhcp4Config config)
    {
        var early = ImmutableArray.CreateBuilder<ServingClass>();
        var afterwards = ImmutableArray.CreateBuilder<ServingClass>();
        foreach (ClientClass4 definition in config.Classes)
        {
            bool isLate = (definition.Test?.ClassNames ?? []).Any(name => late.Contains(Resolve(name)));
            if (isLate) late.Add(Resolve(definition.Name));
            if (definition.Test is null || definition.OnlyInAdditionalList || Find(Resolve(definition.Name)) is not { } serving) continue;
            if (isLate) afterwards.Add(serving);
            else early.Add(serving);
        }

        return (early.ToImmutable(), afterwards.ToImmutable());
    }

    private static IEnumerable<ClassRules> Rules(Dhcp4Config config) =>
        config.SharedNetworks.Select(static n => n.Classes)
            .Concat(config.AllSubnets.Select(static s => s.Classes))
            .Concat(config.AllSubnets.SelectMany(static s => s.Pools).Select(static p => p.Classes));

    private static IEnumerable<Reservation4> Reservations(Dhcp4Config config) =>
        config.AllSubnets.SelectMany(static s => s.Reservations).Concat(config.Reservations);

    private static IEnumerable<ImmutableArray<OptionData>> OptionLevels(Dhcp4Config config) =>
        config.Classes.Select(static c => c.Options)
            .Concat(config.SharedNetworks.Select(static n => n.Options))
            .Concat(config.AllSubnets.Select(static s => s.Options))
            .Concat(config.AllSubnets.SelectMany(static s => s.Pools).Select(static p => p.Options))
            .Concat(Reservations(config).Select(static r => r.Options))
            .Append(config.Options);
}
