using Microsoft.Extensions.Logging;

namespace Leasehold.Serve;

/// <summary>What servers of both families say about the machine that they run on.</summary>
/// <remarks>The names are API: stable for ever, each a section of docs/messages.md.</remarks>
internal static partial class ServerMessages
{
    [LoggerMessage(4040, LogLevel.Information, "listening on interface {Interface}, {Identity}", EventName = "DHCPSRV_CFGMGR_ADD_IFACE")]
    public static partial void InterfaceAdded(ILogger log, string @interface, string identity);

    [LoggerMessage(4041, LogLevel.Information, "no longer listening on interface {Interface}: {Reason}", EventName = "DHCPSRV_IFACE_REMOVED")]
    public static partial void InterfaceRemoved(ILogger log, string @interface, string reason);

    [LoggerMessage(4042, LogLevel.Information, "interface {Interface} has other addresses now, {Identity}", EventName = "DHCPSRV_IFACE_CHANGED")]
    public static partial void InterfaceChanged(ILogger log, string @interface, string identity);

    [LoggerMessage(4043, LogLevel.Error, "failed to open socket: {Reason}", EventName = "DHCPSRV_OPEN_SOCKET_FAIL")]
    public static partial void OpenSocketFail(ILogger log, string reason);

    [LoggerMessage(4044, LogLevel.Warning, "interface {Interface} cannot be served now: {Reason}; it is served as soon as that changes", EventName = "DHCPSRV_IFACE_NOT_USABLE")]
    public static partial void InterfaceNotUsable(ILogger log, string @interface, string reason);

    [LoggerMessage(4045, LogLevel.Warning, "no interface is served now, so no client can be answered", EventName = "DHCPSRV_NO_SOCKETS_OPEN")]
    public static partial void NoSocketsOpen(ILogger log);

    [LoggerMessage(4010, LogLevel.Warning, "process id file {File}: {Reason}", EventName = "DCTL_PID_FILE_ERROR")]
    public static partial void PidFileError(ILogger log, string file, string reason);
}
