using Leasehold.Demo;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Xunit;

namespace Leasehold.SystemTests.Dhcp4;

/// <summary>What clients were told, beside what the lease file says.</summary>
public static class AcknowledgedLeases
{
    /// <summary>Who was told to have which address; no address may have been given to two.</summary>
    public static IReadOnlyDictionary<Ipv4, HardwareAddress> In(IReadOnlyList<CapturedMessage> replies)
    {
        var owners = new Dictionary<Ipv4, HardwareAddress>();
        foreach (var reply in replies.Where(reply => reply.Type == MessageType4.Ack))
        {
            if (!owners.TryAdd(reply.Yiaddr, reply.Chaddr)) Assert.Equal(owners[reply.Yiaddr], reply.Chaddr);
        }

        return owners;
    }

    /// <summary>Each of those leases must be in the file, in use, and the same client's.</summary>
    public static void AssertRecorded(IReadOnlyDictionary<Ipv4, HardwareAddress> acknowledged, string leaseFile)
    {
        var recorded = RecordedLeases.Read(leaseFile);
        var lost = acknowledged.Where(lease =>
            !recorded.TryGetValue(lease.Key, out var line) || !line.IsInUse || line.HardwareAddress != $"{lease.Value}");
        Assert.Empty(lost);
    }
}
