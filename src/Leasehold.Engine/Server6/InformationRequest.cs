using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>INFORMATION-REQUEST (RFC 8415 §18.3.6): options for a client that has addresses from elsewhere.</summary>
internal static class InformationRequest
{
    public static bool Decide(ref Exchange6 x) => x.Send(MessageType6.Reply);
}
