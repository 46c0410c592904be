namespace Leasehold.Demo.Clients;

/// <summary>BusyBox's client: the one in routers, cameras and initial RAM disks. It renews by unicast (state RENEWING).</summary>
/// <param name="extraArguments">Switches of udhcpc, such as <c>-B</c> to ask for broadcast answers.</param>
public sealed class Udhcpc(string name, NamespaceHost place, string link, string folder, params string[] extraArguments)
    : DhcpClient(name, place, link, folder)
{
    public override string Program => "udhcpc";

    public override string RenewalState => "RENEWING";

    public override void Start() =>
        Running = Place.Start(
            FileOf("output"),
            ["udhcpc", "-f", "-i", Link, "-s", ScriptFile, "-p", FileOf("pid"), "-x", $"hostname:{Name}", "-t", "20", "-T", "1", "-A", "1", .. extraArguments]);

    protected override void AskToRenew() => Running?.Signal("USR1");

    protected override async Task AskToReleaseAsync(CancellationToken cancel)
    {
        Running?.Signal("USR2");
        await NextEventAsync(happened => happened.Reason == "deconfig", "releases its lease", cancel);
        if (Running is { } running) await running.TerminateAsync(cancel);
    }
}
