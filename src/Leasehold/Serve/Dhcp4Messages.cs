using Microsoft.Extensions.Logging;

namespace Leasehold.Serve;

/// <summary>What the DHCPv4 server says about itself. Packets have their own lines, see <see cref="PacketEvents"/>.</summary>
/// <remarks>The names are API: stable for ever, each a section of docs/messages.md.</remarks>
internal static partial class Dhcp4Messages
{
    /// <summary>Those that every server says.</summary>
    public static ServiceMessages Service { get; } = new()
    {
        Starting = Starting,
        StartInfo = StartInfo,
        Started = Started,
        ShutdownRequest = ShutdownRequest,
        Shutdown = Shutdown,
        Statistics = Statistics,
        ServerFailed = ServerFailed,
        InitFail = InitFail,
        ConfigStart = ConfigStart,
        ConfigWarning = ConfigWarning,
        ConfigError = ConfigError,
        ConfigLoadFail = ConfigLoadFail,
        Reconfiguration = Reconfiguration,
        ReconfigurationSuccess = ReconfigurationSuccess,
        ReconfigurationFail = ReconfigurationFail,
    };

    [LoggerMessage(4001, LogLevel.Information, "Leasehold DHCPv4 server version {Version} starting", EventName = "DHCP4_STARTING")]
    public static partial void Starting(ILogger log, string version);

    [LoggerMessage(4002, LogLevel.Information, "process {Process}, server port {ServerPort}, client port {ClientPort}", EventName = "DHCP4_START_INFO")]
    public static partial void StartInfo(ILogger log, int process, int serverPort, int clientPort);

    [LoggerMessage(4003, LogLevel.Information, "Leasehold DHCPv4 server version {Version} started", EventName = "DHCP4_STARTED")]
    public static partial void Started(ILogger log, string version);

    [LoggerMessage(4004, LogLevel.Information, "shutdown of server requested by {Signal}", EventName = "DHCP4_SHUTDOWN_REQUEST")]
    public static partial void ShutdownRequest(ILogger log, string signal);

    [LoggerMessage(4005, LogLevel.Information, "server shutdown", EventName = "DHCP4_SHUTDOWN")]
    public static partial void Shutdown(ILogger log);

    [LoggerMessage(4006, LogLevel.Information, "since the start: {Counters}", EventName = "DHCP4_STATISTICS")]
    public static partial void Statistics(ILogger log, string counters);

    [LoggerMessage(4007, LogLevel.Critical, "server failed: {Reason}", EventName = "DHCP4_SERVER_FAILED")]
    public static partial void ServerFailed(ILogger log, string reason, Exception? exception);

    [LoggerMessage(4008, LogLevel.Critical, "failed to initialize the server: {Reason}", EventName = "DHCP4_INIT_FAIL")]
    public static partial void InitFail(ILogger log, string reason);

    [LoggerMessage(4009, LogLevel.Critical, "another server is running: {Reason}", EventName = "DHCP4_ALREADY_RUNNING")]
    public static partial void AlreadyRunning(ILogger log, string reason);

    [LoggerMessage(4020, LogLevel.Information, "reading configuration file {File}", EventName = "DHCP4_CONFIG_START")]
    public static partial void ConfigStart(ILogger log, string file);

    [LoggerMessage(4021, LogLevel.Information, "configuration {File} is in force: {Subnets} subnets, {Pools} pools with {Addresses} addresses, {Reservations} reservations", EventName = "DHCP4_CONFIG_COMPLETE")]
    public static partial void ConfigComplete(ILogger log, string file, int subnets, int pools, long addresses, int reservations);

    [LoggerMessage(4022, LogLevel.Warning, "{Diagnostic}", EventName = "DHCP4_CONFIG_SYNTAX_WARNING")]
    public static partial void ConfigWarning(ILogger log, string diagnostic);

    [LoggerMessage(4023, LogLevel.Error, "{Diagnostic}", EventName = "DHCP4_PARSER_FAIL")]
    public static partial void ConfigError(ILogger log, string diagnostic);

    [LoggerMessage(4024, LogLevel.Error, "configuration error using file: {File}, reason: {Reason}", EventName = "DHCP4_CONFIG_LOAD_FAIL")]
    public static partial void ConfigLoadFail(ILogger log, string file, string reason);

    [LoggerMessage(4025, LogLevel.Information, "reading configuration file {File} again, after {Cause}", EventName = "DHCP4_DYNAMIC_RECONFIGURATION")]
    public static partial void Reconfiguration(ILogger log, string file, string cause);

    [LoggerMessage(4026, LogLevel.Information, "dynamic server reconfiguration succeeded with file: {File}", EventName = "DHCP4_DYNAMIC_RECONFIGURATION_SUCCESS")]
    public static partial void ReconfigurationSuccess(ILogger log, string file);

    [LoggerMessage(4027, LogLevel.Error, "dynamic server reconfiguration failed with file: {File}; the configuration before stays in force: {Reason}", EventName = "DHCP4_DYNAMIC_RECONFIGURATION_FAIL")]
    public static partial void ReconfigurationFail(ILogger log, string file, string reason);

    [LoggerMessage(4046, LogLevel.Information, "using socket type {Type}", EventName = "DHCPSRV_CFGMGR_SOCKET_TYPE_SELECT")]
    public static partial void SocketType(ILogger log, string type);

    [LoggerMessage(4047, LogLevel.Warning, "no packet socket ({Reason}): clients without an address are answered by broadcast", EventName = "DHCPSRV_CFGMGR_SOCKET_RAW_UNSUPPORTED")]
    public static partial void NoPacketSocket(ILogger log, string reason);

    [LoggerMessage(4050, LogLevel.Warning, "no raw socket ({Reason}): replies leave where the query came in, not where the kernel routes them", EventName = "DHCPSRV_ROUTED_SOCKET_UNSUPPORTED")]
    public static partial void NoRoutedSocket(ILogger log, string reason);

    [LoggerMessage(4048, LogLevel.Warning, "{Count} packets were lost on interface {Interface} because they came faster than they could be taken", EventName = "DHCP4_PACKETS_LOST")]
    public static partial void PacketsLost(ILogger log, long count, string @interface);

    [LoggerMessage(4049, LogLevel.Error, "a packet from interface {Interface} could not be processed and was dropped: {Octets}", EventName = "DHCP4_PACKET_PROCESS_EXCEPTION")]
    public static partial void PacketException(ILogger log, string @interface, string octets, Exception exception);

    [LoggerMessage(4070, LogLevel.Warning, "lease {Address} does not fit the configuration: {Problem}", EventName = "DHCPSRV_LEASE_SANITY_FAIL")]
    public static partial void LeaseSanityFail(ILogger log, string address, string problem);

    [LoggerMessage(4071, LogLevel.Information, "lease {Address} did not fit the configuration: {Problem}", EventName = "DHCPSRV_LEASE_SANITY_FIXED")]
    public static partial void LeaseSanityFixed(ILogger log, string address, string problem);

    [LoggerMessage(4072, LogLevel.Warning, "lease {Address} was dropped: {Problem}", EventName = "DHCPSRV_LEASE_SANITY_FAIL_DISCARD")]
    public static partial void LeaseSanityDiscard(ILogger log, string address, string problem);

    [LoggerMessage(4073, LogLevel.Warning, "{Count} more leases were found wanting; each sort of finding has {Lines} lines", EventName = "DHCPSRV_LEASE_SANITY_MORE")]
    public static partial void LeaseSanityMore(ILogger log, int count, int lines);

    [LoggerMessage(4074, LogLevel.Debug, "lease {Address}: {Text}", EventName = "DHCPSRV_LEASE4_EXTENDED_INFO_UPGRADED")]
    public static partial void ExtendedInfoUpgraded(ILogger log, string address, string text);

    [LoggerMessage(4075, LogLevel.Error, "lease {Address}: {Problem}", EventName = "DHCPSRV_LEASE4_EXTENDED_INFO_SANITY_FAIL")]
    public static partial void ExtendedInfoFail(ILogger log, string address, string problem);

    [LoggerMessage(4092, LogLevel.Warning, "address {Address} is in use by {Holder} and not leased to it: nobody gets it for now (decline-probation-period)", EventName = "DHCP4_SERVER_INITIATED_DECLINE")]
    public static partial void ServerInitiatedDecline(ILogger log, string address, string holder);

    [LoggerMessage(4093, LogLevel.Warning, "addresses are offered without asking whether somebody uses them: {Reason}", EventName = "PING_CHECK_MGR_CHANNEL_DOWN")]
    public static partial void ProbesImpossible(ILogger log, string reason);
}
