using System.Collections.Immutable;

namespace Leasehold.Configuration.Model;

/// <summary>Where a DHCPv6 client's hardware address can be found. The values are those of the lease file's column hwaddr_source.</summary>
public enum MacSource
{
    /// <summary>raw: the frame that carried a client's own packet.</summary>
    Raw = 1,

    /// <summary>duid: a client's DUID of type LLT or LL, although RFC 8415 §11 says that it is not to be looked into.</summary>
    Duid = 2,

    /// <summary>ipv6-link-local: the source address of a client's packet, where its interface identifier is made from a MAC address (RFC 4291).</summary>
    LinkLocal = 4,

    /// <summary>client-link-addr-option: the option of the relay next to the client (RFC 6939).</summary>
    ClientLinkLayerAddress = 8,

    /// <summary>remote-id: the relay's remote id, where it holds one (RFC 4649).</summary>
    RemoteId = 16,

    /// <summary>subscriber-id: the relay's subscriber id, where it holds one (RFC 4580).</summary>
    SubscriberId = 32,

    /// <summary>docsis-cmts: sub-option 1026 of the cable head end's vendor options (17, enterprise 4491).</summary>
    DocsisCmts = 64,

    /// <summary>docsis-modem: sub-option 36 of the cable modem's vendor options (17, enterprise 4491).</summary>
    DocsisModem = 128,
}

/// <summary>The order in which sources are tried when nothing is said.</summary>
public static class MacSourceOrder
{
    /// <summary>"any": every source, what the network says before what the client says.</summary>
    public static readonly ImmutableArray<MacSource> Any =
    [
        MacSource.Raw, MacSource.ClientLinkLayerAddress, MacSource.Duid, MacSource.LinkLocal, MacSource.RemoteId,
        MacSource.SubscriberId, MacSource.DocsisCmts, MacSource.DocsisModem,
    ];
}
