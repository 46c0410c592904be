using System.Buffers.Binary;
using System.Security.Cryptography;
using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Leases.Memfile;
using Leasehold.Protocol;
using Microsoft.Extensions.Logging;

namespace Leasehold.Serve;

/// <summary>The DHCPv4 leases.</summary>
internal sealed class LeaseStore4 : LeaseStore
{
    private readonly LeaseLog4? file;

    /// <inheritdoc cref="LeaseStore(LeaseLog?, PidFile?, string, ILogger)"/>
    internal LeaseStore4(LeaseTable4 table, LeaseLog4? file, PidFile? fileLock, string path, ILogger log)
        : base(file, fileLock, path, log)
    {
        Table = table;
        this.file = file;
    }

    public LeaseTable4 Table { get; }

    public override LeaseFormat Format => LeaseFormat.V4;

    /// <summary>The lease file of a configuration; null where leases live in memory only.</summary>
    public static string? FileOf(LeaseDatabaseConfig config, Places places) =>
        config.Persist ? Path.GetFullPath(config.Name ?? places.LeaseFile4) : null;

    /// <summary>Locks the lease file and loads it.</summary>
    /// <param name="path">Null for leases in memory only.</param>
    /// <param name="progress">A terminal to show the loading of a large file on; null for none.</param>
    /// <returns>Null when the server must not start; the log says why.</returns>
    public static LeaseStore4? TryOpen(string? path, LeaseDatabaseConfig config, ILogger log, TextWriter? progress)
    {
        // Client identifiers choose places in the table's hash, so strangers must not know its key.
        LeaseTable4 table = new(BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))));
        if (path is null)
        {
            LeaseFileMessages.NoStorage(log);
            return new(table, null, null, "", log);
        }

        // Moved on before it is filled, the table looks at no lease that is not over.
        table.Advance(new(DateTimeOffset.UtcNow.ToUnixTimeSeconds()), Lifetime.Infinite, int.MaxValue);
        LeaseLog4? opened = TryOpen<LeaseLog4>(path, config, Open, () => table.Count, Dhcp4Messages.AlreadyRunning, log, progress, out PidFile? taken);
        return opened is null ? null : new(table, opened, taken, path, log);

        LeaseLoadReport Open(ILeaseDirectory directory, string name, LeaseLogOptions options, out LeaseLog4? made) =>
            LeaseLog4.Open(directory, name, table, options, out made);
    }

    /// <summary>Notes a change for the next <see cref="LeaseStore.TryCommit"/>.</summary>
    public void Append(in LeaseChange4 change, Instant now) => file?.Append(change, now);
}
