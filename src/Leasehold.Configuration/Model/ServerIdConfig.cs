using System.Collections.Immutable;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Model;

/// <summary>"server-id": the DUID of the server, or how it is made (RFC 8415 §11). What is not given is filled in at the first start.</summary>
public sealed record ServerIdConfig
{
    /// <summary>LLT when nothing else is said: a link-layer address and the time of the first start.</summary>
    public DuidType Type { get; init; } = DuidType.LinkLayerTime;

    /// <summary>The link-layer address (LLT, LL), the vendor's identifier (EN) or the 16 octets of the UUID. Empty: taken from an interface, or made by chance.</summary>
    public ImmutableArray<byte> Identifier { get; init; } = [];

    /// <summary>htype, the IANA hardware type of LLT and LL. Null: that of the interface.</summary>
    public ushort? HardwareType { get; init; }

    /// <summary>The time of LLT: seconds since 2000-01-01 UTC. Null: when the DUID is made.</summary>
    public uint? Time { get; init; }

    /// <summary>enterprise-id, the IANA enterprise number of EN. Null: this project's choice.</summary>
    public uint? EnterpriseId { get; init; }

    /// <summary>The DUID is written to a file, and read from it at the next start. False: made anew at each start.</summary>
    public bool Persist { get; init; } = true;
}
