using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>RENEW (RFC 8415 §18.3.4): prolongs what the client has from this server.</summary>
internal static class Renew
{
    public static bool Decide(ref Exchange6 x)
    {
        WantedAssociations associations = x.Associations;
        while (associations.TryNext(out WantedAssociation wanted))
        {
            if (!x.Bindings.TryBegin(in wanted)) continue;

            // "If the server is configured to create new bindings as a result of processing Renew messages, the server SHOULD create a binding
            // and return the IA with assigned addresses or delegated prefixes". So an association without a binding is no different from others.
            Assignment.Assign(ref x, in wanted);

            // "If the server finds that any of the addresses in the IA are not appropriate for the link to which the client is attached,
            // the server returns the address to the client with lifetimes of 0." Nor are those that another client has by now.
            Assignment.DenyOthers(ref x, in wanted);
        }

        LeaseRecord.Commit(ref x);
        return x.Send(MessageType6.Reply);
    }
}
