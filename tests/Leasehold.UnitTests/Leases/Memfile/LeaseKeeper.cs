using Leasehold.Leases;
using Leasehold.Leases.Memfile;
using Leasehold.Protocol;

namespace Leasehold.UnitTests.Leases.Memfile;

/// <summary>A table and its lease file, of one family or the other, as the tests of crashes see them.</summary>
internal abstract class LeaseKeeper
{
    protected static readonly Instant Now = new(1_700_000_000);

    public abstract LeaseFormat Format { get; }

    public abstract LeaseLog Log { get; }

    /// <summary>All that RandomChanges may be about.</summary>
    public abstract IEnumerable<object> Keys { get; }

    public static LeaseKeeper Of(int family) => family == 4 ? new LeaseKeeper4() : new LeaseKeeper6();

    /// <summary>Reads the files into a new table, as a start does.</summary>
    public abstract LeaseLoadReport Open(SimulatedDisk disk, string name, LeaseLogOptions options);

    public abstract void Accept();

    public abstract void Rollback();

    /// <summary>The lease of a key as the table has it; null for none.</summary>
    public abstract KeptLease? Get(object key);

    /// <summary>A change as packets make them: appended and applied.</summary>
    /// <returns>What its line says; null for a change without a line.</returns>
    public abstract KeptLease? Change(Random random);

    protected static LeaseChangeKind AnyKind(Random random) => random.Next(6) switch
    {
        0 => LeaseChangeKind.Release,
        1 => LeaseChangeKind.Decline,
        2 => LeaseChangeKind.Offer,
        _ => LeaseChangeKind.Commit,
    };
}

/// <summary>A lease that can be compared, of either family.</summary>
internal sealed record KeptLease(object Key, LeaseState State, object Row);

internal sealed class LeaseKeeper4 : LeaseKeeper
{
    private LeaseTable4 table = new();
    private LeaseLog4? log;

    public override LeaseFormat Format => LeaseFormat.V4;

    public override LeaseLog Log => log!;

    public override IEnumerable<object> Keys => Enumerable.Range(0, 100).Select(at => (object)new Ipv4(0xc0000200 + (uint)at));

    public override LeaseLoadReport Open(SimulatedDisk disk, string name, LeaseLogOptions options)
    {
        table = new();
        return LeaseLog4.Open(disk, name, table, options, out log);
    }

    public override void Accept() => table.Accept();

    public override void Rollback() => table.Rollback();

    public override KeptLease? Get(object key) => table.TryGet((Ipv4)key, out Lease4 lease) ? Kept(LeaseRow.Of(lease)) : null;

    public override KeptLease? Change(Random random)
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
        LeaseChange4 change = new() { Kind = AnyKind(random), Lease = row.ToLease() };
        log!.Append(change, Now);
        table.Apply(change, Now);
        return change.Kind switch
        {
            LeaseChangeKind.Offer => null,
            LeaseChangeKind.Release => Kept(row with { State = LeaseState.Released }),
            LeaseChangeKind.Decline => Kept(row with { State = LeaseState.Declined, ClientId = "", Hostname = "", HardwareAddress = default }),
            _ => Kept(row),
        };
    }

    private static KeptLease Kept(LeaseRow row) => new(row.Address, row.State, row);
}

internal sealed class LeaseKeeper6 : LeaseKeeper
{
    private LeaseTable6 table = new();
    private LeaseLog6? log;

    public override LeaseFormat Format => LeaseFormat.V6;

    public override LeaseLog Log => log!;

    public override IEnumerable<object> Keys => Enumerable.Range(0, 100).Select(at => (object)At(at).Key);

    public override LeaseLoadReport Open(SimulatedDisk disk, string name, LeaseLogOptions options)
    {
        table = new();
        return LeaseLog6.Open(disk, name, table, options, out log);
    }

    public override void Accept() => table.Accept();

    public override void Rollback() => table.Rollback();

    public override KeptLease? Get(object key)
    {
        (bool isPrefix, Ipv6 address) = ((bool, Ipv6))key;
        return table.TryGet(isPrefix ? LeaseType6.Prefix : LeaseType6.NonTemporary, address, out Lease6 lease) ? Kept(LeaseRow6.Of(lease)) : null;
    }

    public override KeptLease? Change(Random random)
    {
        int hardware = random.Next(3);
        LeaseRow6 row = At(random.Next(100)) with
        {
            Duid = $"{(char)random.Next(256)}d{new string((char)random.Next(256), random.Next(20))}",
            Iaid = (uint)random.Next(),
            HardwareAddress = hardware == 0 ? "" : $"\x02\0{random.Next(1000)}",
            HardwareType = (ushort)(hardware == 0 ? 0 : random.Next(300)),
            HardwareSource = hardware == 0 ? HardwareSource6.None : HardwareSource6.RemoteId,
            Hostname = random.Next(2) == 0 ? "" : $"a,b&#x2c{random.Next(1000)}",
            UserContext = random.Next(5) == 0 ? """{ "comment": "one, two" }""" : "",
            ValidLifetime = new((uint)random.Next(1, 5000)),
            PoolId = (uint)random.Next(3),
        };
        row = row with { Expire = Now + row.ValidLifetime };
        LeaseChange6 change = new() { Kind = AnyKind(random), Lease = row.ToLease() };
        log!.Append(change, Now);
        table.Apply(change, Now);
        return change.Kind switch
        {
            LeaseChangeKind.Offer => null,
            LeaseChangeKind.Release => Kept(row with { State = LeaseState.Released }),
            LeaseChangeKind.Decline => Kept(row.Declined()),
            _ => Kept(row),
        };
    }

    /// <summary>Addresses, near together and far apart, and prefixes that begin with some of them.</summary>
    private static LeaseRow6 At(int number) => number < 60
        ? new() { Type = LeaseType6.NonTemporary, Address = new(Ipv6.Parse("2001:db8::").Value + ((UInt128)number << (number & 16))) }
        : new() { Type = LeaseType6.Prefix, Address = new(Ipv6.Parse("2001:db8::").Value + ((UInt128)(number - 60) << 68)), PrefixLength = 60 };

    private static KeptLease Kept(LeaseRow6 row) => new(row.Key, row.State, row);
}
