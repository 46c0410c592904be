using Leasehold.Configuration.Model;
using Leasehold.Engine.Classification;
using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Leasehold.Protocol.V4.Options;

namespace Leasehold.Engine.V4;

/// <summary>The name that the server knows a client by: what its lease is stored with and what it is told (options 12 and 81).</summary>
internal ref struct ClientName
{
    /// <summary>As the lease is stored: in lower case; a dot at the end when option 81 named it. Empty for no name.</summary>
    public ReadOnlySpan<byte> Stored;

    /// <summary>What option 12 says; empty when it is not sent.</summary>
    public ReadOnlySpan<byte> HostName;

    /// <summary>Option 12 only gives back what the client said, so a configured one goes before it.</summary>
    public bool IsEcho;

    /// <summary>What option 81 says; empty when it is not sent.</summary>
    public ReadOnlySpan<byte> Fqdn;

    /// <summary>The server updates the A record (S, RFC 4702 §2.1).</summary>
    public bool UpdatesForward;

    /// <summary>The server updates the PTR record (no N).</summary>
    public bool UpdatesReverse;

    /// <summary>Finds the name of the packet's client at an address.</summary>
    public static ClientName At(scoped in Exchange4 x, Ipv4 address)
    {
        // RFC 2131 §4.3.5: the answer to INFORM grants nothing, so there is no lease to name.
        if (x.Message.MessageType == MessageType4.Inform) return Reserved(in x);

        // RFC 4702 §3.1: "clients that send the Client FQDN option in their messages MUST NOT also send the Host Name option":
        // of one that does, option 81 counts.
        NameRules rules = x.Subnet.PoolOf(address)?.Names ?? x.Subnet.Names;
        if (FqdnName.TryRead(x.FqdnOption, out ClientFqdn fqdn, out NameSource given)) return FqdnName.Answer(in x, rules, address, fqdn, given);
        return ByHostName(in x, rules, address);
    }

    /// <summary>The name of the reservation, for a client that asks for it.</summary>
    private static ClientName Reserved(scoped in Exchange4 x)
    {
        ClientName name = default;
        if (x.Reservation is not { Hostname.Length: > 0 } reservation || !x.ParameterRequestList.Contains(OptionCode4.HostName)) return name;
        NameText text = new(x.Scratch.HostName);
        QualifyReserved(ref text, reservation.HostNameOption, x.Subnet.Names);
        if (text.IsName) name.HostName = text.Written;
        return name;
    }

    /// <summary>Option 12 (RFC 2132 §3.14): what the client says of itself, made harmless, or what is said in its place.</summary>
    private static ClientName ByHostName(scoped in Exchange4 x, NameRules rules, Ipv4 address)
    {
        ClientName name = default;
        NameText text = new(x.Scratch.HostName);
        ReadOnlySpan<byte> given = x.HostNameOption.Trim((byte)0).Trim((byte)' ');
        bool isTold = true;
        if (x.Reservation is { Hostname.Length: > 0 } reservation)
        {
            // Nothing is sent that the client neither names nor asks for; a BOOTP client cannot ask.
            isTold = !given.IsEmpty || x.Message.IsBootp || x.ParameterRequestList.Contains(OptionCode4.HostName);
            QualifyReserved(ref text, reservation.HostNameOption, rules);
        }
        else if (Replaces(rules, isGiven: !given.IsEmpty))
        {
            Generate(ref text, rules, address);
        }
        else if (!given.IsEmpty)
        {
            name.IsEcho = true;
            Span<byte> clean = stackalloc byte[Lease4.MaxHostname];
            text.Append(clean[..rules.CharSet.Clean(given, rules.CharReplacement, clean)].TrimEnd((byte)'.'));
            text.ToLower();

            // A name of several labels is taken as a whole one.
            if (!text.Written.Contains((byte)'.')) text.Qualify(rules.Suffix);
        }

        if (!text.IsName) return default;
        if (isTold) name.HostName = text.Written;
        name.Stored = Lower(text.Written, x.Scratch.StoredName);
        name.UpdatesForward = name.UpdatesReverse = SendsUpdates(in x, rules);
        return name;
    }

    public static bool SendsUpdates(scoped in Exchange4 x, NameRules rules) => rules.SendsUpdates && !x.Classes.Contains(BuiltInClass.SkipDdns);

    /// <summary>The client gets a generated name.</summary>
    public static bool Replaces(NameRules rules, bool isGiven) => rules.Replace switch
    {
        ReplaceClientName.Always => true,
        ReplaceClientName.WhenPresent => isGiven,
        ReplaceClientName.WhenNotPresent => !isGiven,
        _ => false,
    };

    /// <summary>PREFIX-192-0-2-10.SUFFIX.</summary>
    public static void Generate(ref NameText text, NameRules rules, Ipv4 address)
    {
        text.Append(rules.GeneratedPrefix);
        if (rules.GeneratedPrefix.Length > 0) text.Append("-"u8);
        text.AppendHyphenated(address);
        text.Qualify(rules.Suffix);
    }

    /// <summary>A reserved name with a dot at the end is whole; others get the suffix.</summary>
    public static void QualifyReserved(ref NameText text, scoped ReadOnlySpan<byte> reserved, NameRules rules)
    {
        text.Append(reserved.TrimEnd((byte)'.'));
        if (reserved[^1] != (byte)'.') text.Qualify(rules.Suffix);
    }

    private static ReadOnlySpan<byte> Lower(scoped ReadOnlySpan<byte> name, byte[] destination)
    {
        name.CopyTo(destination);
        NameText.ToLower(destination.AsSpan(0, name.Length));
        return destination.AsSpan(0, name.Length);
    }
}
