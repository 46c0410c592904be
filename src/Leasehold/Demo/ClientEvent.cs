using System.Globalization;
using Leasehold.Protocol;

namespace Leasehold.Demo;

/// <summary>What a client told its script: one line of the file that the script writes.</summary>
/// <param name="Reason">In the client's own word: <c>bound</c>, <c>RENEW</c>, <c>REBOOT</c>, <c>nak</c> …</param>
/// <param name="Address">The address it configured; null when the event has none.</param>
/// <param name="LeaseSeconds">Seconds of the lease; null when the event has none.</param>
/// <param name="Server">The server identifier; null when the event has none.</param>
public sealed record ClientEvent(string Reason, Ipv4? Address, uint? LeaseSeconds, Ipv4? Server)
{
    /// <summary>True when the client holds a lease after this event.</summary>
    public bool IsLease => Address is not null && Reason.ToUpperInvariant() is "BOUND" or "RENEW" or "REBIND" or "REBOOT";

    /// <summary>The script, for all three clients: keeps the interface in step, appends a line for every event.</summary>
    /// <remarks>udhcpc passes the reason as the argument and short names; dhclient and dhcpcd pass variables.</remarks>
    public static string Script(string eventFile) =>
        $$$"""
        #!/bin/sh
        event=${reason:-$1}
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
        echo "$event ${address:--} ${new_dhcp_lease_time:-${lease:--}} ${new_dhcp_server_identifier:-${serverid:--}}" >>'{{{eventFile}}}'
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
            Ipv4.TryParse(words[3], out var server) ? server : null);
    }
}
