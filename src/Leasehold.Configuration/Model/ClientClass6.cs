namespace Leasehold.Configuration.Model;

/// <summary>A client class of the DHCPv6 server.</summary>
public sealed record ClientClass6 : ClientClass
{
    /// <summary>Of these a class gives the preferred and valid lifetimes.</summary>
    public Parameters6 Parameters { get; init; } = Parameters6.None;
}
