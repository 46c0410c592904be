using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/* RFC 2131 §4.3.6, table 4
   ---------------------------------------------------------------------
   |              |INIT-REBOOT  |SELECTING    |RENEWING     |REBINDING |
   ---------------------------------------------------------------------
   |broad/unicast |broadcast    |broadcast    |unicast      |broadcast |
   |server-ip     |MUST NOT     |MUST         |MUST NOT     |MUST NOT  |
   |requested-ip  |MUST         |MUST         |MUST NOT     |MUST NOT  |
   |ciaddr        |zero         |zero         |IP address   |IP address|
   ---------------------------------------------------------------------   */

/// <summary>DHCPREQUEST in its four states (RFC 2131 §4.3.2): ACK, NAK, or silence.</summary>
internal static class Request
{
    public static bool Decide(ref Exchange4 x)
    {
        switch (x.ServerIdentifierOption, x.RequestedAddress, x.Ciaddr.IsAny)
        {
            case ({ } server, { } requested, true):
                return Selecting(ref x, server, requested);
            case (null, { } requested, true):
                return InitReboot(ref x, requested);

            // Some clients repeat ciaddr in option 50. It says the same thing twice, so it is taken as if it had been said once.
            case (null, var requested, false) when requested is null || requested == x.Ciaddr:
                return x.WasBroadcast || x.IsRelayed ? Rebinding(ref x, x.Ciaddr) : Renewing(ref x, x.Ciaddr);
            default:
                return x.Drop(DropReason.InconsistentRequest);
        }
    }

    private static bool Selecting(ref Exchange4 x, Ipv4 server, Ipv4 requested)
    {
        ClientLeases own = ClientIdentity.Leases(in x);
        if (!SubnetSelection.IsThisServer(in x, server))
        {
            // RFC 2131 §3.1 step 4: "Those servers not selected by the DHCPREQUEST message use the message as notification
            // that the client has declined that server's offer."
            if (own.Offered is { } offered) x.Outcome.Change = LeaseRecord.Withdraw(in x, offered);
            return x.Drop(DropReason.OtherServerChosen);
        }

        // RFC 2131 §3.1 step 4: "If the selected server is unable to satisfy the DHCPREQUEST message
        // (e.g., the requested network address has been allocated), the server SHOULD respond with a DHCPNAK message."
        return Answer(ref x, requested, own, AddressChoice.Check(in x, requested, own));
    }

    private static bool InitReboot(ref Exchange4 x, Ipv4 requested)
    {
        // "If the DHCP server detects that the client is on the wrong net […], then the server SHOULD send a DHCPNAK message to the client."
        ClientLeases own = ClientIdentity.Leases(in x);
        if (x.PlaceOf(requested) is null) return Answer(ref x, requested, own, NakReason.WrongNetwork);

        // "If the network is correct, then the DHCP server should check if the client's notion of its IP address is correct."
        if (HasRecord(in x, requested) || x.ReservedAddress == requested) return Answer(ref x, requested, own, AddressChoice.Check(in x, requested, own));
        if (own.Current is not null || AddressChoice.ReservedInsteadOf(in x, requested) is not null) return Answer(ref x, requested, own, NakReason.OtherAddress);

        // "If the DHCP server has no record of this client, then it MUST remain silent".
        // An authoritative server is told that no other server's client can be here.
        return x.Subnet.Authoritative ? Answer(ref x, requested, own, NakReason.UnknownLease) : x.Drop(DropReason.UnknownClient);
    }

    private static bool Renewing(ref Exchange4 x, Ipv4 ciaddr)
    {
        // The client sent to this server alone, so it has its address from here; if no record is left, the address is given again.
        ClientLeases own = ClientIdentity.Leases(in x);
        NakReason reason = AddressChoice.Check(in x, ciaddr, own);
        if (reason == NakReason.None && !HasRecord(in x, ciaddr) && own.Current is not null) reason = NakReason.OtherAddress;
        return Answer(ref x, ciaddr, own, reason);
    }

    private static bool Rebinding(ref Exchange4 x, Ipv4 ciaddr)
    {
        // "The DHCP server SHOULD check 'ciaddr' for correctness before replying to the DHCPREQUEST."
        ClientLeases own = ClientIdentity.Leases(in x);
        NakReason reason = AddressChoice.Check(in x, ciaddr, own);
        if (HasRecord(in x, ciaddr)) return Answer(ref x, ciaddr, own, reason);

        // The packet reaches every server. "A DHCP server MAY extend a client's lease only if it has local administrative authority to do so":
        // another server's client is left alone, unless this one knows better.
        if (own.Current is not null) return Answer(ref x, ciaddr, own, NakReason.OtherAddress);
        if (reason is NakReason.AddressTaken or NakReason.OtherAddress || x.Subnet.Authoritative) return Answer(ref x, ciaddr, own, reason);
        return x.Drop(DropReason.UnknownClient);
    }

    private static bool Answer(ref Exchange4 x, Ipv4 address, ClientLeases own, NakReason refusal)
    {
        if (refusal != NakReason.None)
        {
            x.Nak(refusal, address);
            return true;
        }

        // In the states SELECTING and INIT-REBOOT the client comes for an address; a lease that it still has is prolonged.
        bool isFirst = x.ServerIdentifierOption is not null || (x.Ciaddr.IsAny && own.Current != address);
        x.SettleAt(address);
        Acknowledge.Give(ref x, address, own, isFirst);
        return true;
    }

    /// <summary>The server gave this address to this client, whether or not the lease is over. An offer is no record: it may be another server's client now.</summary>
    private static bool HasRecord(scoped in Exchange4 x, Ipv4 address) =>
        x.Leases.TryGet(address, out Lease4 lease) && lease.State != LeaseState.Offered && ClientIdentity.Owns(in x, lease);
}
