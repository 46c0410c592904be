namespace Leasehold.Leases.Memfile;

/// <summary>The DHCPv6 lease file.</summary>
internal sealed class LeaseFormat6() : LeaseFormat(LeaseLine6.Schema)
{
    internal override int ScratchLength => LeaseLine6.ScratchLength;

    internal override int MaxLength => LeaseLine6.MaxLength;

    internal override bool TryRead(ReadOnlySpan<byte> line, LeaseColumns columns, Span<byte> scratch, out LeaseLineFacts facts, out string? problem)
    {
        bool read = LeaseLine6.TryRead(line, columns, scratch, out Lease6 lease, out _, out problem);
        facts = new(lease.Address.Value, lease.Type == LeaseType6.Prefix ? lease.PrefixLength : null, lease.ValidLifetime, lease.Expire, LeaseLine6.Bound(lease));
        return read;
    }

    internal override int Rewrite(ReadOnlySpan<byte> line, LeaseColumns columns, Span<byte> scratch, Span<byte> destination) =>
        LeaseLine6.TryRead(line, columns, scratch, out Lease6 lease, out long expire, out string? problem)
            ? LeaseLine6.Write(lease, lease.ValidLifetime.Seconds, expire, destination)
            : throw new IOException($"the file changed while it was read: {problem}");

    internal override ILeaseKeySet NewSet(ulong seed) => new AddressSet6(seed);
}
