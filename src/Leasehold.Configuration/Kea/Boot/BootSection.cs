using System.Collections.Immutable;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Kea;

/// <summary>What a kind of client boots.</summary>
internal sealed record BootEntry(BootKind Kind, string File, TextPosition Position);

/// <summary>A map "boot": which clients boot what, and from where.</summary>
internal sealed record BootSection(TextPosition Position)
{
    /// <summary>The TFTP server; null to leave next-server to the levels around.</summary>
    public Ipv4? Server { get; init; }

    /// <summary>Its name for option 66; null for its address.</summary>
    public string? ServerName { get; init; }

    /// <summary>Only clients in one of these; empty for all.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    public ImmutableArray<BootEntry> Entries { get; init; } = [];
}
