using System.Buffers.Text;
using System.Text;
using Leasehold.Protocol;

namespace Leasehold.Leases.Memfile;

/// <summary>One line of a DHCPv4 lease file, from and to a lease.</summary>
/// <remarks>
/// <code>
/// address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id
/// 192.0.2.10,02:00:5e:10:00:01,01:02:00:5e:10:00:01,3600,1700003600,1,0,0,printer.example.org,0,,0
/// </code>
/// </remarks>
internal static class LeaseLine4
{
    /// <summary>A reader's scratch space: for the client identifier, the host name and the user context.</summary>
    public const int ScratchLength = Lease4.MaxClientId + Lease4.MaxHostname + ((Lease4.MaxUserContext + HardwareTypeContext.MaxAdded) * 5);

    /// <summary>The longest line that can be a lease's.</summary>
    public const int MaxLength = 512 + (Lease4.MaxClientId * 3) + (Lease4.MaxHostname * 5) + ((Lease4.MaxUserContext + HardwareTypeContext.MaxAdded) * 5);

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
        WriteNumber(validLifetime, destination, ref length);
        WriteNumber(expire, destination, ref length);
        WriteNumber(lease.SubnetId, destination, ref length);
        WriteNumber(lease.FqdnForward ? 1 : 0, destination, ref length);
        WriteNumber(lease.FqdnReverse ? 1 : 0, destination, ref length);
        destination[length++] = (byte)',';
        length += LeaseText.WriteEscaped(lease.Hostname, destination[length..]);
        WriteNumber((byte)lease.State, destination, ref length);
        destination[length++] = (byte)',';
        length += WriteContext(lease, destination[length..]);
        WriteNumber(lease.PoolId, destination, ref length);
        destination[length++] = (byte)'\n';
        return length;
    }

    /// <summary>Reads a line without its end.</summary>
    /// <param name="scratch">At least <see cref="ScratchLength"/> octets; the lease's texts may lie in it.</param>
    /// <param name="lease">Expire is Never where the lifetime is infinite; a lifetime of 0 says that the lease is no more.</param>
    /// <param name="expire">The column as it is.</param>
    /// <param name="problem">What is wrong, for a person; null when nothing is.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> line, LeaseColumns4 columns, Span<byte> scratch, out Lease4 lease, out long expire, out string? problem)
    {
        lease = default;
        expire = 0;
        ReadOnlySpan<byte> rest = line;
        Ipv4 address = default;
        Span<byte> hardware = stackalloc byte[HardwareAddress.MaxLength];
        int hardwareLength = 0;
        byte hardwareType = HardwareAddress.Ethernet;
        Span<byte> clientId = scratch[..Lease4.MaxClientId];
        int clientIdLength = 0;
        Span<byte> hostnameScratch = scratch.Slice(Lease4.MaxClientId, Lease4.MaxHostname);
        ReadOnlySpan<byte> hostname = default;
        Span<byte> context = default;
        long lifetime = 0, subnet = 0, pool = 0, state = 0, forward = 0, reverse = 0;
        bool more = true;
        int count = 0;
        while (more)
        {
            int end = rest.IndexOf((byte)',');
            ReadOnlySpan<byte> text = end < 0 ? rest : rest[..end];
            more = end >= 0;
            rest = more ? rest[(end + 1)..] : default;
            if (count == columns.MaxCount)
            {
                problem = $"more columns than the header's {columns.MinCount}";
                return false;
            }

            LeaseColumn4 column = columns[count++];
            bool good = column switch
            {
                LeaseColumn4.Address => LeaseText.TryParseAddress(text, out address),
                LeaseColumn4.HardwareAddress => LeaseText.TryParseOctets(text, hardware, out hardwareLength),
                LeaseColumn4.ClientId => LeaseText.TryParseOctets(text, clientId, out clientIdLength),
                LeaseColumn4.ValidLifetime => LeaseText.TryParseNumber(text, uint.MaxValue, out lifetime),
                LeaseColumn4.Expire => LeaseText.TryParseNumber(text, long.MaxValue / 2, out expire),
                LeaseColumn4.SubnetId => LeaseText.TryParseNumber(text, uint.MaxValue, out subnet),
                LeaseColumn4.FqdnForward => LeaseText.TryParseNumber(text, 1, out forward),
                LeaseColumn4.FqdnReverse => LeaseText.TryParseNumber(text, 1, out reverse),
                LeaseColumn4.Hostname => TryReadHostname(text, hostnameScratch, out hostname),
                LeaseColumn4.State => LeaseText.TryParseNumber(text, (byte)LeaseState.Released, out state),
                LeaseColumn4.UserContext => TryReadContext(text, scratch[(Lease4.MaxClientId + Lease4.MaxHostname)..], out context),
                LeaseColumn4.PoolId => text.IsEmpty || LeaseText.TryParseNumber(text, uint.MaxValue, out pool),
                _ => true,
            };
            if (good) continue;
            problem = $"{NameOf(column)} '{Printable(text)}' is not {ShapeOf(column)}";
            return false;
        }

        if (count < columns.MinCount)
        {
            problem = $"{count} columns where the header has {columns.MinCount}";
            return false;
        }

        if (!context.IsEmpty) hardwareType = HardwareTypeContext.Take(ref context);
        if (context.Length > Lease4.MaxUserContext)
        {
            problem = $"{NameOf(LeaseColumn4.UserContext)} has {context.Length} octets and is not {ShapeOf(LeaseColumn4.UserContext)}";
            return false;
        }

        lease = new()
        {
            Address = address,
            HardwareAddress = hardwareLength == 0 ? default : new(hardwareType, hardware[..hardwareLength]),
            ClientId = clientId[..clientIdLength],
            ValidLifetime = new((uint)lifetime),
            Expire = lifetime == uint.MaxValue ? Instant.Never : new(expire),
            SubnetId = (uint)subnet,
            PoolId = (uint)pool,
            FqdnForward = forward != 0,
            FqdnReverse = reverse != 0,
            Hostname = hostname,
            State = (LeaseState)state,
            UserContext = context,
        };
        problem = null;
        return true;
    }

    private static bool TryReadHostname(ReadOnlySpan<byte> text, Span<byte> scratch, out ReadOnlySpan<byte> hostname)
    {
        hostname = default;
        if (text.Length > Lease4.MaxHostname * 5) return false;
        if (text.Contains((byte)'&'))
        {
            Span<byte> unescaped = stackalloc byte[Lease4.MaxHostname * 5];
            return TryLower(LeaseText.Unescape(text, unescaped), scratch, out hostname);
        }

        return TryLower(text, scratch, out hostname);
    }

    private static bool TryLower(scoped ReadOnlySpan<byte> name, Span<byte> scratch, out ReadOnlySpan<byte> lower)
    {
        lower = default;
        if (name.Length > scratch.Length) return false;
        for (int i = 0; i < name.Length; i++) scratch[i] = name[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(name[i] | 0x20) : name[i];
        lower = scratch[..name.Length];
        return true;
    }

    private static bool TryReadContext(ReadOnlySpan<byte> text, Span<byte> scratch, out Span<byte> context)
    {
        context = default;
        if (text.Length > scratch.Length) return false;
        text.CopyTo(scratch);
        ReadOnlySpan<byte> plain = LeaseText.Unescape(text, scratch);
        context = scratch[..plain.Length];
        return plain.Length <= Lease4.MaxUserContext + HardwareTypeContext.MaxAdded && (plain.IsEmpty || (plain[0] == '{' && plain[^1] == '}'));
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

    private static void WriteNumber(long number, Span<byte> destination, ref int length)
    {
        destination[length++] = (byte)',';
        _ = Utf8Formatter.TryFormat(number, destination[length..], out int digits);
        length += digits;
    }

    private static string NameOf(LeaseColumn4 column) => LeaseColumns4.Header.Split(',')[(int)column];

    private static string ShapeOf(LeaseColumn4 column) => column switch
    {
        LeaseColumn4.Address => "an IPv4 address",
        LeaseColumn4.HardwareAddress => "at most 16 octets in hexadecimal with colons",
        LeaseColumn4.ClientId => "at most 255 octets in hexadecimal with colons",
        LeaseColumn4.FqdnForward or LeaseColumn4.FqdnReverse => "0 or 1",
        LeaseColumn4.Hostname => "a name of at most 255 octets",
        LeaseColumn4.State => "a state from 0 to 3",
        LeaseColumn4.UserContext => "a JSON map of at most 65535 octets",
        LeaseColumn4.ValidLifetime or LeaseColumn4.SubnetId or LeaseColumn4.PoolId => "a number of 32 bits",
        _ => "a number",
    };

    private static string Printable(ReadOnlySpan<byte> text)
    {
        StringBuilder printable = new();
        foreach (byte c in text[..Math.Min(text.Length, 60)]) printable.Append(c is < 0x20 or > 0x7e ? '?' : (char)c);
        if (text.Length > 60) printable.Append("...");
        return printable.ToString();
    }
}
