using Leasehold.Protocol;

namespace Leasehold.Engine.Load;

/// <summary>What a server offered or gave to a simulated client.</summary>
public readonly record struct LoadLease
{
    /// <summary>The client's number, from 0.</summary>
    public int Client { get; init; }

    /// <summary>Which of the simulated relays the client is behind.</summary>
    public int Relay { get; init; }

    /// <summary>Which server gave it: a number of <see cref="LoadCrowd.ServerIdentifier"/>.</summary>
    public int Server { get; init; }

    /// <summary>The address, an IPv4 one in the low 32 bits; null when only a prefix was given.</summary>
    public UInt128? Address { get; init; }

    /// <summary>The delegated prefix's first address (DHCPv6); null when none was given.</summary>
    public UInt128? Prefix { get; init; }

    /// <summary>The delegated prefix's length.</summary>
    public byte PrefixLength { get; init; }
}

/// <summary>What kind of answer came.</summary>
public enum AnswerKind
{
    /// <summary>A message that answers nothing a client of this load asks.</summary>
    Other,

    /// <summary>DHCPOFFER, Advertise.</summary>
    Offer,

    /// <summary>DHCPACK, Reply.</summary>
    Acknowledgement,

    /// <summary>DHCPNAK.</summary>
    Refusal,
}

/// <summary>An answer as both families have it. Valid as long as its octets are.</summary>
public ref struct LoadAnswer
{
    public AnswerKind Kind;

    /// <summary>xid, or transaction-id.</summary>
    public uint Xid;

    /// <summary>chaddr, or the client's DUID.</summary>
    public ReadOnlySpan<byte> Client;

    /// <summary>The server identifier; empty when there is none.</summary>
    public ReadOnlySpan<byte> Server;

    /// <summary>The address, an IPv4 one in the low 32 bits; null when there is none.</summary>
    public UInt128? Address;

    /// <summary>The delegated prefix's first address; null when there is none.</summary>
    public UInt128? Prefix;

    public byte PrefixLength;

    /// <summary>How long the address or prefix may be used; the shorter one of two.</summary>
    public Lifetime Valid;
}
