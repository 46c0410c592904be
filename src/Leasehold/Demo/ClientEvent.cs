using System.Globalization;
using Leasehold.Protocol;

namespace Leasehold.Demo;

/// <summary>What a client told its script: one line of the file that the script writes.</summary>
/// <param name="Reason">In the client's own word: <c>bound</c>, <c>RENEW</c>, <c>REBOOT</c>, <c>nak</c> …</param>
/// <param name="Address">The IPv4 address it configured; null when the event has none.</param>
/// <param name="LeaseSeconds">Seconds of the lease; null when the event has none.</param>
/// <param name="Server">The server identifier of DHCPv4; null when the event has none.</param>
/// <param name="Address6">The IPv6 address it was given; null when the event has none.</param>
/// <param name="Prefix">The prefix that was delegated to it; null when the event has none.</param>
public sealed record ClientEvent(string Reason, Ipv4? Address, uint? LeaseSeconds, Ipv4? Server, Ipv6? Address6 = null, Ipv6Prefix? Prefix = null)
{
    /// <summary>True when the client holds a lease after this event.</summary>
    public bool IsLease => Reason.ToUpperInvariant() switch
    {
        "BOUND" or "RENEW" or "REBIND" or "REBOOT" => Address is not null,
        "BOUND6" or "RENEW6" or "REBIND6" or "REBOOT6" => Address6 is not null || Prefix is not null,
        _ => false,
    };

    /// <summary>What the client was given, for a person: one address, or an IPv6 address and a prefix.</summary>
    public string Given => Address is { } address
        ? $"{address}"
        : string.Join(" and ", Given6.Select(leased => leased.Length == Ipv6Prefix.MaxLength ? $"{leased.Network}" : $"{leased}"));

    /// <summary>The IPv6 address, as a prefix of 128 bits, and the delegated prefix; empty for a lease of DHCPv4.</summary>
    public IEnumerable<Ipv6Prefix> Given6
    {
        get
        {
            if (Address6 is { } address) yield return new(address, Ipv6Prefix.MaxLength);
            if (Prefix is { } prefix) yield return prefix;
        }
    }

    /// <summary>The script, for all clients: keeps the interface in step, appends a line for every event.</summary>
    /// <remarks>udhcpc passes the reason as the argument and short names; dhclient and dhcpcd pass variables. With DHCPv6, dhcpcd configures the address itself.</remarks>
    public static string Script(string eventFile) =>
        $$$"""
        #!/bin/sh
        event=${reason:-$1}
        seconds=${new_dhcp_lease_time:-${lease:-$new_dhcp6_ia_na1_ia_addr1_vltime}}
        prefix=${new_dhcp6_ia_pd1_prefix1:+$new_dhcp6_ia_pd1_prefix1/$new_dhcp6_ia_pd1_prefix1_length}
        address=${new_ip_address:-$ip}
        router=${new_routers:-$router}
        case $event in
        PREINIT)
            ip link set dev "$interface" up ;;
        BOUND|RENEW|REBIND|REBOOT|bound|renew)
            ip address replace "$address/${new_subnet_mask:-${subnet:-255.255.255.0}}" dev "$interface"
            [ -z "$router" ] || ip route replace default via "${router%% *}" dev "$interface" ;;
        deconfig|EXPIRE|FAIL|RELEASE|STOP)
            ip -4 address flush dev "$interface" ;;
        esac
        echo "$event ${address:--} ${seconds:--} ${new_dhcp_server_identifier:-${serverid:--}} ${new_dhcp6_ia_na1_ia_addr1:--} ${prefix:--}" >>'{{{eventFile}}}'
        exit 0
        """;

    /// <summary>All complete lines of an event file; none when it does not exist yet.</summary>
    public static IReadOnlyList<ClientEvent> ReadAll(string eventFile)
    {
        if (!File.Exists(eventFile)) return [];
        string text = File.ReadAllText(eventFile);
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    private static ClientEvent Parse(string line)
    {
        string[] words = line.Split(' ');
        return new ClientEvent(
            words[0],
            Ipv4.TryParse(words[1], out var address) ? address : null,
            uint.TryParse(words[2], CultureInfo.InvariantCulture, out uint seconds) ? seconds : null,
            Ipv4.TryParse(words[3], out var server) ? server : null,
            Ipv6.TryParse(words[4], out var address6) ? address6 : null,
            Ipv6Prefix.TryParse(words[5], out var prefix, out bool hostBits) && !hostBits ? prefix : null);
    }
}
