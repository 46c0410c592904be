using System.CommandLine;

namespace Leasehold.Serve;

/// <summary>leasehold dhcp6: the DHCPv6 server, with the switches of the established one.</summary>
internal static class Dhcp6Command
{
    public static Command Create()
    {
        ServeOptions options = new();
        Command command = new("dhcp6", "Run the DHCPv6 server.");
        options.AddTo(command);
        command.SetAction(parsed => ServiceCommand.Run(options.Read(parsed), parsed.InvocationConfiguration, static _ => [ServiceCommand.Dhcp6]));
        return command.WithExample("leasehold dhcp6 -c /etc/kea/kea-dhcp6.conf\nleasehold dhcp6 -t /etc/kea/kea-dhcp6.conf");
    }
}
