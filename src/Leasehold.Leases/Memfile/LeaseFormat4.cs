namespace Leasehold.Leases.Memfile;

/// <summary>The DHCPv4 lease file.</summary>
internal sealed class LeaseFormat4() : LeaseFormat(LeaseLine4.Schema)
{
    internal override int ScratchLength => LeaseLine4.ScratchLength;

    internal override int MaxLength => LeaseLine4.MaxLength;

    internal override bool TryRead(ReadOnlySpan<byte> line, LeaseColumns columns, Span<byte> scratch, out LeaseLineFacts facts, out string? problem)
    {
        bool read = LeaseLine4.TryRead(line, columns, scratch, out Lease4 lease, out _, out problem);
        facts = new(lease.Address.Value, PrefixLength: null, lease.ValidLifetime, lease.Expire, LeaseLine4.Bound(lease));
        return read;
    }

    internal override int Rewrite(ReadOnlySpan<byte> line, LeaseColumns columns, Span<byte> scratch, Span<byte> destination) =>
        LeaseLine4.TryRead(line, columns, scratch, out Lease4 lease, out long expire, out string? problem)
            ? LeaseLine4.Write(lease, lease.ValidLifetime.Seconds, expire, destination)
            : throw new IOException($"the file changed while it was read: {problem}");

    internal override ILeaseKeySet NewSet(ulong seed) => new AddressSet4();
}
