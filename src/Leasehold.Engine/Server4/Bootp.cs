namespace Leasehold.Engine.V4;

/// <summary>BOOTP (RFC 951, RFC 1534): a request without option 53.</summary>
internal static class Bootp
{
    /// <summary>A BOOTP client keeps its address for ever (RFC 1534 §2), so it gets none that was not meant for it; none is configurable.</summary>
    public static bool Decide(ref Exchange4 x) => x.Drop(DropReason.BootpNotServed);
}
