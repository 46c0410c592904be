using Leasehold.Protocol;

namespace Leasehold.Leases.Memfile;

/// <summary>One line of a DHCPv6 lease file, from and to a lease.</summary>
/// <remarks>
/// <code>
/// address,duid,valid_lifetime,expire,subnet_id,pref_lifetime,lease_type,iaid,prefix_len,fqdn_fwd,fqdn_rev,hostname,hwaddr,state,user_context,hwtype,hwaddr_source,pool_id
/// 2001:db8::10,00:03:00:01:02:00:5e:10:00:01,3600,1700003600,1,1800,0,7,128,0,0,printer.example.org,02:00:5e:10:00:01,0,,1,2,0
/// </code>
/// Schema 1.0 ends with hostname, 2.0 with hwaddr, 3.0 with state, 3.1 with user_context, 4.0 with hwaddr_source, 5.0 with pool_id.
/// </remarks>
internal static class LeaseLine6
{
    /// <summary>Today's header, without the end of the line.</summary>
    public const string Header =
        "address,duid,valid_lifetime,expire,subnet_id,pref_lifetime,lease_type,iaid,prefix_len,fqdn_fwd,fqdn_rev,hostname,hwaddr,state,user_context,hwtype,hwaddr_source,pool_id";

    /// <summary>A reader's scratch space: for DUID, link-layer address, host name and user context.</summary>
    public const int ScratchLength = TextsAt + Lease6.MaxHostname + (Lease6.MaxUserContext * 5);

    /// <summary>The longest line that can be a lease's.</summary>
    public const int MaxLength = 512 + (Lease6.MaxDuid * 3) + (Lease6.MaxHostname * 5) + (Lease6.MaxUserContext * 5);

    private const int HardwareAt = Lease6.MaxDuid;
    private const int TextsAt = HardwareAt + Lease6.MaxHardwareAddress;

    public static LeaseSchema Schema { get; } = new(Header, (int)Column.Hostname + 1, "DHCPv6 lease file");

    /// <summary>The DUID of an address that belongs to nobody, because a line must have one.</summary>
    private static ReadOnlySpan<byte> Nobody => [0, 0, 0];

    /// <summary>Room that is enough for a lease's line.</summary>
    public static int Bound(in Lease6 lease) =>
        384 + (lease.Duid.Length * 3) + (lease.Hostname.Length * 5) + (lease.UserContext.Length * 5);

    /// <summary>Writes a lease's line, its end included.</summary>
    /// <param name="validLifetime">0 says that the lease is no more.</param>
    /// <param name="expire">The moment of the grant or renewal and the valid lifetime, also when that is infinite.</param>
    /// <param name="destination">At least <see cref="Bound"/> octets.</param>
    /// <returns>How many octets were written.</returns>
    public static int Write(in Lease6 lease, uint validLifetime, long expire, Span<byte> destination)
    {
        int length = LeaseText.WriteAddress(lease.Address, destination);
        destination[length++] = (byte)',';
        length += LeaseText.WriteOctets(lease.Duid.IsEmpty ? Nobody : lease.Duid, destination[length..]);
        LeaseFields.WriteNumber(validLifetime, destination, ref length);
        LeaseFields.WriteNumber(expire, destination, ref length);
        LeaseFields.WriteNumber(lease.SubnetId, destination, ref length);
        LeaseFields.WriteNumber(lease.PreferredLifetime.Seconds, destination, ref length);
        LeaseFields.WriteNumber((byte)lease.Type, destination, ref length);
        LeaseFields.WriteNumber(lease.Iaid, destination, ref length);
        LeaseFields.WriteNumber(lease.PrefixLength, destination, ref length);
        LeaseFields.WriteNumber(lease.FqdnForward ? 1 : 0, destination, ref length);
        LeaseFields.WriteNumber(lease.FqdnReverse ? 1 : 0, destination, ref length);
        destination[length++] = (byte)',';
        length += LeaseText.WriteEscaped(lease.Hostname, destination[length..]);
        destination[length++] = (byte)',';
        length += LeaseText.WriteOctets(lease.HardwareAddress, destination[length..]);
        LeaseFields.WriteNumber((byte)lease.State, destination, ref length);
        destination[length++] = (byte)',';
        length += LeaseText.WriteEscaped(lease.UserContext, destination[length..]);
        if (lease.HardwareAddress.IsEmpty)
        {
            ",,"u8.CopyTo(destination[length..]);
            length += 2;
        }
        else
        {
            LeaseFields.WriteNumber(lease.HardwareType, destination, ref length);
            LeaseFields.WriteNumber((uint)lease.HardwareSource, destination, ref length);
        }

        LeaseFields.WriteNumber(lease.PoolId, destination, ref length);
        destination[length++] = (byte)'\n';
        return length;
    }

    /// <summary>Reads a line without its end.</summary>
    /// <param name="scratch">At least <see cref="ScratchLength"/> octets; the lease's texts lie in it.</param>
    /// <param name="lease">Expire is Never where the lifetime is infinite; a lifetime of 0 says that the lease is no more.</param>
    /// <param name="expire">The column as it is.</param>
    /// <param name="problem">What is wrong, for a person; null when nothing is.</param>
    public static bool TryRead(
        scoped ReadOnlySpan<byte> line, LeaseColumns columns, Span<byte> scratch, out Lease6 lease, out long expire, out string? problem)
    {
        lease = default;
        Fields fields = new(scratch);
        bool read = LeaseFields.TryRead(line, columns, Schema, ref fields, out problem);
        expire = fields.Expire;
        if (!read) return false;
        ReadOnlySpan<byte> duid = scratch[..fields.DuidLength];
        bool isNobody = duid.IndexOfAnyExcept((byte)0) < 0;
        if (isNobody && fields.State != (byte)LeaseState.Declined && fields.Lifetime != 0)
        {
            problem = "duid is that of nobody, and the address is not declined";
            return false;
        }

        bool isPrefix = fields.Type == (byte)LeaseType6.Prefix;
        if (!isPrefix && fields.PrefixLength != Ipv6Prefix.MaxLength)
        {
            problem = $"{Schema.NameOf((int)Column.PrefixLength)} {fields.PrefixLength} is not 128, as an address has it";
            return false;
        }

        lease = new()
        {
            Type = (LeaseType6)fields.Type,
            Address = fields.Address,
            PrefixLength = (byte)fields.PrefixLength,
            Duid = isNobody ? default : duid,
            Iaid = (uint)fields.Iaid,
            PreferredLifetime = new((uint)fields.Preferred),
            ValidLifetime = new((uint)fields.Lifetime),
            Expire = fields.Lifetime == uint.MaxValue ? Instant.Never : new(fields.Expire),
            SubnetId = (uint)fields.Subnet,
            PoolId = (uint)fields.Pool,
            FqdnForward = fields.Forward != 0,
            FqdnReverse = fields.Reverse != 0,
            Hostname = fields.Hostname,
            HardwareAddress = scratch.Slice(HardwareAt, fields.HardwareLength),
            HardwareType = (ushort)(fields.HardwareLength == 0 ? 0 : fields.HardwareType),
            HardwareSource = (HardwareSource6)(fields.HardwareLength == 0 ? 0 : fields.HardwareSource),
            State = (LeaseState)fields.State,
            UserContext = fields.Context,
        };
        return true;
    }

    /// <summary>In the order of the header.</summary>
    private enum Column
    {
        Address,
        Duid,
        ValidLifetime,
        Expire,
        SubnetId,
        PreferredLifetime,
        Type,
        Iaid,
        PrefixLength,
        FqdnForward,
        FqdnReverse,
        Hostname,
        HardwareAddress,
        State,
        UserContext,
        HardwareType,
        HardwareSource,
        PoolId,
    }

    private ref struct Fields(Span<byte> scratch) : ILeaseFields
    {
        private readonly Span<byte> duid = scratch[..Lease6.MaxDuid];
        private readonly Span<byte> hardware = scratch.Slice(HardwareAt, Lease6.MaxHardwareAddress);
        private readonly Span<byte> texts = scratch[TextsAt..];
        public Ipv6 Address;
        public int DuidLength;
        public long Lifetime;
        public long Expire;
        public long Subnet;
        public long Preferred;
        public long Type;
        public long Iaid;
        public long PrefixLength;
        public long Forward;
        public long Reverse;
        public ReadOnlySpan<byte> Hostname;
        public int HardwareLength;
        public long State;
        public ReadOnlySpan<byte> Context;

        /// <summary>What files without the column mean: their addresses were Ethernet's.</summary>
        public long HardwareType = Protocol.HardwareAddress.Ethernet;
        public long HardwareSource;
        public long Pool;

        public bool TryTake(int column, scoped ReadOnlySpan<byte> text)
        {
            switch ((Column)column)
            {
                case Column.Address:
                    return LeaseText.TryParseAddress(text, out Address);
                case Column.Duid:
                    return LeaseText.TryParseOctets(text, duid, out DuidLength) && DuidLength != 0;
                case Column.ValidLifetime:
                    return LeaseText.TryParseNumber(text, uint.MaxValue, out Lifetime);
                case Column.Expire:
                    return LeaseText.TryParseNumber(text, long.MaxValue / 2, out Expire);
                case Column.SubnetId:
                    return LeaseText.TryParseNumber(text, uint.MaxValue, out Subnet);
                case Column.PreferredLifetime:
                    return LeaseText.TryParseNumber(text, uint.MaxValue, out Preferred);
                case Column.Type:
                    return LeaseText.TryParseNumber(text, (byte)LeaseType6.Prefix, out Type);
                case Column.Iaid:
                    return LeaseText.TryParseNumber(text, uint.MaxValue, out Iaid);
                case Column.PrefixLength:
                    return LeaseText.TryParseNumber(text, Ipv6Prefix.MaxLength, out PrefixLength);
                case Column.FqdnForward:
                    return LeaseText.TryParseNumber(text, 1, out Forward);
                case Column.FqdnReverse:
                    return LeaseText.TryParseNumber(text, 1, out Reverse);
                case Column.Hostname:
                    return LeaseFields.TryReadHostname(text, texts, out Hostname);
                case Column.HardwareAddress:
                    return LeaseText.TryParseOctets(text, hardware, out HardwareLength);
                case Column.State:
                    return LeaseText.TryParseNumber(text, (byte)LeaseState.Registered, out State);
                case Column.UserContext:
                    bool read = LeaseFields.TryReadContext(text, texts[Lease6.MaxHostname..], maxAdded: 0, out Span<byte> context);
                    Context = context;
                    return read;
                case Column.HardwareType:
                    return text.IsEmpty || LeaseText.TryParseNumber(text, ushort.MaxValue, out HardwareType);
                case Column.HardwareSource:
                    return text.IsEmpty || LeaseText.TryParseNumber(text, uint.MaxValue, out HardwareSource);
                case Column.PoolId:
                    return text.IsEmpty || LeaseText.TryParseNumber(text, uint.MaxValue, out Pool);
                default:
                    return true;
            }
        }

        public static string ShapeOf(int column) => (Column)column switch
        {
            Column.Address => "an IPv6 address",
            Column.Duid => "1 to 130 octets in hexadecimal with colons",
            Column.HardwareAddress => "at most 20 octets in hexadecimal with colons",
            Column.Type => "0 (address), 1 (temporary address) or 2 (prefix)",
            Column.PrefixLength => "a length from 0 to 128",
            Column.FqdnForward or Column.FqdnReverse => "0 or 1",
            Column.Hostname => LeaseFields.HostnameShape,
            Column.State => "a state from 0 to 4",
            Column.UserContext => LeaseFields.UserContextShape,
            Column.HardwareType => "a number of 16 bits",
            Column.Expire => "a number",
            _ => LeaseFields.NumberShape,
        };
    }
}
