namespace Leasehold.Protocol.V6;

/* RFC 8415 §21.4 (IA_NA, 3) and §21.21 (IA_PD, 25)
    0                   1                   2                   3
    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
   +---------------------------------------------------------------+
   |                        IAID (4 octets)                        |
   +---------------------------------------------------------------+
   |                              T1                               |
   +---------------------------------------------------------------+
   |                              T2                               |
   +---------------------------------------------------------------+
   |                  IA_NA-options / IA_PD-options                |
   +---------------------------------------------------------------+   */

/// <summary>The value of an IA_NA or IA_PD option: a view over octets.</summary>
public readonly ref struct IdentityAssociation
{
    /// <summary>IAID, T1 and T2.</summary>
    public const int FixedLength = 12;

    private readonly ReadOnlySpan<byte> options;

    private IdentityAssociation(uint iaid, Lifetime t1, Lifetime t2, ReadOnlySpan<byte> options)
    {
        Iaid = iaid;
        T1 = t1;
        T2 = t2;
        this.options = options;
    }

    public uint Iaid { get; }

    /// <summary>When to renew; 0 leaves it to the client.</summary>
    public Lifetime T1 { get; }

    /// <summary>When to rebind; 0 leaves it to the client.</summary>
    public Lifetime T2 { get; }

    /// <summary>Addresses or prefixes, and a status.</summary>
    public OptionReader6 Options => new(options);

    /// <summary>Reads an option's value. False when it is too short or an option inside it is broken. Never throws.</summary>
    public static bool TryRead(ReadOnlySpan<byte> value, out IdentityAssociation association)
    {
        association = default;
        WireReader reader = new(value);
        if (!reader.TryReadUInt32(out uint iaid) || !reader.TryReadUInt32(out uint t1) || !reader.TryReadUInt32(out uint t2)) return false;
        if (!Dhcp6Message.OptionsAreWhole(value, FixedLength, out _)) return false;
        association = new(iaid, new(t1), new(t2), reader.Rest);
        return true;
    }
}

/* RFC 8415 §21.6, IAADDR (5)                        RFC 8415 §21.22, IAPREFIX (26)
   +-------------------------------------------+     +-------------------------------------------+
   |           IPv6-address (16)               |     |          preferred-lifetime (4)           |
   +-------------------------------------------+     +-------------------------------------------+
   |          preferred-lifetime (4)           |     |            valid-lifetime (4)             |
   +-------------------------------------------+     +----------------+--------------------------+
   |            valid-lifetime (4)             |     | prefix-len (1) |    IPv6-prefix (16)      |
   +-------------------------------------------+     +----------------+--------------------------+
   |             IAaddr-options                |     |             IAprefix-options              |
   +-------------------------------------------+     +-------------------------------------------+   */

/// <summary>An address of an IA_NA or a prefix of an IA_PD, without the options inside it.</summary>
/// <param name="Address">The address, or the prefix's first address.</param>
/// <param name="PrefixLength">128 for an address; of a prefix what the option says, 0 to 128.</param>
/// <param name="Preferred">preferred-lifetime.</param>
/// <param name="Valid">valid-lifetime; 0 takes the lease away (RFC 8415 §18.2.10.1).</param>
public readonly record struct LeasedPrefix6(Ipv6 Address, byte PrefixLength, Lifetime Preferred, Lifetime Valid)
{
    /// <summary>Octets of an IAADDR's value without options.</summary>
    public const int AddressOptionLength = 24;

    /// <summary>Octets of an IAPREFIX's value without options.</summary>
    public const int PrefixOptionLength = 25;

    /// <summary>Reads the value of option 5. False when it is too short.</summary>
    public static bool TryReadAddress(ReadOnlySpan<byte> value, out LeasedPrefix6 lease)
    {
        lease = default;
        WireReader reader = new(value);
        if (!reader.TryReadOctets(16, out ReadOnlySpan<byte> address)) return false;
        if (!reader.TryReadUInt32(out uint preferred) || !reader.TryReadUInt32(out uint valid)) return false;
        lease = new(Ipv6.Read(address), 128, new(preferred), new(valid));
        return true;
    }

    /// <summary>Reads the value of option 26. False when it is too short or the length is above 128.</summary>
    public static bool TryReadPrefix(ReadOnlySpan<byte> value, out LeasedPrefix6 lease)
    {
        lease = default;
        WireReader reader = new(value);
        if (!reader.TryReadUInt32(out uint preferred) || !reader.TryReadUInt32(out uint valid)) return false;
        if (!reader.TryReadByte(out byte length) || length > 128 || !reader.TryReadOctets(16, out ReadOnlySpan<byte> prefix)) return false;
        lease = new(Ipv6.Read(prefix), length, new(preferred), new(valid));
        return true;
    }
}
