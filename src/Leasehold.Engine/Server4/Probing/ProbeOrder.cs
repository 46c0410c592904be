using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>Asks whether somebody uses an address, before it is offered (RFC 2131 §2.2). The packet waits for the answer.</summary>
/// <param name="Method">How to ask.</param>
/// <param name="Source">The server's address on that link.</param>
/// <param name="Requests">How often to ask before silence means that nobody does; 1 or more.</param>
/// <param name="Timeout">How long to wait for an answer to each, in milliseconds.</param>
public readonly record struct ProbeOrder(Ipv4 Address, ProbeMethod Method, Ipv4 Source, uint Requests, uint Timeout);

/// <summary>How somebody is asked for.</summary>
public enum ProbeMethod : byte
{
    /// <summary>By ARP on the link where the client is: whoever has the address answers, also one that answers no ping (RFC 5227 §2.1).</summary>
    Arp,

    /// <summary>By an ICMP echo, over a router (RFC 792).</summary>
    Icmp,
}

/// <summary>What is known about a packet besides its octets.</summary>
public readonly record struct ProbeKnowledge
{
    /// <summary>The packet was put aside and is handled again.</summary>
    public bool IsReplay { get; init; }

    /// <summary>Nobody answered for this address; null when none was asked for.</summary>
    public Ipv4? Free { get; init; }

    /// <summary>The addresses that are being asked for now; null where nobody can ask.</summary>
    public PendingProbes? Pending { get; init; }
}

/// <summary>The addresses that are being asked for, each for a packet that waits.</summary>
public sealed class PendingProbes
{
    private readonly HashSet<Ipv4> addresses = [];

    /// <summary>How many packets may wait at one time.</summary>
    public int Limit { get; set; } = int.MaxValue;

    public int Count => addresses.Count;

    public bool HasRoom => addresses.Count < Limit;

    public bool Contains(Ipv4 address) => addresses.Contains(address);

    public void Add(Ipv4 address) => addresses.Add(address);

    public void Remove(Ipv4 address) => addresses.Remove(address);
}
