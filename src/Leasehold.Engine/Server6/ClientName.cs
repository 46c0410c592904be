using System.Text;
using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Engine.V6;

/// <summary>The name of a client: what its leases are stored with, and what option 39 answers.</summary>
internal static class ClientName
{
    // RFC 4704 §4: one octet of flags before the name.
    private const int NameStart = 1;

    /// <summary>The name in labels (RFC 1035 §3.1), with the root at its end where it is complete; empty for none.</summary>
    /// <remarks>The reservation's name; else what the client says of itself, made harmless; else one made of its first address. Known when addresses are.</remarks>
    public static ReadOnlySpan<byte> LabelsOf(scoped in Exchange6 x)
    {
        NamePolicy policy = x.Subnet.Names;
        WireWriter writer = new(x.Scratch.Name);
        if (x.Reservation is { Hostname.Length: > 0 } reservation)
        {
            writer.WriteOctets(reservation.Hostname);
        }
        else
        {
            ReadOnlySpan<byte> said = ClientLabels(in x);
            if (policy.Replaces(said.Length > 0))
            {
                if (!TryMake(in x, policy, ref writer)) return default;
            }
            else if (said.Length > 0)
            {
                writer.WriteOctets(said);
            }
            else if (x.FqdnOption.IsEmpty || !TryMake(in x, policy, ref writer))
            {
                // RFC 4704 §4.2: a client that sends no name leaves it to the server.
                return default;
            }
        }

        bool complete = EndsInRoot(writer.Written);
        if (!complete) writer.WriteOctets(policy.Suffix);
        return writer.Overflowed || writer.Length > DomainName.MaxLength ? default : writer.Written;
    }

    /// <summary>The name as leases have it: in lower case, dots between labels, none at the end; empty for none.</summary>
    public static ReadOnlySpan<byte> TextOf(scoped in Exchange6 x)
    {
        ReadOnlySpan<byte> labels = LabelsOf(in x);
        byte[] text = x.Scratch.HostName;
        int length = 0;
        for (int at = 0; at < labels.Length && labels[at] != 0; at += 1 + labels[at])
        {
            if (length + 1 + labels[at] > Lease6.MaxHostname) return default;
            if (length > 0) text[length++] = (byte)'.';
            labels.Slice(at + 1, labels[at]).CopyTo(text.AsSpan(length));
            length += labels[at];
        }

        return text.AsSpan(0, length);
    }

    /// <summary>The labels of the client's own name in lower case: letters, digits and hyphens (RFC 952, RFC 1123 §2.1); everything else is left out, and so is a label of nothing else.</summary>
    private static ReadOnlySpan<byte> ClientLabels(scoped in Exchange6 x)
    {
        int start = NameStart;
        if (x.FqdnOption.Length <= NameStart || !DomainName.TryRead(x.FqdnOption, ref start, allowRelative: true, x.Scratch.Labels, out DomainName name, out _)) return default;
        ReadOnlySpan<byte> labels = name.Labels;
        byte[] clean = x.Scratch.CleanLabels;
        int length = 0;
        for (int at = 0; at < labels.Length && labels[at] != 0; at += 1 + labels[at])
        {
            int head = length++;
            foreach (byte octet in labels.Slice(at + 1, labels[at]))
            {
                if (char.IsAsciiLetterUpper((char)octet)) clean[length++] = (byte)(octet | 0x20);
                else if (char.IsAsciiLetterLower((char)octet) || char.IsAsciiDigit((char)octet) || octet == (byte)'-') clean[length++] = octet;
            }

            clean[head] = (byte)(length - head - 1);
            if (clean[head] == 0) length = head;
        }

        if (length > 0 && name.IsAbsolute) clean[length++] = 0;
        return clean.AsSpan(0, length);
    }

    /// <summary>A name out of a prefix and the first address that is given: myhost-2001-db8-1--10.</summary>
    private static bool TryMake(scoped in Exchange6 x, NamePolicy policy, ref WireWriter writer)
    {
        Span<char> address = stackalloc char[Ipv6.MaxTextLength];
        foreach (ref readonly Grant grant in x.Bindings.All)
        {
            if (grant.Type != LeaseType6.NonTemporary || !grant.IsGiven) continue;
            _ = grant.Prefix.Network.TryFormat(address, out int length, default, provider: null);
            int prefix = policy.GeneratedPrefix.Length;
            int total = prefix + (prefix > 0 ? 1 : 0) + length;
            if (total > DomainName.MaxLabel) return false;
            writer.WriteByte((byte)total);
            writer.WriteOctets(policy.GeneratedPrefix);
            if (prefix > 0) writer.WriteByte((byte)'-');
            foreach (char each in address[..length]) writer.WriteByte(each == ':' ? (byte)'-' : (byte)each);
            return true;
        }

        return false;
    }

    private static bool EndsInRoot(ReadOnlySpan<byte> labels)
    {
        int at = 0;
        while (at < labels.Length && labels[at] != 0) at += 1 + labels[at];
        return at < labels.Length;
    }
}

/// <summary>How clients' names are made at a subnet, as configured.</summary>
internal sealed class NamePolicy
{
    private readonly ReplaceClientName replacement;

    /// <param name="rules">All levels joined, defaults included.</param>
    public NamePolicy(NameParameters rules)
    {
        replacement = rules.ReplaceClientName ?? ReplaceClientName.Never;
        GeneratedPrefix = Encoding.ASCII.GetBytes((rules.GeneratedPrefix ?? "").ToLowerInvariant());
        Suffix = LabelsOf(rules.QualifyingSuffix ?? "", makeAbsolute: true);
    }

    public byte[] GeneratedPrefix { get; }

    /// <summary>The labels that complete a name, with the root; empty for none.</summary>
    public byte[] Suffix { get; }

    /// <summary>The server makes a name of its own.</summary>
    /// <param name="present">The client sent one.</param>
    public bool Replaces(bool present) => replacement switch
    {
        ReplaceClientName.Always => true,
        ReplaceClientName.WhenPresent => present,
        ReplaceClientName.WhenNotPresent => !present,
        _ => false,
    };

    /// <summary>A configured name in labels and lower case; empty for one that is none.</summary>
    public static byte[] LabelsOf(string name, bool makeAbsolute)
    {
        Span<byte> scratch = stackalloc byte[DomainName.MaxLength];
        return name.Length > 0 && DomainName.TryParse(name.ToLowerInvariant(), makeAbsolute, scratch, out DomainName parsed) ? parsed.Labels.ToArray() : [];
    }
}
