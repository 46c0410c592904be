using Leasehold.Protocol;

namespace Leasehold.Demo.Clients;

/// <summary>ISC's client. It has no signal to renew: it is started again and asks for the address it had (state INIT-REBOOT).</summary>
public sealed class Dhclient : DhcpClient
{
    private readonly string[] arguments;

    /// <param name="extraConfiguration">Statements of dhclient.conf.</param>
    public Dhclient(string name, NamespaceHost place, string link, string folder, string extraConfiguration = "")
        : base(name, place, link, folder)
    {
        // Without the delays meant for a building full of machines that start at once.
        File.WriteAllText(
            FileOf("conf"),
            $"""
            send host-name "{name}";
            request subnet-mask, routers, domain-name-servers, host-name;
            initial-delay 0; initial-interval 1; backoff-cutoff 2; reboot 5; timeout 30; retry 1;
            {extraConfiguration}

            """);
        File.WriteAllText(FileOf("leases"), "");
        arguments = ["-4", "-v", "-cf", FileOf("conf"), "-lf", FileOf("leases"), "-pf", FileOf("pid"), "-sf", ScriptFile, Link];
    }

    public override string Program => "dhclient";

    public override string RenewalState => "INIT-REBOOT";

    /// <summary>Lets it believe that it had a lease before: it asks for that address first.</summary>
    public void Remember(Ipv4 address, Ipv4 server) =>
        File.WriteAllText(
            FileOf("leases"),
            $$"""
            lease {
              interface "{{Link}}";
              fixed-address {{address}};
              option subnet-mask 255.255.255.0;
              option dhcp-lease-time 86400;
              option dhcp-server-identifier {{server}};
              renew never;
              rebind never;
              expire never;
            }

            """);

    public override void Start() => Running = Place.Start(FileOf("output"), ["dhclient", "-d", .. arguments]);

    protected override void AskToRenew()
    {
        Running?.Kill();
        Start();
    }

    protected override async Task AskToReleaseAsync(CancellationToken cancel)
    {
        // The running one would be ended by the releasing one, which then waits two seconds for it.
        Running?.Kill();
        Running = Place.Start(FileOf("output"), ["dhclient", "-d", "-r", .. arguments]);
        await NextEventAsync(happened => happened.Reason == "RELEASE", "releases its lease", cancel);
    }
}
