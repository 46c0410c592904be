using System.Runtime.CompilerServices;
using Leasehold.Configuration;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.ConformanceTests;

/// <summary>The examples of the 0.9.1 guide's chapter 7 run: a client behind a relay in each subnet gets an address of its pool.</summary>
public class GuideExamples
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here()) ?? "", "../configs/guide-0.9.1"));

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.json").Where(file => File.ReadAllText(Path.ChangeExtension(file, "txt")).StartsWith("accepted", StringComparison.Ordinal))
            .Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Accepted_example_serves(string name)
    {
        ConfigResult<Dhcp4Config> read = Dhcp4ConfigReader.ReadFile(Path.Combine(Folder, name), DiskFiles.Read);
        Network net = new(read.Config ?? throw new InvalidOperationException(string.Join('\n', read.Diagnostics)));
        foreach (Subnet4 subnet in net.Config.Subnets)
        {
            Client client = net.NewClient();
            client.Giaddr = new(subnet.Prefix.Network.Value + 1);
            if (subnet.Classes.Only is [var vendor, ..]) client.Extra = $"3c {vendor.Length - 13:x2} {string.Concat(vendor[13..].Select(c => $"{(int)c:x2} "))}";
            Answer offer = client.Discover();
            if (subnet.Pools is [var pool, ..]) Assert.True(pool.Range.Contains(offer.Yiaddr), $"{subnet.Prefix}: {offer.Drop}");
            else Assert.Equal(MessageType4.Ack, client.Inform($"{new Ipv4(subnet.Prefix.Network.Value + 9)}").Sent);
        }
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
