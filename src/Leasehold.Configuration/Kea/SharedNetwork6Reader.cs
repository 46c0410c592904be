using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>An element of "shared-networks" of the DHCPv6 server.</summary>
internal static class SharedNetwork6Reader
{
    /// <summary>The keys of a shared network.</summary>
    public static readonly KeyTable<SharedNetwork6> Keys = new("a shared network")
    {
        { "name", "The network's name.", static (n, v, r) => r.TextOrNothing(v) is { } name ? n with { Name = name } : n },
        {
            "subnet6", "The subnets on this link.",
            static (n, v, r) => n with { Subnets = r.Records(v, Subnet6Reader.Read) },
            Subnet6Reader.Keys, true
        },
        {
            "relay", "Relays that serve this network.",
            static (n, v, r) => n with { RelayAddresses = r.Map(v) is { } map ? Subnet6Reader.RelayKeys.Read([], map, r) : [] },
            Subnet6Reader.RelayKeys
        },
        {
            "interface", "The interface whose direct clients belong here.",
            static (n, v, r) => n with { Interface = Subnet4Reader.Interface(v, r) }
        },
        {
            "interface-id", "The interface id (option 18) of a relay whose clients belong here, as characters.",
            static (n, v, r) => n with { InterfaceId = Subnet6Reader.InterfaceId(v, r) }
        },
        {
            "option-data", "Options of the network.",
            static (n, v, r) => n with { Options = OptionDataReader.ReadAll(v, r) },
            OptionDataReader.Keys, true
        },
        ClassRows.In<SharedNetwork6>(static n => n.Classes, static (n, rules) => n with { Classes = rules }),
        ParameterRows6.OfLinks<SharedNetwork6>(static n => n.Parameters, static (n, p) => n with { Parameters = p }),
    };

    /// <summary>Reads a network; null when it has no name.</summary>
    public static SharedNetwork6? Read(ConfigMap map, Reading reading)
    {
        SharedNetwork6 network = Keys.Read(new SharedNetwork6 { Name = "", Origin = reading.OriginOf(map) }, map, reading);
        ClassRows.CheckOnce(map, reading);
        Subnet6Reader.CheckLink(network.Interface, network.InterfaceId, map, reading);
        if (network.Name.Length > 0) return network with { Parameters = ParameterRows6.Complete(network.Parameters, map, reading) };
        reading.Error(map.Position, "this shared network has no \"name\"", "add it");
        return null;
    }
}
