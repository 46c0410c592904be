using Microsoft.Extensions.Logging;

namespace Leasehold.Serve;

/// <summary>What is said about the clean-up of the lease file.</summary>
/// <remarks>The names are API: stable for ever, each a section of docs/messages.md.</remarks>
internal static partial class LeaseCleanupMessages
{
    [LoggerMessage(4080, LogLevel.Information, "lease file {File} is cleaned up every {Seconds} s", EventName = "DHCPSRV_MEMFILE_LFC_SETUP")]
    public static partial void Setup(ILogger log, string file, long seconds);

    [LoggerMessage(4081, LogLevel.Information, "starting the clean-up of lease file {File}", EventName = "DHCPSRV_MEMFILE_LFC_START")]
    public static partial void Start(ILogger log, string file);

    [LoggerMessage(4082, LogLevel.Warning, "lease file {File} is being cleaned up by process {Process}; tried again in {Seconds} s", EventName = "LFC_RUNNING")]
    public static partial void Running(ILogger log, string file, int process, long seconds);

    [LoggerMessage(4083, LogLevel.Error, "lease file {File} could not be cleaned up, the file with the process id: {Reason}; tried again in {Seconds} s", EventName = "LFC_FAIL_PID_CREATE")]
    public static partial void PidFileFailed(ILogger log, string file, string reason, long seconds);

    [LoggerMessage(4084, LogLevel.Error, "lease file {File} could not be set aside for a clean-up, and is used on: {Reason}; tried again in {Seconds} s", EventName = "DHCPSRV_MEMFILE_LFC_LEASE_FILE_RENAME_FAIL")]
    public static partial void SwitchFailed(ILogger log, string file, string reason, long seconds);

    [LoggerMessage(4085, LogLevel.Debug, "merging the older files of {File}", EventName = "LFC_PROCESSING")]
    public static partial void Processing(ILogger log, string file);

    [LoggerMessage(4086, LogLevel.Error, "the older files of {File} could not be merged, and stay as they are: {Reason}; tried again in {Seconds} s", EventName = "LFC_FAIL_PROCESS")]
    public static partial void ProcessFailed(ILogger log, string file, string reason, long seconds);

    [LoggerMessage(4087, LogLevel.Debug, "the merged file takes the place of the older files of {File}", EventName = "LFC_ROTATING")]
    public static partial void Rotating(ILogger log, string file);

    [LoggerMessage(4088, LogLevel.Error, "the merged file could not take the place of the older files of {File}: {Reason}; tried again in {Seconds} s", EventName = "LFC_FAIL_ROTATE")]
    public static partial void RotateFailed(ILogger log, string file, string reason, long seconds);

    [LoggerMessage(4089, LogLevel.Information, "leases: {Leases}, read from {Lines} lines with {Octets} octets, {Damaged} of them damaged", EventName = "LFC_READ_STATS")]
    public static partial void ReadStatistics(ILogger log, long leases, long lines, long octets, long damaged);

    [LoggerMessage(4090, LogLevel.Information, "leases: {Leases}, written with {Octets} octets", EventName = "LFC_WRITE_STATS")]
    public static partial void WriteStatistics(ILogger log, long leases, long octets);

    [LoggerMessage(4091, LogLevel.Information, "lease file {File} was cleaned up in {Milliseconds} ms", EventName = "LFC_TERMINATE")]
    public static partial void Finished(ILogger log, string file, long milliseconds);
}
