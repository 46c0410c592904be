using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>ADDR-REG-INFORM (RFC 9686 §4.2): a host tells of an address that it made itself.</summary>
internal static class AddressRegistration
{
    /// <summary>RFC 9686 §4.2.1: what a server must discard. False: dropped.</summary>
    public static bool TryValidate(ref Exchange6 x)
    {
        if (x.ClientId.IsEmpty) return x.Drop(DropReason6.ClientIdMissing);
        if (!x.ServerIdOption.IsEmpty) return x.Drop(DropReason6.ServerIdUnexpected);

        // "the IP address in the IA Address option does not match the source address of the original ADDR-REG-INFORM message":
        // that of the packet, or the peer-address of the relay next to the client.
        Ipv6 source = x.IsRelayed ? x.Relays[x.Relays.Count - 1].PeerAddress : x.Datagram.Source;
        bool isItsOwn = LeasedPrefix6.TryReadAddress(x.RegisteredOption, out LeasedPrefix6 registered) && registered.Address == source;
        return (isItsOwn && x.OptionRequest.IsEmpty) || x.Drop(DropReason6.RegistrationInvalid);
    }

    public static bool Decide(ref Exchange6 x)
    {
        if (!x.Config.AllowsAddressRegistration) return x.Drop(DropReason6.RegistrationDisabled);
        LeasedPrefix6.TryReadAddress(x.RegisteredOption, out LeasedPrefix6 registered);

        // "If the server believes that the address being registered is not appropriate to the link, it MUST drop the message".
        if (x.Subnet.Network.SubnetOf(registered.Address) is not { } subnet) return x.Drop(DropReason6.RegistrationNotOnLink);

        // A client must not register what it has by DHCPv6, nor anybody what another one has.
        bool known = x.Leases.TryGet(LeaseType6.NonTemporary, registered.Address, out Lease6 before) && before.IsHeld(x.Now);
        if (known && before.State is LeaseState.Assigned or LeaseState.Declined) return x.Drop(DropReason6.RegistrationOfLease);

        // "If the server receives a message with a valid-lifetime of zero, it SHOULD act as if the address has expired."
        if (registered.Valid.Seconds > 0) Register(ref x, subnet, registered);
        else if (known && before.State == LeaseState.Registered && before.Duid.SequenceEqual(x.ClientId)) LeaseRecord.Release(ref x, before);

        return x.Send(MessageType6.AddressRegistrationReply);
    }

    // "SHOULD register or update a binding between the provided Client Identifier and IPv6 address in its database. The lifetime of the binding is equal
    // to the Valid Lifetime of the address reported by the client."
    private static void Register(ref Exchange6 x, ServingSubnet6 subnet, LeasedPrefix6 registered) => x.Outcome.Changes.Add(new()
    {
        Kind = LeaseChangeKind.Register,
        Lease = new()
        {
            Type = LeaseType6.NonTemporary,
            Address = registered.Address,
            PrefixLength = Ipv6Prefix.MaxLength,
            Duid = x.ClientId,
            PreferredLifetime = registered.Preferred > registered.Valid ? registered.Valid : registered.Preferred,
            ValidLifetime = registered.Valid,
            Expire = x.Now + registered.Valid,
            SubnetId = subnet.Id,
            Hostname = ClientName.TextOf(in x),
            HardwareAddress = x.Hardware.Octets,
            HardwareType = x.Hardware.Type,
            HardwareSource = x.Hardware.Source,
            State = LeaseState.Registered,
        },
    });
}
