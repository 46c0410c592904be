namespace Leasehold.Demo.Clients;

/// <summary>Roy Marples's client, Debian's dhcpcd-base. Told to renew it asks everybody (state REBINDING).</summary>
public sealed class Dhcpcd : DhcpClient
{
    // Its folders are built in; empty ones laid over them are seen by nobody else, as the mount namespace is its own.
    internal const string OwnFolders =
        "for folder in /run/dhcpcd /var/lib/dhcpcd; do mkdir -p $folder && mount -t tmpfs tmpfs $folder || exit; done; exec \"$@\"";

    /// <param name="extraConfiguration">Lines of dhcpcd.conf, such as <c>broadcast</c>.</param>
    public Dhcpcd(string name, NamespaceHost place, string link, string folder, string extraConfiguration = "")
        : base(name, place, link, folder)
    {
        // Without its random delay, its probe for a foreign user of the address and its fall-back to 169.254.0.0/16.
        File.WriteAllText(
            FileOf("conf"),
            $"""
            hostname {name}
            nodelay
            noarp
            noipv4ll
            option subnet_mask, routers, domain_name_servers, host_name
            {extraConfiguration}

            """);
    }

    public override string Program => "dhcpcd";

    public override string RenewalState => "REBINDING";

    public override void Start() =>
        Running = Place.Start(
            FileOf("output"),
            ["sh", "-c", OwnFolders, "sh", "dhcpcd", "-4", "-B", "-d", "-f", FileOf("conf"), "--script", ScriptFile, Link]);

    protected override void AskToRenew() => Running?.Signal("HUP");

    protected override async Task AskToReleaseAsync(CancellationToken cancel)
    {
        Running?.Signal("ALRM");
        await NextEventAsync(happened => happened.Reason == "STOPPED", "releases its lease", cancel);
    }
}
