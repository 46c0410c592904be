using System.Text;

namespace Leasehold.Leases.Memfile;

/// <summary>A column of the lease file, in the order that today's schema (3.0) has them.</summary>
internal enum LeaseColumn4 : byte
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
    Unknown,
}

/// <summary>Which columns a lease file has, as its header line tells.</summary>
/// <remarks>
/// Schema 1.0 ends with hostname, 2.0 with state, 2.1 with user_context, 3.0 with pool_id. Columns are found by name, so that a
/// file whose columns stand in another order, or has more of them, is read as well.
/// </remarks>
internal sealed class LeaseColumns4
{
    /// <summary>Today's header, without the end of the line.</summary>
    public const string Header =
        "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id";

    private const int Required = (int)LeaseColumn4.Hostname + 1;

    private static readonly string[] Names = Header.Split(',');

    private readonly LeaseColumn4[] order;

    private LeaseColumns4(LeaseColumn4[] order, int headerCount, IReadOnlyList<string> unknown, bool isCurrent)
    {
        this.order = order;
        MinCount = headerCount;
        Unknown = unknown;
        IsCurrent = isCurrent;
    }

    public static ReadOnlySpan<byte> HeaderLine =>
        "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id\n"u8;

    /// <summary>A line has at least the header's columns.</summary>
    public int MinCount { get; }

    /// <summary>More than MinCount where lines of a newer schema may follow the header of an older one.</summary>
    public int MaxCount => order.Length;

    /// <summary>Columns that are not ours; their values are not kept.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>True when the header is today's.</summary>
    public bool IsCurrent { get; }

    public LeaseColumn4 this[int index] => order[index];

    /// <summary>Reads a header line.</summary>
    /// <param name="problem">What is wrong, for a person; null when nothing is.</param>
    public static LeaseColumns4? Parse(ReadOnlySpan<byte> line, out string? problem)
    {
        string[] header = Encoding.UTF8.GetString(line).Split(',');
        List<string> unknown = [];
        LeaseColumn4[] columns = new LeaseColumn4[header.Length];
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < header.Length; i++)
        {
            int index = Array.IndexOf(Names, header[i]);
            columns[i] = index < 0 ? LeaseColumn4.Unknown : (LeaseColumn4)index;
            if (index < 0) unknown.Add(header[i]);
            if (!seen.Add(header[i]))
            {
                problem = $"the header has the column '{header[i]}' twice";
                return null;
            }
        }

        string[] missing = [.. Names.Take(Required).Where(name => !seen.Contains(name))];
        if (missing.Length != 0)
        {
            problem = $"the header has no column {string.Join(", ", missing)}: this is not a DHCPv4 lease file";
            return null;
        }

        problem = null;
        // The established server appends lines of its schema below the header of an older one, until the next clean-up.
        bool isOlder = header.Length < Names.Length && Names.AsSpan(0, header.Length).SequenceEqual(header);
        if (isOlder) columns = [.. Enumerable.Range(0, Names.Length).Select(i => (LeaseColumn4)i)];
        return new(columns, header.Length, unknown, isCurrent: Names.AsSpan().SequenceEqual(header));
    }
}
