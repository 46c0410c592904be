using Leasehold.Leases;
using Leasehold.Protocol;
using Leasehold.Protocol.V4.Options;

namespace Leasehold.Engine.V4;

/// <summary>What the name in a client's option 81 is.</summary>
internal enum NameSource : byte
{
    /// <summary>There is none: the server shall choose one.</summary>
    Blank,

    /// <summary>Labels (E, RFC 4702 §2.3).</summary>
    Labels,

    /// <summary>Text (RFC 4702 §2.3.1).</summary>
    Text,
}

/// <summary>Option 81 of a client, and the answer to it (RFC 4702 §4).</summary>
internal static class FqdnName
{
    private const ClientFqdnFlags None = ClientFqdnFlags.None;

    /// <summary>False for an option that is absent or malformed: the client is served as if it had not sent it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> option, out ClientFqdn fqdn, out NameSource given)
    {
        given = NameSource.Blank;
        if (!ClientFqdn.TryRead(option, out fqdn)) return false;
        ReadOnlySpan<byte> octets = fqdn.NameOctets.TrimEnd((byte)0);
        if (octets.IsEmpty) return true;
        given = (fqdn.Flags & ClientFqdnFlags.E) == None ? NameSource.Text : NameSource.Labels;
        Span<byte> scratch = stackalloc byte[DomainName.MaxLength];
        return given == NameSource.Text ? octets.Length <= NameText.MaxLength + 1 : fqdn.TryGetName(scratch, out _);
    }

    public static ClientName Answer(scoped in Exchange4 x, NameRules rules, Ipv4 address, ClientFqdn fqdn, NameSource given)
    {
        ClientName name = default;
        NameText text = new(x.Scratch.HostName);
        if (x.Reservation is { Hostname.Length: > 0 } reservation)
        {
            ClientName.QualifyReserved(ref text, reservation.Hostname, rules);

            // A client that asks for option 12 as well gets the name that was reserved for it there too.
            if (text.IsName && x.ParameterRequestList.Contains(Protocol.V4.OptionCode4.HostName)) name.HostName = text.Written;
        }
        else if (given == NameSource.Blank || ClientName.Replaces(rules, isGiven: true))
        {
            ClientName.Generate(ref text, rules, address);
        }
        else if (!AppendGiven(ref text, rules, fqdn, given))
        {
            text.Qualify(rules.Suffix);
        }

        text.ToLower();
        if (!text.IsName) return default;
        ClientFqdnFlags flags = Flags(fqdn.Flags, rules, ClientName.SendsUpdates(in x, rules));
        name.Fqdn = Write(flags, text, x.Scratch.FqdnAnswer);
        name.UpdatesForward = (flags & ClientFqdnFlags.S) != None;
        name.UpdatesReverse = (flags & ClientFqdnFlags.N) == None;
        text.Written.CopyTo(x.Scratch.StoredName);
        x.Scratch.StoredName[text.Written.Length] = (byte)'.';
        name.Stored = x.Scratch.StoredName.AsSpan(0, text.Written.Length + 1);
        return name;
    }

    /* RFC 4702 §4, with what the administrator may override
        client N S │ updates off │ on, no override │ on, override
              0 0  │     N       │       –         │   S O      (override-client-update)
              0 1  │     N O     │       S         │   S
              1 0  │     N       │       N         │   S O      (override-no-update)   */
    public static ClientFqdnFlags Flags(ClientFqdnFlags client, NameRules rules, bool sendsUpdates)
    {
        // RFC 4702 §2.1: "If the N bit is 1, the S bit MUST be 0." Of a client that sets both, the more careful counts.
        bool wantsNone = (client & ClientFqdnFlags.N) != None;
        bool wantsServer = !wantsNone && (client & ClientFqdnFlags.S) != None;
        bool s = sendsUpdates && (wantsServer || (wantsNone ? rules.OverridesNoUpdate : rules.OverridesClientUpdate));
        bool n = !s && (!sendsUpdates || wantsNone);

        // "A server MUST set this bit to 1 if the 'S' bit in its reply to the client does not match the 'S' bit received from the client."
        bool o = s != ((client & ClientFqdnFlags.S) != None);
        return (client & ClientFqdnFlags.E)
            | (s ? ClientFqdnFlags.S : None)
            | (n ? ClientFqdnFlags.N : None)
            | (o ? ClientFqdnFlags.O : None);
    }

    /// <summary>The client's name, each label cleaned by itself, so that no rule for characters joins two.</summary>
    /// <returns>True for a whole name, false for the first part of one.</returns>
    private static bool AppendGiven(ref NameText text, NameRules rules, ClientFqdn fqdn, NameSource given)
    {
        Span<byte> clean = stackalloc byte[Lease4.MaxHostname];
        if (given == NameSource.Text)
        {
            ReadOnlySpan<byte> octets = fqdn.NameOctets.TrimEnd((byte)0);
            foreach (Range part in octets.TrimEnd((byte)'.').Split((byte)'.')) AppendLabel(ref text, rules, octets[part], clean);
            return octets[^1] == (byte)'.';
        }

        Span<byte> scratch = stackalloc byte[DomainName.MaxLength];
        if (!fqdn.TryGetName(scratch, out DomainName name)) return false;
        ReadOnlySpan<byte> labels = name.Labels;
        for (int at = 0; at < labels.Length && labels[at] != 0; at += 1 + labels[at]) AppendLabel(ref text, rules, labels.Slice(at + 1, labels[at]), clean);
        return name.IsAbsolute;
    }

    // A label of which nothing is left is left out.
    private static void AppendLabel(ref NameText text, NameRules rules, scoped ReadOnlySpan<byte> label, scoped Span<byte> clean)
    {
        int length = rules.CharSet.Clean(label, rules.CharReplacement, clean);
        if (length > 0) text.AppendLabel(clean[..length]);
    }

    private static ReadOnlySpan<byte> Write(ClientFqdnFlags flags, scoped NameText text, byte[] destination)
    {
        Span<byte> labels = stackalloc byte[DomainName.MaxLength];
        int end = 0;
        WireWriter writer = new(destination);
        if (DomainName.TryRead(labels[..text.WriteLabels(labels)], ref end, allowRelative: false, default, out DomainName name, out _)) ClientFqdn.Write(ref writer, flags, name);
        return writer.Written;
    }
}
