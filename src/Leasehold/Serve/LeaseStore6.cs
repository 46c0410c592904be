using System.Buffers.Binary;
using System.Security.Cryptography;
using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Leases.Memfile;
using Leasehold.Protocol;
using Microsoft.Extensions.Logging;

namespace Leasehold.Serve;

/// <summary>The DHCPv6 leases.</summary>
internal sealed class LeaseStore6 : LeaseStore
{
    private readonly LeaseLog6? file;

    /// <inheritdoc cref="LeaseStore(LeaseLog?, PidFile?, string, ILogger)"/>
    internal LeaseStore6(LeaseTable6 table, LeaseLog6? file, PidFile? fileLock, string path, ILogger log)
        : base(file, fileLock, path, log)
    {
        Table = table;
        this.file = file;
    }

    public LeaseTable6 Table { get; }

    public override LeaseFormat Format => LeaseFormat.V6;

    /// <summary>The lease file of a configuration; null where leases live in memory only.</summary>
    public static string? FileOf(Dhcp6Config config, Places places) =>
        config.LeaseDatabase.Persist ? Path.GetFullPath(places.LeaseFile6Of(config.DataDirectory, config.LeaseDatabase.Name)) : null;

    /// <summary>Locks the lease file and loads it.</summary>
    /// <param name="path">Null for leases in memory only.</param>
    /// <param name="progress">A terminal to show the loading of a large file on; null for none.</param>
    /// <returns>Null when the server must not start; the log says why.</returns>
    public static LeaseStore6? TryOpen(string? path, LeaseDatabaseConfig config, ILogger log, TextWriter? progress)
    {
        // DUIDs choose places in the table's hash, so strangers must not know its key.
        LeaseTable6 table = new(BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))));
        if (path is null)
        {
            LeaseFileMessages.NoStorage(log);
            return new(table, null, null, "", log);
        }

        // Moved on before it is filled, the table looks at no lease that is not over.
        table.Advance(new(DateTimeOffset.UtcNow.ToUnixTimeSeconds()), Lifetime.Infinite, int.MaxValue);
        LeaseLog6? opened = TryOpen<LeaseLog6>(path, config, Open, () => table.Count, Dhcp6Messages.AlreadyRunning, log, progress, out PidFile? taken);
        return opened is null ? null : new(table, opened, taken, path, log);

        LeaseLoadReport Open(ILeaseDirectory directory, string name, LeaseLogOptions options, out LeaseLog6? made) =>
            LeaseLog6.Open(directory, name, table, options, out made);
    }

    /// <summary>Notes a change for the next <see cref="LeaseStore.TryCommit"/>.</summary>
    public void Append(in LeaseChange6 change, Instant now) => file?.Append(change, now);
}
