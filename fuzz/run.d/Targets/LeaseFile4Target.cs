using System.Text;
using Leasehold.Leases;
using Leasehold.Leases.Memfile;

namespace Leasehold.Fuzz.Targets;

/// <summary>A lease file of DHCPv4.</summary>
internal sealed class LeaseFile4Target : LeaseFileTarget
{
    private const string Lines =
        """
        192.0.2.10,02:00:5e:10:00:01,01:02:00:5e:10:00:01,3600,1700003600,1,0,0,printer.example.org,0,,0
        192.0.2.11,02:00:5e:10:00:02,,4294967295,1700003600,1,1,1,,0,{ "ISC": { "relay-agent-info": { "sub-options": "0x0102" } } },7
        192.0.2.12,,,86400,1700086400,2,0,0,,1,,0
        192.0.2.10,02:00:5e:10:00:01,01:02:00:5e:10:00:01,7200,1700007200,1,0,0,a&#x2cb.example.org,2,,0
        192.0.2.13,02:00:5e:10:00:04,ff:00,0,1700000000,1,0,0,,3,{ "leasehold": { "htype": 6 }&#x2c "a": 1 },0

        """;

    public override string Name => "leases4";

    public override string About => "a DHCPv4 lease file: reading never throws, damage is told, what was read is written and read the same";

    protected override LeaseFormat Format => LeaseFormat.V4;

    public override IEnumerable<byte[]> Seeds(string tests) =>
    [
        Encoding.UTF8.GetBytes($"{Format.Header}\n{Lines}"),
        Encoding.UTF8.GetBytes("address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname\n192.0.2.10,02:00:5e:10:00:01,,3600,1700003600,1,0,0,old\n"),
        Encoding.UTF8.GetBytes($"hostname,{Format.Header[..^8]},state,new\nx{Lines}"),
        [.. Encoding.UTF8.GetBytes($"{Format.Header}\n{Lines[..^9]}"), .. new byte[30]],
    ];

    protected override LeaseLoadReport Load(MemoryDirectory directory, int maxRowErrors, out List<string>? leases)
    {
        LeaseTable4 table = new();
        LeaseLoadReport report = LeaseLog4.Open(directory, FileName, table, new() { MaxRowErrors = maxRowErrors }, out LeaseLog4? log);
        leases = null;
        if (log is null) return report;
        leases = [];
        byte[] room = new byte[LeaseLine4.MaxLength];
        foreach (Lease4 lease in table.All())
        {
            int length = LeaseLine4.Write(lease, lease.ValidLifetime.Seconds, lease.ValidLifetime.IsInfinite ? 0 : lease.Expire.Seconds, room);
            leases.Add(Encoding.Latin1.GetString(room, 0, length));
        }

        leases.Sort(StringComparer.Ordinal);
        return report;
    }
}
