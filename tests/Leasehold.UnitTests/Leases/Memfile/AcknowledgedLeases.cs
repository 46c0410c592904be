using Leasehold.Leases;
using Leasehold.Leases.Memfile;
using Leasehold.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Leases.Memfile;

/// <summary>For each address the state that was acknowledged last, and those that were tried after it.</summary>
internal sealed class AcknowledgedLeases
{
    private readonly Dictionary<Ipv4, LeaseRow> acknowledged = [];
    private readonly Dictionary<Ipv4, List<LeaseRow>> attempted = [];

    public void Attempt(List<LeaseRow> lines)
    {
        foreach (LeaseRow row in lines)
        {
            if (!attempted.TryGetValue(row.Address, out List<LeaseRow>? rows)) attempted.Add(row.Address, rows = []);
            rows.Add(row);
        }
    }

    public void Acknowledge(List<LeaseRow> lines)
    {
        foreach (LeaseRow row in lines)
        {
            acknowledged[row.Address] = row;
            attempted.Remove(row.Address);
        }
    }

    /// <summary>The memory of a running server after a failed batch: exactly what was acknowledged, offers apart.</summary>
    public void CompareWith(LeaseTable4 table)
    {
        foreach (LeaseRow row in LeaseRow.All(table.All()))
        {
            if (row.State is LeaseState.Offered or LeaseState.Released) continue;
            Assert.Equal(acknowledged.GetValueOrDefault(row.Address), row);
        }
    }

    public void Check(LeaseTable4 table, string when)
    {
        for (uint at = 0; at < 100; at++)
        {
            Ipv4 address = new(0xc0000200 + at);
            LeaseRow? found = table.TryGet(address, out Lease4 lease) ? LeaseRow.Of(lease) : null;
            LeaseRow? expected = acknowledged.GetValueOrDefault(address) is { State: not LeaseState.Released } row ? row : null;
            bool isAttempt = attempted.TryGetValue(address, out List<LeaseRow>? rows)
                && rows.Any(one => found is null ? one.State == LeaseState.Released : one == found);
            Assert.True(expected == found || isAttempt, $"{when}: {address} is {found}, acknowledged was {expected}");
            // From here on the server knows what it found.
            if (found is null) acknowledged.Remove(address);
            else acknowledged[address] = found;
        }

        attempted.Clear();
    }
}

/// <summary>Changes as packets make them, by chance.</summary>
internal static class RandomBatch
{
    private static readonly Instant Now = new(1_700_000_000);

    /// <summary>One batch: appended, applied, committed; what was acknowledged is noted.</summary>
    /// <returns>False when it could not be stored.</returns>
    public static bool Run(Random random, LeaseLog4 log, LeaseTable4 table, AcknowledgedLeases history)
    {
        List<LeaseRow> lines = AppendOnly(random, log, table, history);
        if (log.TryCommit(out _))
        {
            table.Accept();
            history.Acknowledge(lines);
            return true;
        }

        table.Rollback();
        history.CompareWith(table);
        return false;
    }

    /// <summary>Changes that no commit follows, when the power goes before it.</summary>
    public static List<LeaseRow> AppendOnly(Random random, LeaseLog4 log, LeaseTable4 table, AcknowledgedLeases history)
    {
        List<LeaseRow> lines = [];
        for (int count = random.Next(1, 30); count > 0; count--)
        {
            LeaseRow row = new()
            {
                Address = new(0xc0000200 + (uint)random.Next(100)),
                HardwareAddress = new(random.Next(5) == 0 ? (byte)6 : (byte)1, [2, 0, 0, 0, 0, (byte)random.Next(200)]),
                ClientId = new string((char)random.Next(256), random.Next(20)),
                Hostname = random.Next(2) == 0 ? "" : $"a,b&#x2c{random.Next(1000)}",
                UserContext = random.Next(5) == 0 ? """{ "comment": "one, two" }""" : "",
                ValidLifetime = new((uint)random.Next(1, 5000)),
                PoolId = (uint)random.Next(3),
            };
            row = row with { Expire = Now + row.ValidLifetime };
            LeaseChangeKind kind = random.Next(6) switch { 0 => LeaseChangeKind.Release, 1 => LeaseChangeKind.Decline, 2 => LeaseChangeKind.Offer, _ => LeaseChangeKind.Commit };
            LeaseChange4 change = new() { Kind = kind, Lease = row.ToLease() };
            log.Append(change, Now);
            table.Apply(change, Now);
            if (kind == LeaseChangeKind.Release) row = row with { State = LeaseState.Released };
            if (kind == LeaseChangeKind.Decline)
                row = row with { State = LeaseState.Declined, ClientId = "", Hostname = "", HardwareAddress = default };
            if (kind != LeaseChangeKind.Offer) lines.Add(row);
        }

        history.Attempt(lines);
        return lines;
    }
}
