using System.Globalization;
using Leasehold.Protocol;

namespace Leasehold.Demo;

/// <summary>A line of the lease file, read for a comparison and not for service.</summary>
/// <param name="HardwareAddress">As it is written there; may be empty.</param>
/// <param name="ValidLifetime">Seconds; 0 after a release.</param>
/// <param name="State">0 is in use, 1 is declined, 2 is expired and reclaimed, 3 is released.</param>
public sealed record RecordedLease(Ipv4 Address, string HardwareAddress, string ClientId, uint ValidLifetime, long Expire, string Hostname, int State)
{
    public bool IsInUse => State == 0 && ValidLifetime > 0;
}

/// <summary>What a lease file says. It reads the text by itself, so that a fault of the server's own reader cannot hide a loss.</summary>
public static class RecordedLeases
{
    /// <summary>The last complete line of every address. Columns are found by the file's heading.</summary>
    /// <exception cref="DemoException">The file has no heading.</exception>
    public static IReadOnlyDictionary<Ipv4, RecordedLease> Read(string path)
    {
        string text = File.ReadAllText(path);
        string[] lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0) throw new DemoException($"{path} is empty");
        string[] heading = lines[0].Split(',');
        int address = Column("address"), hardware = Column("hwaddr"), client = Column("client_id"), hostname = Column("hostname");
        int lifetime = Column("valid_lifetime"), expire = Column("expire"), state = Column("state");

        var leases = new Dictionary<Ipv4, RecordedLease>();
        foreach (string line in lines.AsSpan(1))
        {
            string[] fields = line.Split(',');
            leases[Ipv4.Parse(fields[address])] = new RecordedLease(
                Ipv4.Parse(fields[address]),
                fields[hardware],
                fields[client],
                uint.Parse(fields[lifetime], CultureInfo.InvariantCulture),
                long.Parse(fields[expire], CultureInfo.InvariantCulture),
                fields[hostname],
                int.Parse(fields[state], CultureInfo.InvariantCulture));
        }

        return leases;

        int Column(string name)
        {
            int index = Array.IndexOf(heading, name);
            return index >= 0 ? index : throw new DemoException($"{path} has no column {name}: {lines[0]}");
        }
    }
}
