using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Kea;

/// <summary>"interfaces-config" of the DHCPv6 server, and the older list "interfaces".</summary>
internal static class InterfacesReader6
{
    private const string Forms = "write \"*\", \"eth0\" or \"eth0/2001:db8::1\"";

    /// <summary>The keys of the map.</summary>
    public static readonly KeyTable<InterfacesConfig6> Keys = new("\"interfaces-config\"")
    {
        {
            "interfaces", "Where the server listens: \"*\", \"eth0\", or \"eth0/2001:db8::1\" for an address by which it is reached beside multicast.",
            static (i, v, r) => i with { Interfaces = Selectors(v, r) },
            null, true
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
            "service-sockets-max-retries", "How often a socket that failed is tried again. Not given: until it works.",
            static (i, v, r) => i with { MaxRetries = r.UInt32(v) }
        },
        {
            "service-sockets-retry-wait-time", "Milliseconds from one try to the next. Default 5000.",
            static (i, v, r) => i with { RetryWaitMs = r.UInt32(v, least: 1) ?? i.RetryWaitMs }
        },
    };

    /// <summary>Reads the list of interfaces. One is named once: it is served by multicast, and by unicast at one address at most.</summary>
    public static ImmutableArray<InterfaceSelector6> Selectors(ConfigNode value, Reading reading)
    {
        var selectors = ImmutableArray.CreateBuilder<InterfaceSelector6>();
        foreach (ConfigNode item in reading.List(value)?.Items ?? [])
        {
            if (Selector(item, reading) is not { } selector) continue;
            if (selectors.Any(s => s.Name == selector.Name))
                reading.Error(item.Position, $"interface {selector.Name ?? "*"} is named twice", "remove one");
            else
                selectors.Add(selector);
        }

        return selectors.DrainToImmutable();
    }

    private static InterfaceSelector6? Selector(ConfigNode item, Reading reading)
    {
        if (reading.Text(item) is not { } text) return null;
        string trimmed = text.Trim();
        if (trimmed == "*") return new(Name: null, Unicast: null);
        int slash = trimmed.IndexOf('/');
        string name = slash < 0 ? trimmed : trimmed[..slash];
        if (name.Length == 0 || name == "*")
        {
            reading.Error(item.Position, $"\"{text}\" names no interface", Forms);
            return null;
        }

        if (Subnet4Reader.Interface(new ConfigString(item.Position, name), reading) is null) return null;
        if (slash < 0) return new(name, Unicast: null);
        if (!Ipv6.TryParse(trimmed.AsSpan(slash + 1), out Ipv6 address))
        {
            reading.Error(item.Position, $"\"{text}\": {trimmed[(slash + 1)..]} is not an IPv6 address", "write \"eth0/2001:db8::1\" with one of the interface's addresses");
            return null;
        }

        // RFC 4291 §2.4: multicast is ff00::/8, link-local unicast fe80::/10. Clients of other links reach neither.
        if (!address.IsAny && address.Value >> 120 != 0xFF && address.Value >> 118 != 0x3FA) return new(name, address);
        reading.Error(item.Position, $"\"{text}\": {address} is not an address that clients of other links could reach", "name a global address of the interface, or the interface alone");
        return null;
    }
}
