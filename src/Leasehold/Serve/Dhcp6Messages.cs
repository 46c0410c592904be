using Microsoft.Extensions.Logging;

namespace Leasehold.Serve;

/// <summary>What the DHCPv6 server says about itself. Packets have their own lines, see <see cref="PacketEvents6"/>.</summary>
/// <remarks>The names are API: stable for ever, each a section of docs/messages.md.</remarks>
internal static partial class Dhcp6Messages
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

    [LoggerMessage(6001, LogLevel.Information, "Leasehold DHCPv6 server version {Version} starting", EventName = "DHCP6_STARTING")]
    public static partial void Starting(ILogger log, string version);

    [LoggerMessage(6002, LogLevel.Information, "process {Process}, server port {ServerPort}, client port {ClientPort}", EventName = "DHCP6_START_INFO")]
    public static partial void StartInfo(ILogger log, int process, int serverPort, int clientPort);

    [LoggerMessage(6003, LogLevel.Information, "Leasehold DHCPv6 server version {Version} started", EventName = "DHCP6_STARTED")]
    public static partial void Started(ILogger log, string version);

    [LoggerMessage(6004, LogLevel.Information, "shutdown of server requested by {Signal}", EventName = "DHCP6_SHUTDOWN_REQUEST")]
    public static partial void ShutdownRequest(ILogger log, string signal);

    [LoggerMessage(6005, LogLevel.Information, "server shutdown", EventName = "DHCP6_SHUTDOWN")]
    public static partial void Shutdown(ILogger log);

    [LoggerMessage(6006, LogLevel.Information, "since the start: {Counters}", EventName = "DHCP6_STATISTICS")]
    public static partial void Statistics(ILogger log, string counters);

    [LoggerMessage(6007, LogLevel.Critical, "server failed: {Reason}", EventName = "DHCP6_SERVER_FAILED")]
    public static partial void ServerFailed(ILogger log, string reason, Exception? exception);

    [LoggerMessage(6008, LogLevel.Critical, "failed to initialize the server: {Reason}", EventName = "DHCP6_INIT_FAIL")]
    public static partial void InitFail(ILogger log, string reason);

    [LoggerMessage(6009, LogLevel.Critical, "another server is running: {Reason}", EventName = "DHCP6_ALREADY_RUNNING")]
    public static partial void AlreadyRunning(ILogger log, string reason);

    [LoggerMessage(6020, LogLevel.Information, "reading configuration file {File}", EventName = "DHCP6_CONFIG_START")]
    public static partial void ConfigStart(ILogger log, string file);

    [LoggerMessage(6021, LogLevel.Information, "configuration {File} is in force: {Subnets} subnets, {Pools} pools of addresses, {PdPools} pools of prefixes, {Reservations} reservations", EventName = "DHCP6_CONFIG_COMPLETE")]
    public static partial void ConfigComplete(ILogger log, string file, int subnets, int pools, int pdPools, int reservations);

    [LoggerMessage(6022, LogLevel.Warning, "{Diagnostic}", EventName = "DHCP6_CONFIG_SYNTAX_WARNING")]
    public static partial void ConfigWarning(ILogger log, string diagnostic);

    [LoggerMessage(6023, LogLevel.Error, "{Diagnostic}", EventName = "DHCP6_PARSER_FAIL")]
    public static partial void ConfigError(ILogger log, string diagnostic);

    [LoggerMessage(6024, LogLevel.Error, "configuration error using file: {File}, reason: {Reason}", EventName = "DHCP6_CONFIG_LOAD_FAIL")]
    public static partial void ConfigLoadFail(ILogger log, string file, string reason);

    [LoggerMessage(6025, LogLevel.Information, "reading configuration file {File} again, after {Cause}", EventName = "DHCP6_DYNAMIC_RECONFIGURATION")]
    public static partial void Reconfiguration(ILogger log, string file, string cause);

    [LoggerMessage(6026, LogLevel.Information, "dynamic server reconfiguration succeeded with file: {File}", EventName = "DHCP6_DYNAMIC_RECONFIGURATION_SUCCESS")]
    public static partial void ReconfigurationSuccess(ILogger log, string file);

    [LoggerMessage(6027, LogLevel.Error, "dynamic server reconfiguration failed with file: {File}; the configuration before stays in force: {Reason}", EventName = "DHCP6_DYNAMIC_RECONFIGURATION_FAIL")]
    public static partial void ReconfigurationFail(ILogger log, string file, string reason);

    [LoggerMessage(6048, LogLevel.Warning, "{Count} packets were lost on interface {Interface} because they came faster than they could be taken", EventName = "DHCP6_PACKETS_LOST")]
    public static partial void PacketsLost(ILogger log, long count, string @interface);

    [LoggerMessage(6049, LogLevel.Error, "a packet from interface {Interface} could not be processed and was dropped: {Octets}", EventName = "DHCP6_PACKET_PROCESS_EXCEPTION")]
    public static partial void PacketException(ILogger log, string @interface, string octets, Exception exception);

    [LoggerMessage(6050, LogLevel.Information, "the server's DUID is {Duid}, from {Source}", EventName = "DHCP6_USING_SERVERID")]
    public static partial void UsingServerId(ILogger log, string duid, string source);
}
