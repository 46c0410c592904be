using Leasehold.Protocol;

namespace Leasehold.Leases;

/// <summary>The changes of one packet, in their order, copied: nothing of them need stay where it was. Used again and again.</summary>
public sealed class LeaseChanges6
{
    private readonly List<Row> rows = [];
    private byte[] texts = new byte[1024];
    private int length;

    public int Count => rows.Count;

    /// <summary>True when a Reply has to wait for stable storage.</summary>
    public bool IsDurable { get; private set; }

    /// <summary>A change; its spans are valid until the next Add.</summary>
    public LeaseChange6 this[int index]
    {
        get
        {
            Row row = rows[index];
            ReadOnlySpan<byte> rest = texts.AsSpan(row.Start);
            return new()
            {
                Kind = row.Kind,
                Lease = new()
                {
                    Type = row.Type,
                    Address = row.Address,
                    PrefixLength = row.PrefixLength,
                    Duid = Take(ref rest, row.DuidLength),
                    Iaid = row.Iaid,
                    PreferredLifetime = row.PreferredLifetime,
                    ValidLifetime = row.ValidLifetime,
                    Expire = row.Expire,
                    SubnetId = row.SubnetId,
                    PoolId = row.PoolId,
                    FqdnForward = row.FqdnForward,
                    FqdnReverse = row.FqdnReverse,
                    Hostname = Take(ref rest, row.HostnameLength),
                    HardwareAddress = Take(ref rest, row.HardwareLength),
                    HardwareType = row.HardwareType,
                    HardwareSource = row.HardwareSource,
                    State = row.State,
                    UserContext = Take(ref rest, row.UserContextLength),
                },
            };
        }
    }

    public void Add(scoped in LeaseChange6 change)
    {
        Lease6 lease = change.Lease;
        rows.Add(new()
        {
            Kind = change.Kind,
            Type = lease.Type,
            Address = lease.Address,
            PrefixLength = lease.PrefixLength,
            Iaid = lease.Iaid,
            PreferredLifetime = lease.PreferredLifetime,
            ValidLifetime = lease.ValidLifetime,
            Expire = lease.Expire,
            SubnetId = lease.SubnetId,
            PoolId = lease.PoolId,
            FqdnForward = lease.FqdnForward,
            FqdnReverse = lease.FqdnReverse,
            HardwareType = lease.HardwareType,
            HardwareSource = lease.HardwareSource,
            State = lease.State,
            Start = length,
            DuidLength = lease.Duid.Length,
            HostnameLength = lease.Hostname.Length,
            HardwareLength = lease.HardwareAddress.Length,
            UserContextLength = lease.UserContext.Length,
        });
        Put(lease.Duid);
        Put(lease.Hostname);
        Put(lease.HardwareAddress);
        Put(lease.UserContext);
        IsDurable |= change.IsDurable;
    }

    public void Clear()
    {
        rows.Clear();
        length = 0;
        IsDurable = false;
    }

    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> rest, int length)
    {
        ReadOnlySpan<byte> taken = rest[..length];
        rest = rest[length..];
        return taken;
    }

    private void Put(ReadOnlySpan<byte> text)
    {
        if (length + text.Length > texts.Length) Array.Resize(ref texts, Math.Max(texts.Length * 2, length + text.Length));
        text.CopyTo(texts.AsSpan(length));
        length += text.Length;
    }

    /// <summary>A change without its texts, which lie one after the other from Start on.</summary>
    private readonly record struct Row
    {
        public LeaseChangeKind Kind { get; init; }
        public LeaseType6 Type { get; init; }
        public Ipv6 Address { get; init; }
        public byte PrefixLength { get; init; }
        public uint Iaid { get; init; }
        public Lifetime PreferredLifetime { get; init; }
        public Lifetime ValidLifetime { get; init; }
        public Instant Expire { get; init; }
        public uint SubnetId { get; init; }
        public uint PoolId { get; init; }
        public bool FqdnForward { get; init; }
        public bool FqdnReverse { get; init; }
        public ushort HardwareType { get; init; }
        public HardwareSource6 HardwareSource { get; init; }
        public LeaseState State { get; init; }
        public int Start { get; init; }
        public int DuidLength { get; init; }
        public int HostnameLength { get; init; }
        public int HardwareLength { get; init; }
        public int UserContextLength { get; init; }
    }
}
