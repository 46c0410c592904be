using System.Buffers.Binary;

namespace Leasehold.Protocol.V4.Options;

/* RFC 3118 §2
   +---------------+---------------+---------------+---------------+
   |     Code (90) |    Length     |   Protocol    |   Algorithm   |
   +---------------+---------------+---------------+---------------+
   |     RDM       | Replay Detection (64 bits)                    |
   +---------------+-----------------------------------------------+
   |  Authentication Information                                   |
   +---------------------------------------------------------------+   */

/// <summary>Option 90 and sub-option 8's head: a view.</summary>
public readonly ref struct Authentication
{
    /// <summary>Octets before the authentication information.</summary>
    public const int HeaderLength = 11;

    private readonly ReadOnlySpan<byte> octets;

    private Authentication(ReadOnlySpan<byte> octets) => this.octets = octets;

    /// <summary>0 configuration token, 1 delayed authentication (RFC 3118 §4, §5), 3 reconfigure key (RFC 6704 §3.1).</summary>
    public byte Protocol => octets[0];

    /// <summary>Of the protocol: 1 is HMAC-MD5 (RFC 3118 §5.1).</summary>
    public byte Algorithm => octets[1];

    /// <summary>Replay detection method: 0 a counter that only rises (RFC 3118 §2).</summary>
    public byte ReplayMethod => octets[2];

    public ulong ReplayDetection => BinaryPrimitives.ReadUInt64BigEndian(octets[3..]);

    /// <summary>What protocol and algorithm say; may be empty.</summary>
    public ReadOnlySpan<byte> Information => octets[HeaderLength..];

    /// <summary>Takes an option's value. False below 11 octets; never throws.</summary>
    public static bool TryRead(ReadOnlySpan<byte> value, out Authentication authentication)
    {
        authentication = value.Length >= HeaderLength ? new(value) : default;
        return value.Length >= HeaderLength;
    }
}
