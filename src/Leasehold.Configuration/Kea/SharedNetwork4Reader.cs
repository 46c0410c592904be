using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>An element of "shared-networks".</summary>
internal static class SharedNetwork4Reader
{
    /// <summary>The keys of a shared network.</summary>
    public static readonly KeyTable<SharedNetwork4> Keys = new("a shared network")
    {
        { "name", "The network's name.", static (n, v, r) => r.TextOrNothing(v) is { } name ? n with { Name = name } : n },
        {
            "subnet4", "The subnets on this link.",
            static (n, v, r) => n with { Subnets = r.Records(v, Subnet4Reader.Read) },
            Subnet4Reader.Keys, true
        },
        {
            "relay", "Relays that serve this network.",
            static (n, v, r) => n with { RelayAddresses = r.Map(v) is { } map ? Subnet4Reader.RelayKeys.Read([], map, r) : [] },
            Subnet4Reader.RelayKeys
        },
        {
            "interface", "The interface whose direct clients belong here.",
            static (n, v, r) => n with { Interface = Subnet4Reader.Interface(v, r) }
        },
        {
            "option-data", "Options of the network.",
            static (n, v, r) => n with { Options = OptionDataReader.ReadAll(v, r) },
            OptionDataReader.Keys, true
        },
        BootSectionReader.Row<SharedNetwork4>(),
        ClassRows.In<SharedNetwork4>(static n => n.Classes, static (n, rules) => n with { Classes = rules }),
        ParameterRows.In<SharedNetwork4>(static n => n.Parameters, static (n, p) => n with { Parameters = p }),
        LaterRows.Of<SharedNetwork4>(LaterRows.Level.Network),
    };

    /// <summary>Reads a network; null when it has no name.</summary>
    public static SharedNetwork4? Read(ConfigMap map, Reading reading)
    {
        SharedNetwork4 network = Keys.Read(new SharedNetwork4 { Name = "", Probe = PingCheckReader.Of(map, reading), Origin = reading.OriginOf(map) }, map, reading);
        ClassRows.CheckOnce(map, reading);
        if (network.Name.Length > 0) return network with { Parameters = ParameterRows.Complete(network.Parameters, map, reading) };
        reading.Error(map.Position, "this shared network has no \"name\"", "add it");
        return null;
    }
}
