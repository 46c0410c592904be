using System.Runtime.CompilerServices;
using Leasehold.Protocol;

namespace Leasehold.Leases.Memfile;

/// <summary>One line of a DHCPv4 lease file, from and to a lease.</summary>
/// <remarks>
/// <code>
/// address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id
/// 192.0.2.10,02:00:5e:10:00:01,01:02:00:5e:10:00:01,3600,1700003600,1,0,0,printer.example.org,0,,0
/// </code>
/// Schema 1.0 ends with hostname, 2.0 with state, 2.1 with user_context, 3.0 with pool_id.
/// </remarks>
internal static class LeaseLine4
{
    /// <summary>Today's header, without the end of the line.</summary>
    public const string Header =
        "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id";

    /// <summary>A reader's scratch space: for link-layer address, client identifier, host name and user context.</summary>
    public const int ScratchLength =
        HardwareAddress.MaxLength + Lease4.MaxClientId + Lease4.MaxHostname + ((Lease4.MaxUserContext + HardwareTypeContext.MaxAdded) * 5);

    /// <summary>The longest line that can be a lease's.</summary>
    public const int MaxLength = 512 + (Lease4.MaxClientId * 3) + (Lease4.MaxHostname * 5) + ((Lease4.MaxUserContext + HardwareTypeContext.MaxAdded) * 5);

    public static LeaseSchema Schema { get; } = new(Header, (int)Column.Hostname + 1, "DHCPv4 lease file");

    /// <summary>Room that is enough for a lease's line.</summary>
    public static int Bound(in Lease4 lease) =>
        256 + (lease.ClientId.Length * 3) + (lease.Hostname.Length * 5) + ((lease.UserContext.Length + HardwareTypeContext.MaxAdded) * 5);

    /// <summary>Writes a lease's line, its end included.</summary>
    /// <param name="validLifetime">0 says that the lease is no more.</param>
    /// <param name="expire">The moment of the grant or renewal and the valid lifetime, also when that is infinite.</param>
    /// <param name="destination">At least <see cref="Bound"/> octets.</param>
    /// <returns>How many octets were written.</returns>
    public static int Write(in Lease4 lease, uint validLifetime, long expire, Span<byte> destination)
    {
        int length = LeaseText.WriteAddress(lease.Address, destination);
        destination[length++] = (byte)',';
        length += LeaseText.WriteOctets(lease.HardwareAddress.Octets, destination[length..]);
        destination[length++] = (byte)',';
        length += LeaseText.WriteOctets(lease.ClientId, destination[length..]);
        LeaseFields.WriteNumber(validLifetime, destination, ref length);
        LeaseFields.WriteNumber(expire, destination, ref length);
        LeaseFields.WriteNumber(lease.SubnetId, destination, ref length);
        LeaseFields.WriteNumber(lease.FqdnForward ? 1 : 0, destination, ref length);
        LeaseFields.WriteNumber(lease.FqdnReverse ? 1 : 0, destination, ref length);
        destination[length++] = (byte)',';
        length += LeaseText.WriteEscaped(lease.Hostname, destination[length..]);
        LeaseFields.WriteNumber((byte)lease.State, destination, ref length);
        destination[length++] = (byte)',';
        length += WriteContext(lease, destination[length..]);
        LeaseFields.WriteNumber(lease.PoolId, destination, ref length);
        destination[length++] = (byte)'\n';
        return length;
    }

    /// <summary>Reads a line without its end.</summary>
    /// <param name="scratch">At least <see cref="ScratchLength"/> octets; the lease's texts may lie in it.</param>
    /// <param name="lease">Expire is Never where the lifetime is infinite; a lifetime of 0 says that the lease is no more.</param>
    /// <param name="expire">The column as it is.</param>
    /// <param name="problem">What is wrong, for a person; null when nothing is.</param>
    public static bool TryRead(
        scoped ReadOnlySpan<byte> line, LeaseColumns columns, Span<byte> scratch, out Lease4 lease, out long expire, out string? problem)
    {
        lease = default;
        Fields fields = new(scratch);
        bool read = LeaseFields.TryRead(line, columns, Schema, ref fields, out problem);
        expire = fields.Expire;
        if (!read) return false;
        byte hardwareType = fields.Context.IsEmpty ? HardwareAddress.Ethernet : HardwareTypeContext.Take(ref fields.Context);
        if (fields.Context.Length > Lease4.MaxUserContext)
        {
            problem = $"{Schema.NameOf((int)Column.UserContext)} has {fields.Context.Length} octets and is not {LeaseFields.UserContextShape}";
            return false;
        }

        lease = new()
        {
            Address = fields.Address,
            HardwareAddress = fields.HardwareLength == 0 ? default : new(hardwareType, scratch[..fields.HardwareLength]),
            ClientId = scratch.Slice(HardwareAddress.MaxLength, fields.ClientIdLength),
            ValidLifetime = new((uint)fields.Lifetime),
            Expire = fields.Lifetime == uint.MaxValue ? Instant.Never : new(fields.Expire),
            SubnetId = (uint)fields.Subnet,
            PoolId = (uint)fields.Pool,
            FqdnForward = fields.Forward != 0,
            FqdnReverse = fields.Reverse != 0,
            Hostname = fields.Hostname,
            State = (LeaseState)fields.State,
            UserContext = fields.Context,
        };
        return true;
    }

    private static int WriteContext(in Lease4 lease, Span<byte> destination)
    {
        HardwareAddress hardware = lease.HardwareAddress;
        if (hardware.IsEmpty || hardware.Type == HardwareAddress.Ethernet) return LeaseText.WriteEscaped(lease.UserContext, destination);
        // Into the far end first, from where escaping only moves octets towards the front.
        int bound = lease.UserContext.Length + HardwareTypeContext.MaxAdded;
        Span<byte> plain = destination.Slice(bound * 4, bound);
        int length = HardwareTypeContext.Write(lease.UserContext, hardware.Type, plain);
        return LeaseText.WriteEscaped(plain[..length], destination);
    }

    /// <summary>In the order of the header.</summary>
    private enum Column
    {
        Address,
        HardwareAddress,
        ClientId,
        ValidLifetime,
        Expire,
        SubnetId,
        FqdnForward,
        FqdnReverse,
        Hostname,
        State,
        UserContext,
        PoolId,
    }

    private ref struct Fields(Span<byte> scratch) : ILeaseFields
    {
        private readonly Span<byte> hardware = scratch[..Protocol.HardwareAddress.MaxLength];
        private readonly Span<byte> clientId = scratch.Slice(Protocol.HardwareAddress.MaxLength, Lease4.MaxClientId);
        private readonly Span<byte> texts = scratch[(Protocol.HardwareAddress.MaxLength + Lease4.MaxClientId)..];
        public Ipv4 Address;
        public int HardwareLength;
        public int ClientIdLength;
        public long Lifetime;
        public long Expire;
        public long Subnet;
        public long Forward;
        public long Reverse;
        public ReadOnlySpan<byte> Hostname;
        public long State;
        public Span<byte> Context;
        public long Pool;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool TryTake(int column, scoped ReadOnlySpan<byte> text) => (Column)column switch
        {
            Column.Address => LeaseText.TryParseAddress(text, out Address),
            Column.HardwareAddress => LeaseText.TryParseOctets(text, hardware, out HardwareLength),
            Column.ClientId => LeaseText.TryParseOctets(text, clientId, out ClientIdLength),
            Column.ValidLifetime => LeaseText.TryParseNumber(text, uint.MaxValue, out Lifetime),
            Column.Expire => LeaseText.TryParseNumber(text, long.MaxValue / 2, out Expire),
            Column.SubnetId => LeaseText.TryParseNumber(text, uint.MaxValue, out Subnet),
            Column.FqdnForward => LeaseText.TryParseNumber(text, 1, out Forward),
            Column.FqdnReverse => LeaseText.TryParseNumber(text, 1, out Reverse),
            Column.Hostname => LeaseFields.TryReadHostname(text, texts, out Hostname),
            Column.State => LeaseText.TryParseNumber(text, (byte)LeaseState.Released, out State),
            Column.UserContext => LeaseFields.TryReadContext(text, texts[Lease4.MaxHostname..], HardwareTypeContext.MaxAdded, out Context),
            Column.PoolId => text.IsEmpty || LeaseText.TryParseNumber(text, uint.MaxValue, out Pool),
            _ => true,
        };

        public static string ShapeOf(int column) => (Column)column switch
        {
            Column.Address => "an IPv4 address",
            Column.HardwareAddress => "at most 16 octets in hexadecimal with colons",
            Column.ClientId => "at most 255 octets in hexadecimal with colons",
            Column.FqdnForward or Column.FqdnReverse => "0 or 1",
            Column.Hostname => LeaseFields.HostnameShape,
            Column.State => "a state from 0 to 3",
            Column.UserContext => LeaseFields.UserContextShape,
            Column.ValidLifetime or Column.SubnetId or Column.PoolId => LeaseFields.NumberShape,
            _ => "a number",
        };
    }
}
