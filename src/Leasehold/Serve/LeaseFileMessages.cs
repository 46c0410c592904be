using Microsoft.Extensions.Logging;

namespace Leasehold.Serve;

/// <summary>What is said about lease files, of both families.</summary>
/// <remarks>The names are API: stable for ever, each a section of docs/messages.md.</remarks>
internal static partial class LeaseFileMessages
{
    [LoggerMessage(4060, LogLevel.Information, "loading leases from file {File}", EventName = "DHCPSRV_MEMFILE_LEASE_FILE_LOAD")]
    public static partial void LeaseFileLoad(ILogger log, string file);

    [LoggerMessage(4061, LogLevel.Information, "{Leases} leases loaded from {Lines} lines of {File} in {Milliseconds} ms", EventName = "DHCPSRV_MEMFILE_LOADED")]
    public static partial void LeasesLoaded(ILogger log, long leases, long lines, string file, long milliseconds);

    [LoggerMessage(4062, LogLevel.Error, "{Problem}", EventName = "DHCPSRV_MEMFILE_LEASE_LOAD_ROW_ERROR")]
    public static partial void LeaseRowError(ILogger log, string problem);

    [LoggerMessage(4067, LogLevel.Warning, "{Finding}", EventName = "DHCPSRV_MEMFILE_FILE_WARNING")]
    public static partial void LeaseFileWarning(ILogger log, string finding);

    [LoggerMessage(4063, LogLevel.Warning, "leases are kept in memory only (lease-database, persist false): they are gone when this process ends", EventName = "DHCPSRV_MEMFILE_NO_STORAGE")]
    public static partial void NoStorage(ILogger log);

    [LoggerMessage(4064, LogLevel.Critical, "lease file {File} cannot be used: {Reason}", EventName = "DHCPSRV_MEMFILE_FAILED_TO_OPEN")]
    public static partial void LeaseFileFailed(ILogger log, string file, string reason);

    [LoggerMessage(4068, LogLevel.Warning, "leases in {File} are not synced to stable storage (lease-database, durability none): a power cut loses acknowledged leases", EventName = "DHCPSRV_MEMFILE_NOT_SYNCED")]
    public static partial void NotSynced(ILogger log, string file);

    [LoggerMessage(4065, LogLevel.Error, "leases cannot be stored, so no client gets an acknowledgement: {Reason} ({File}; {Batches} batches failed so far)", EventName = "DHCPSRV_MEMFILE_WRITE_FAIL")]
    public static partial void WriteFail(ILogger log, string reason, string file, long batches);

    [LoggerMessage(4066, LogLevel.Warning, "leases are stored again in {File}, after {Seconds} s and {Batches} failed batches", EventName = "DHCPSRV_MEMFILE_WRITE_RECOVERED")]
    public static partial void WriteRecovered(ILogger log, string file, long seconds, long batches);
}
