using System.Text;

namespace Leasehold.Protocol.V4.Options;

/* RFC 4702 §2
    Code   Len    Flags  RCODE1 RCODE2   Domain Name
   +------+------+------+------+------+------+--        0 1 2 3 4 5 6 7
   |  81  |   n  |      |      |      |       ...       |  MBZ  |N|E|O|S|
   +------+------+------+------+------+------+--        +-+-+-+-+-+-+-+-+   */

/// <summary>Option 81: the name that a client wants in the DNS, and who updates it. A view.</summary>
public readonly ref struct ClientFqdn
{
    private const int NameStart = 3;

    private readonly ReadOnlySpan<byte> octets;

    private ClientFqdn(ReadOnlySpan<byte> octets) => this.octets = octets;

    /// <summary>S, O, E and N; the reserved bits are left out (RFC 4702 §2.1).</summary>
    public ClientFqdnFlags Flags => (ClientFqdnFlags)(octets[0] & 0x0F);

    /// <summary>The octets after the three fixed ones, in the encoding that E tells.</summary>
    public ReadOnlySpan<byte> NameOctets => octets[NameStart..];

    /// <summary>Takes an option's value. False below three octets; never throws.</summary>
    public static bool TryRead(ReadOnlySpan<byte> value, out ClientFqdn fqdn)
    {
        fqdn = value.Length >= NameStart ? new(value) : default;
        return value.Length >= NameStart;
    }

    /// <summary>The name, relative when the client sent a part of it (RFC 4702 §2.3).</summary>
    /// <param name="scratch">At least 255 octets.</param>
    /// <param name="name">A part of the option or of scratch.</param>
    /// <returns>False for no name ("the server shall choose one") and for a malformed one.</returns>
    public bool TryGetName(Span<byte> scratch, out DomainName name)
    {
        name = default;
        if ((Flags & ClientFqdnFlags.E) != ClientFqdnFlags.None)
        {
            int end = NameStart;
            return octets.Length > NameStart
                && DomainName.TryRead(octets, ref end, allowRelative: true, scratch, out name, out _)
                && end == octets.Length;
        }

        // RFC 4702 §2.3.1: the deprecated ASCII form, in text. Some clients end it with a zero octet.
        ReadOnlySpan<byte> ascii = NameOctets.TrimEnd((byte)0);
        Span<char> text = stackalloc char[DomainName.MaxLength];
        return ascii.Length <= text.Length
            && Encoding.ASCII.TryGetChars(ascii, text, out int length)
            && Ascii.IsValid(ascii)
            && !text[..length].Contains('\\')
            && DomainName.TryParse(text[..length], makeAbsolute: false, scratch, out name);
    }

    /// <summary>Writes an option's value for an answer, the name as E tells.</summary>
    /// <param name="flags">S, O, E and N of the answer.</param>
    /// <param name="name">Written as labels with E, else as text, with a dot at the end when it is absolute.</param>
    /// <remarks>RFC 4702 §4: a server sets RCODE1 and RCODE2 to 255.</remarks>
    public static void Write(ref WireWriter writer, ClientFqdnFlags flags, scoped DomainName name)
    {
        writer.WriteByte((byte)flags);
        writer.WriteByte(255);
        writer.WriteByte(255);
        if ((flags & ClientFqdnFlags.E) != ClientFqdnFlags.None)
        {
            writer.WriteOctets(name.Labels);
            return;
        }

        ReadOnlySpan<byte> labels = name.Labels;
        for (int at = 0; at < labels.Length && labels[at] != 0; at += 1 + labels[at])
        {
            if (at > 0) writer.WriteByte((byte)'.');
            writer.WriteOctets(labels.Slice(at + 1, labels[at]));
        }

        // As the established server does: without it a single label reads as the first part of a name.
        if (name.IsAbsolute) writer.WriteByte((byte)'.');
    }
}

/// <summary>The flags of option 81, RFC 4702 §2.1.</summary>
[Flags]
public enum ClientFqdnFlags : byte
{
    None = 0,

    /// <summary>The server should make (or has made) the A record's update.</summary>
    S = 1,

    /// <summary>The server overrode the client's S.</summary>
    O = 2,

    /// <summary>The name is in labels, not in ASCII text.</summary>
    E = 4,

    /// <summary>The server should make (or makes) no update at all.</summary>
    N = 8,
}
