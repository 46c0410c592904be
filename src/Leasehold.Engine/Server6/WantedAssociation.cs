using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>An IA_NA or IA_PD of a client's message: a view over its octets.</summary>
internal readonly ref struct WantedAssociation
{
    private readonly OptionReader6 options;

    private WantedAssociation(LeaseType6 type, uint iaid, OptionReader6 options)
    {
        Type = type;
        Iaid = iaid;
        this.options = options;
    }

    /// <summary>NonTemporary or Prefix.</summary>
    public LeaseType6 Type { get; }

    public uint Iaid { get; }

    /// <summary>What the client names: addresses or prefixes, in its order. Each call begins anew.</summary>
    public WantedLeases Wanted => new(options, Type);

    /// <summary>True when the option and the addresses or prefixes in it can be read.</summary>
    /// <param name="code">IaNa or IaPd.</param>
    public static bool IsWhole(ushort code, ReadOnlySpan<byte> value)
    {
        if (!TryRead(code, value, out WantedAssociation association)) return false;
        OptionReader6 inner = association.options;
        while (inner.TryRead(out ushort innerCode, out ReadOnlySpan<byte> innerValue))
        {
            if (WantedLeases.IsLease(association.Type, innerCode) && !WantedLeases.TryRead(association.Type, innerValue, out _)) return false;
        }

        return true;
    }

    /// <summary>Reads the value of option 3 or 25. False when it is broken.</summary>
    public static bool TryRead(ushort code, ReadOnlySpan<byte> value, out WantedAssociation association)
    {
        association = default;
        if (!IdentityAssociation.TryRead(value, out IdentityAssociation read)) return false;
        association = new(code == OptionCode6.IaPd ? LeaseType6.Prefix : LeaseType6.NonTemporary, read.Iaid, read.Options);
        return true;
    }

    /// <summary>What the client says of how long it would like to have this: said of it, or else of the first that it names; zeros for no wish.</summary>
    public LeasedPrefix6 LifetimeWish(Ipv6Prefix prefix)
    {
        LeasedPrefix6 first = default;
        bool any = false;
        WantedLeases wanted = Wanted;
        while (wanted.TryNext(out LeasedPrefix6 lease))
        {
            if (lease.Address == prefix.Network && lease.PrefixLength == prefix.Length) return lease;
            if (!any) first = lease;
            any = true;
        }

        return first;
    }
}

/// <summary>Walks the addresses or prefixes that a client names in an association.</summary>
internal ref struct WantedLeases(OptionReader6 options, LeaseType6 type)
{
    private OptionReader6 rest = options;

    public static bool IsLease(LeaseType6 type, ushort code) => code == (type == LeaseType6.Prefix ? OptionCode6.IaPrefix : OptionCode6.IaAddress);

    public static bool TryRead(LeaseType6 type, ReadOnlySpan<byte> value, out LeasedPrefix6 lease) =>
        type == LeaseType6.Prefix ? LeasedPrefix6.TryReadPrefix(value, out lease) : LeasedPrefix6.TryReadAddress(value, out lease);

    /// <summary>The next one; the address is :: where the client has no address or prefix in mind.</summary>
    public bool TryNext(out LeasedPrefix6 lease)
    {
        while (rest.TryRead(out ushort code, out ReadOnlySpan<byte> value))
        {
            if (IsLease(type, code) && TryRead(type, value, out lease)) return true;
        }

        lease = default;
        return false;
    }
}

/// <summary>Walks the identity associations of a message in its order.</summary>
internal ref struct WantedAssociations(OptionReader6 options)
{
    private OptionReader6 rest = options;

    /// <summary>The next IA_NA or IA_PD. An IA_TA is passed over: RFC 9915 has no such option any more.</summary>
    public bool TryNext(out WantedAssociation association)
    {
        while (rest.TryRead(out ushort code, out ReadOnlySpan<byte> value))
        {
            if (code is OptionCode6.IaNa or OptionCode6.IaPd && WantedAssociation.TryRead(code, value, out association)) return true;
        }

        association = default;
        return false;
    }
}
