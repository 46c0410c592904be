using Xunit;
using static Leasehold.SystemTests.Dhcp4.ServedNetwork;

namespace Leasehold.SystemTests.Dhcp4;

/// <summary>The boot section over a cable: BusyBox's client, which reads what a boot ROM reads, says what ROMs say (RFC 4578 §2.1) and tells what it was told.</summary>
public class BootTests
{
    private const string Office =
        """
        {
          "boot": {
            "server": "192.0.2.5", "bios": "undionly.kpxe", "uefi-x64": "ipxe.efi",
            "uefi-http-x64": "http://boot.example/ipxe.efi", "ipxe": "http://boot.example/menu.ipxe"
          },
          "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "pools": [ { "pool": "192.0.2.100 - 192.0.2.109" } ] } ]
        }
        """;

    [Theory]
    [InlineData("0x5d:0000", "PXEClient:Arch:00000:UNDI:002001", "192.0.2.5 undionly.kpxe 192.0.2.5 undionly.kpxe -")]
    [InlineData("0x5d:0007", "PXEClient:Arch:00007:UNDI:003016", "192.0.2.5 ipxe.efi 192.0.2.5 ipxe.efi -")]
    [InlineData("0x5d:0010", "HTTPClient:Arch:00016:UNDI:003001", "- http://boot.example/ipxe.efi - http://boot.example/ipxe.efi HTTPClient")]
    [InlineData("0x4d:69505845", "PXEClient:Arch:00007:UNDI:003010", "192.0.2.5 http://boot.example/menu.ipxe 192.0.2.5 http://boot.example/menu.ipxe -")]
    [InlineData("0x5d:0000", "udhcp", "192.0.2.5 undionly.kpxe 192.0.2.5 undionly.kpxe -")]
    [InlineData("hostname:box", "udhcp", "- - - - -")]
    public async Task A_client_is_told_what_its_architecture_boots(string option, string vendorClass, string expected)
    {
        await using var network = await Create(Office);
        await network.StartServer();
        string script = Path.Combine(network.Folder, "script");
        await File.WriteAllTextAsync(script, "#!/bin/sh\n[ \"$1\" != bound ] || echo \"told: ${siaddr:--} ${boot_file:--} ${tftp:--} ${bootfile:--} ${vendor:-${opt60:--}}\"\n", Cancel);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        string output = network.ClientHost.Run(
            "udhcpc", "-f", "-q", "-n", "-i", "eth0", "-s", script, "-t", "20", "-T", "1", "-O", "tftp", "-O", "bootfile", "-O", "60", "-x", option, "-V", vendorClass);

        Assert.Contains($"told: {expected}", output, StringComparison.Ordinal);
    }
}
