using System.Collections.Immutable;
using Leasehold.Configuration;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Log;

namespace Leasehold.Serve;

/// <summary>The DHCPv4 server.</summary>
internal sealed class Dhcp4Service(ServeArguments arguments, Places places, LogTree logTree)
    : DhcpService<Dhcp4Config>("dhcp4", Dhcp4Messages.Service, arguments, places, logTree)
{
    private readonly Dhcp4Statistics statistics = new();
    private Action<Dhcp4Config>? use;
    private LeaseStore4? store;
    private LeaseCleaner? cleaner;

    protected override int ServerPort => Arguments.ServerPort4;

    protected override int ClientPort => Arguments.ReplyPorts4.Client;

    protected override string StatisticsText => statistics.ToString();

    protected override ConfigResult<Dhcp4Config> Read() => Dhcp4ConfigReader.ReadFile(Arguments.ConfigFile, DiskFiles.Read);

    protected override ImmutableArray<LoggerConfig> LoggersOf(Dhcp4Config config) => config.Loggers;

    protected override string? LeaseFileOf(Dhcp4Config config) => LeaseStore4.FileOf(config.LeaseDatabase, Places);

    protected override int? Open(Dhcp4Config config, string? leaseFile, ServerLoop serving)
    {
        store = LeaseStore4.TryOpen(leaseFile, config.LeaseDatabase, LeaseLog, Console.IsErrorRedirected ? null : Console.Error);
        if (store is null) return ExitStatus.Failed;
        Keep(store);
        Dhcp4Family family = new(serving, config, store, Arguments, new PacketLog(LogTree), statistics, Log);
        serving.Family = family;
        use = family.Use;
        if (!CanServe(family.Listeners, config.Interfaces.MaxRetries > 0)) return ExitStatus.Failed;
        LeaseSanityLog findings = new(LeaseLog);
        family.CheckLeases(config.SanityChecks, findings.Report);
        findings.End();
        return null;
    }

    protected override void StartBeside(Dhcp4Config config, ServerLoop serving)
    {
        if (store is null || LeaseCleaner.Start(store, config.LeaseDatabase, config.ExpiredLeases, serving.Post, TimeProvider.System, LeaseLog) is not { } started) return;
        cleaner = Keep(started);
    }

    protected override void Use(Dhcp4Config config)
    {
        use?.Invoke(config);
        cleaner?.Use(config.LeaseDatabase, config.ExpiredLeases);
    }

    protected override void Complete(Dhcp4Config config)
    {
        long addresses = config.AllSubnets.Sum(static s => s.Pools.Sum(static p => p.Range.Count));
        int reservations = config.Reservations.Length + config.AllSubnets.Sum(static s => s.Reservations.Length);
        Dhcp4Messages.ConfigComplete(Log, Arguments.ConfigFile, config.AllSubnets.Count(), config.AllSubnets.Sum(static s => s.Pools.Length), addresses, reservations);
    }
}
