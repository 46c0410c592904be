using System.Text;
using Leasehold.Leases;
using Leasehold.Leases.Memfile;

namespace Leasehold.Fuzz.Targets;

/// <summary>A lease file of DHCPv6.</summary>
internal sealed class LeaseFile6Target : LeaseFileTarget
{
    public override string Name => "leases6";

    public override string About => "a DHCPv6 lease file: reading never throws, damage is told, what was read is written and read the same";

    protected override LeaseFormat Format => LeaseFormat.V6;

    public override IEnumerable<byte[]> Seeds(string tests)
    {
        foreach (string file in SeedFiles.Of(tests, "leases", "*6.csv"))
        {
            string[] lines = File.ReadAllLines(file);
            yield return Encoding.UTF8.GetBytes($"{string.Join('\n', lines.Take(8))}\n");
        }

        yield return Encoding.UTF8.GetBytes(
            $"""
            {Format.Header}
            2001:db8::1,00:03:00:01:02:00:5e:10:00:01,7200,1700007200,1,3600,0,7,128,1,0,host.example.org,02:00:5e:10:00:01,0,,1,2,0
            2001:db8:1::,00:03:00:01:02:00:5e:10:00:01,4294967295,1700007200,1,4294967295,2,9,56,0,0,,,0,,,,5
            2001:db8::2,00,86400,1700086400,1,0,0,0,128,0,0,,,1,,,,0
            2001:db8::1,00:03:00:01:02:00:5e:10:00:01,0,1700000000,1,0,0,7,128,1,0,,,3,,,,0

            """);
    }

    protected override LeaseLoadReport Load(MemoryDirectory directory, int maxRowErrors, out List<string>? leases)
    {
        LeaseTable6 table = new();
        LeaseLoadReport report = LeaseLog6.Open(directory, FileName, table, new() { MaxRowErrors = maxRowErrors }, out LeaseLog6? log);
        leases = null;
        if (log is null) return report;
        leases = [];
        byte[] room = new byte[LeaseLine6.MaxLength];
        foreach (Lease6 lease in table.All())
        {
            int length = LeaseLine6.Write(lease, lease.ValidLifetime.Seconds, lease.ValidLifetime.IsInfinite ? 0 : lease.Expire.Seconds, room);
            leases.Add(Encoding.Latin1.GetString(room, 0, length));
        }

        leases.Sort(StringComparer.Ordinal);
        return report;
    }
}
