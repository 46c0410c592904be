namespace Leasehold.Demo.Clients;

/// <summary>Debian's dhcpcd-base as a home router on its outer side: it asks for an address and for a prefix (IA_NA and IA_PD of RFC 9915).</summary>
public sealed class Dhcpcd6 : DhcpClient
{
    public Dhcpcd6(string name, NamespaceHost place, string link, string folder)
        : base(name, place, link, folder)
    {
        // It does not wait for a router to announce DHCPv6. "-": the prefix is kept for networks behind it, of which there are none here.
        File.WriteAllText(
            FileOf("conf"),
            $"""
            duid
            noipv6rs
            nodelay
            interface {link}
            ipv6only
            ia_na 1
            ia_pd 2/::/56 -

            """);
    }

    public override string Program => "dhcpcd -6";

    /// <summary>The message of RFC 9915 §18.2.4.</summary>
    public override string RenewalState => "RENEW";

    public override void Start() =>
        Running = Place.Start(
            FileOf("output"),
            ["sh", "-c", Dhcpcd.OwnFolders, "sh", "dhcpcd", "-6", "-B", "-d", "-f", FileOf("conf"), "--script", ScriptFile, Link]);

    protected override void AskToRenew() => Running?.Signal("USR1");

    protected override async Task AskToReleaseAsync(CancellationToken cancel)
    {
        Running?.Signal("ALRM");
        await NextEventAsync(happened => happened.Reason == "STOPPED", "releases its leases", cancel);
    }
}
