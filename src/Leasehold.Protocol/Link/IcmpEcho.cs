using System.Buffers.Binary;

namespace Leasehold.Protocol.Link;

/* RFC 792, "Echo or Echo Reply Message"
   +---------------+---------------+-------------------------------+
   |     Type      |     Code      |          Checksum             |
   +---------------+---------------+-------------------------------+
   |           Identifier          |        Sequence Number        |
   +---------------+---------------+-------------------------------+
   |     Data ...   */

/// <summary>An ICMP echo or its reply: a view, and the message to send.</summary>
public readonly ref struct IcmpEcho
{
    public const int HeaderLength = 8;
    private const byte RequestType = 8;
    private const byte ReplyType = 0;

    private readonly ReadOnlySpan<byte> octets;

    private IcmpEcho(ReadOnlySpan<byte> octets) => this.octets = octets;

    /// <summary>True for a reply (type 0), false for an echo (type 8).</summary>
    public bool IsReply => octets[0] == ReplyType;
    public ushort Identifier => BinaryPrimitives.ReadUInt16BigEndian(octets[4..]);
    public ushort Sequence => BinaryPrimitives.ReadUInt16BigEndian(octets[6..]);

    /// <summary>A reply carries the echo's data back.</summary>
    public ReadOnlySpan<byte> Data => octets[HeaderLength..];

    /// <summary>Takes a message, from its type to its end. False for other types, fewer than 8 octets or a wrong sum; never throws.</summary>
    public static bool TryParse(ReadOnlySpan<byte> octets, out IcmpEcho echo, out WireError error)
    {
        echo = default;
        int wrong = octets.Length < HeaderLength ? octets.Length
            : octets[0] is not (RequestType or ReplyType) || octets[1] != 0 ? 0
            : InternetChecksum.Of(octets) != 0 ? 2
            : -1;
        if (wrong >= 0)
        {
            error = new(WireErrorKind.Header, wrong);
            return false;
        }

        error = WireError.None;
        echo = new(octets);
        return true;
    }

    /// <summary>Writes header and sum before data that stands right behind the header.</summary>
    /// <param name="message">8 octets for the header, then the data to its end.</param>
    public static void WriteHeader(Span<byte> message, bool reply, ushort identifier, ushort sequence)
    {
        message[..HeaderLength].Clear();
        message[0] = reply ? ReplyType : RequestType;
        BinaryPrimitives.WriteUInt16BigEndian(message[4..], identifier);
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], sequence);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], InternetChecksum.Of(message));
    }
}
