using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Kea;

/// <summary>"interfaces-config", and the older list "interfaces".</summary>
internal static class InterfacesReader
{
    /// <summary>The keys of the map.</summary>
    public static readonly KeyTable<InterfacesConfig> Keys = new("\"interfaces-config\"")
    {
        {
            "interfaces", "Where the server listens: \"*\", \"eth0\" or \"eth0/192.0.2.1\".",
            static (i, v, r) => i with { Interfaces = Selectors(v, r) },
            null, true
        },
        {
            "dhcp-socket-type", "raw (default) reaches clients without an address, udp serves relayed clients only.",
            static (i, v, r) => i with { RawSockets = r.OneOf(v, ("raw", true), ("udp", false)) ?? true }
        },
        {
            "re-detect", "Interfaces that appear, vanish or change are followed while the server runs. Default true.",
            static (i, v, r) => i with { ReDetect = r.Boolean(v) ?? true }
        },
        {
            "service-sockets-require-all", "The server starts only when every named interface can be served. Default false.",
            static (i, v, r) => i with { RequireAll = r.Boolean(v) ?? false }
        },
        {
            "outbound-interface", "same-as-inbound (default), or use-routing: replies to relays and to clients with an address leave where the kernel routes them.",
            static (i, v, r) => i with { UseRouting = r.OneOf(v, ("same-as-inbound", false), ("use-routing", true)) ?? false }
        },
        {
            "service-sockets-max-retries", "How often a socket that failed is tried again. Not given: until it works.",
            static (i, v, r) => i with { MaxRetries = r.UInt32(v) }
        },
        {
            "service-sockets-retry-wait-time", "Milliseconds from one try to the next. Default 5000.",
            static (i, v, r) => i with { RetryWaitMs = r.UInt32(v, least: 1) ?? i.RetryWaitMs }
        },
    };

    /// <summary>Reads the list of interfaces.</summary>
    public static ImmutableArray<InterfaceSelector> Selectors(ConfigNode value, Reading reading)
    {
        var selectors = ImmutableArray.CreateBuilder<InterfaceSelector>();
        foreach (ConfigNode item in reading.List(value)?.Items ?? [])
        {
            if (Selector(item, reading) is not { } selector) continue;
            if (selectors.Contains(selector))
                reading.Error(item.Position, $"interface {((ConfigString)item).Value} is named twice", "remove one");
            else
                selectors.Add(selector);
        }

        return selectors.DrainToImmutable();
    }

    private static InterfaceSelector? Selector(ConfigNode item, Reading reading)
    {
        if (reading.Text(item) is not { } text) return null;
        string trimmed = text.Trim();
        if (trimmed == "*") return new(Name: null, Address: null);
        int slash = trimmed.IndexOf('/');
        string name = slash < 0 ? trimmed : trimmed[..slash];
        if (name.Length == 0 || name == "*")
        {
            reading.Error(item.Position, $"\"{text}\" names no interface", "write \"*\", \"eth0\" or \"eth0/192.0.2.1\"");
            return null;
        }

        if (Subnet4Reader.Interface(new ConfigString(item.Position, name), reading) is null) return null;
        if (slash < 0) return new(name, Address: null);
        if (Ipv4.TryParse(trimmed.AsSpan(slash + 1), out Ipv4 address)) return new(name, address);
        reading.Error(
            item.Position,
            $"\"{text}\": {trimmed[(slash + 1)..]} is not an IPv4 address",
            "write \"eth0/192.0.2.1\" with one of the interface's addresses");
        return null;
    }
}
