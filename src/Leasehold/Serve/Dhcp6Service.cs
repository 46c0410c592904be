using System.Collections.Immutable;
using Leasehold.Configuration;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Log;
using Leasehold.Protocol;

namespace Leasehold.Serve;

/// <summary>The DHCPv6 server.</summary>
internal sealed class Dhcp6Service(ServeArguments arguments, Places places, LogTree logTree)
    : DhcpService<Dhcp6Config>("dhcp6", Dhcp6Messages.Service, arguments, places, logTree)
{
    private readonly Dhcp6Statistics statistics = new();
    private Action<Dhcp6Config>? use;
    private LeaseStore6? store;
    private LeaseCleaner? cleaner;

    protected override int ServerPort => Arguments.ServerPort6;

    protected override int ClientPort => Arguments.ReplyPorts6.Client;

    protected override string StatisticsText => statistics.ToString();

    protected override ConfigResult<Dhcp6Config> Read() => Dhcp6ConfigReader.ReadFile(Arguments.ConfigFile, DiskFiles.Read);

    protected override ImmutableArray<LoggerConfig> LoggersOf(Dhcp6Config config) => config.Loggers;

    protected override string? LeaseFileOf(Dhcp6Config config) => LeaseStore6.FileOf(config, Places);

    protected override int? Open(Dhcp6Config config, string? leaseFile, ServerLoop serving)
    {
        store = LeaseStore6.TryOpen(leaseFile, config.LeaseDatabase, LeaseLog, Console.IsErrorRedirected ? null : Console.Error);
        if (store is null) return ExitStatus.Failed;
        Keep(store);

        Instant now = new(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        ServerDuid duid = ServerDuid.Of(config.ServerId, Places.ServerId6Of(config.DataDirectory), serving.Monitor.Table, now);
        Dhcp6Messages.UsingServerId(Log, HexText.Format(duid.Octets, ':'), duid.Source);
        Dhcp6Family family = new(serving, config, duid.Octets, store, Arguments, new PacketLog6(LogTree), statistics, Log);
        serving.Family = family;
        use = family.Use;
        return CanServe(family.Listeners, config.Interfaces.MaxRetries > 0) ? null : ExitStatus.Failed;
    }

    protected override void StartBeside(Dhcp6Config config, ServerLoop serving)
    {
        if (store is null || LeaseCleaner.Start(store, config.LeaseDatabase, config.ExpiredLeases, serving.Post, TimeProvider.System, LeaseLog) is not { } started) return;
        cleaner = Keep(started);
    }

    protected override void Use(Dhcp6Config config)
    {
        use?.Invoke(config);
        cleaner?.Use(config.LeaseDatabase, config.ExpiredLeases);
    }

    protected override void Complete(Dhcp6Config config)
    {
        int reservations = config.Reservations.Length + config.AllSubnets.Sum(static s => s.Reservations.Length);
        Dhcp6Messages.ConfigComplete(
            Log, Arguments.ConfigFile, config.AllSubnets.Count(), config.AllSubnets.Sum(static s => s.Pools.Length), config.AllSubnets.Sum(static s => s.PdPools.Length), reservations);
    }
}
