using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>SOLICIT (RFC 8415 §18.3.1): chooses for each association, holds that for a short time, and says so; or gives it at once.</summary>
internal static class Solicit
{
    public static bool Decide(ref Exchange6 x)
    {
        WantedAssociations associations = x.Associations;
        while (associations.TryNext(out WantedAssociation wanted))
        {
            if (x.Bindings.TryBegin(in wanted)) Assignment.Assign(ref x, in wanted);
        }

        // "If the client has included a Rapid Commit option in the Solicit message and the server has been configured to respond with
        // committed lease assignments and other resources, the server responds to the Solicit with a Reply message."
        if (x.WantsRapidCommit && x.Subnet.RapidCommit)
        {
            LeaseRecord.Commit(ref x);
            return x.Send(MessageType6.Reply);
        }

        LeaseRecord.Offer(ref x);
        return x.Send(MessageType6.Advertise);
    }
}
