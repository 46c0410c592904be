using System.Collections.Immutable;
using System.Globalization;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>Puts client classes in the place of the boot sections of a configuration.</summary>
/// <remarks>
/// The innermost section of a subnet counts for it: its own, its network's, the global one. With a global section alone its classes are
/// looked at for every client; else every subnet asks for the classes of the section that counts for it.
/// </remarks>
internal sealed class BootExpansion
{
    private const string Key = "boot";

    private readonly Reading reading;
    private readonly bool isAdditional;
    private readonly List<ConfigNode> classes = [];

    private BootExpansion(Reading reading, bool isAdditional)
    {
        this.reading = reading;
        this.isAdditional = isAdditional;
    }

    /// <summary>A file's outermost map with the sections of its Dhcp4 written out; the same map where it has none.</summary>
    public static ConfigNode Expand(ConfigNode root, Reading reading) =>
        root is ConfigMap file && file.Find("Dhcp4") is ConfigMap dhcp4 ? With(file, "Dhcp4", ExpandService(dhcp4, reading)) : root;

    private static ConfigMap ExpandService(ConfigMap dhcp4, Reading reading)
    {
        bool hasInner = Maps(dhcp4, "subnet4").Concat(Maps(dhcp4, "shared-networks")).Concat(Maps(dhcp4, "shared-networks").SelectMany(n => Maps(n, "subnet4")))
            .Any(map => map.Find(Key) is not null);
        if (!hasInner && dhcp4.Find(Key) is null) return dhcp4;
        BootExpansion expansion = new(reading, isAdditional: hasInner);
        ImmutableArray<string> global = expansion.Classes([dhcp4], where: "") ?? [];
        if (hasInner)
        {
            ConfigMap service = dhcp4;
            dhcp4 = Each(dhcp4, "shared-networks", network =>
            {
                ImmutableArray<string> around = expansion.Classes([network, service], $"-in-{NameOf(network, "name")}") ?? global;
                return Without(Each(network, "subnet4", subnet => expansion.Subnet([subnet, network, service], around)));
            });
            dhcp4 = Each(dhcp4, "subnet4", subnet => expansion.Subnet([subnet, service], global));
        }

        return Append(Without(dhcp4), "client-classes", [.. expansion.classes]);
    }

    /// <param name="levels">The subnet and the maps around it.</param>
    private ConfigMap Subnet(ImmutableArray<ConfigMap> levels, ImmutableArray<string> around)
    {
        ConfigMap subnet = levels[0];
        ImmutableArray<string> names = Classes(levels, $"-in-{NameOf(subnet, "subnet")}") ?? around;
        if (names.IsEmpty) return Without(subnet);
        string key = subnet.Find("require-client-classes") is null ? "evaluate-additional-classes" : "require-client-classes";
        return Append(Without(subnet), key, [.. names.Select(name => new ConfigString(subnet.Position, name))]);
    }

    /// <summary>Makes the classes of a level's sections.</summary>
    /// <param name="levels">The level and the maps around it.</param>
    /// <returns>Their names; null where the level has no section.</returns>
    private ImmutableArray<string>? Classes(ImmutableArray<ConfigMap> levels, string where)
    {
        if (levels[0].Find(Key) is not { } node) return null;
        var names = ImmutableArray.CreateBuilder<string>();
        int number = 0;
        foreach (BootSection section in BootSectionReader.ReadAll(node, reading))
        {
            if (section.Server is null && section.Entries.FirstOrDefault(e => e.Kind.Transport == BootTransport.Tftp) is { } loads && levels.All(level => level.Find("next-server") is null))
                reading.Warning(loads.Position, $"{loads.Kind.Key} has a file and no server to load it from, so clients ask this machine", "add \"server\" with the TFTP server's address");
            string suffix = ++number == 1 ? where : string.Create(CultureInfo.InvariantCulture, $"{where}-{number}");
            ImmutableArray<ConfigNode> made = BootClasses.Of(section, suffix, isAdditional);
            classes.AddRange(made);
            names.AddRange(made.OfType<ConfigMap>().Select(map => NameOf(map, "name")));
        }

        return names.DrainToImmutable();
    }

    private static IEnumerable<ConfigMap> Maps(ConfigMap map, string key) => map.Find(key) is ConfigList list ? list.Items.OfType<ConfigMap>() : [];

    private static string NameOf(ConfigMap map, string key) => map.Find(key) is ConfigString text ? text.Value : "";

    private static ConfigMap Each(ConfigMap map, string key, Func<ConfigMap, ConfigMap> change) =>
        map.Find(key) is ConfigList list ? With(map, key, list with { Items = [.. list.Items.Select(item => item is ConfigMap inner ? change(inner) : item)] }) : map;

    private static ConfigMap With(ConfigMap map, string key, ConfigNode value) =>
        map with { Members = [.. map.Members.Select(member => member.Key == key ? member with { Value = value } : member)] };

    private static ConfigMap Without(ConfigMap map) => map with { Members = map.Members.RemoveAll(static member => member.Key == Key) };

    private static ConfigMap Append(ConfigMap map, string key, ImmutableArray<ConfigNode> items) => map.Find(key) switch
    {
        null => map with { Members = map.Members.Add(new(key, map.Position, new ConfigList(map.Position, items))) },
        ConfigList list => With(map, key, list with { Items = list.Items.AddRange(items) }),
        _ => map,
    };
}
