namespace Leasehold.Protocol.V4.Options;

/* RFC 3442, "Classless Route Option Format"
    Code  Len  Destination 1     Router 1
   +-----+---+----+-----+----+----+----+----+----+--
   | 121 | n | d1 | ... | dN | r1 | r2 | r3 | r4 | ...
   +-----+---+----+-----+----+----+----+----+----+--
    d1: bits of the network, 0 to 32; then only the octets that hold such bits   */

/// <summary>Walks the routes of option 121, and of Microsoft's option 249.</summary>
/// <param name="value">The option's value, joined by RFC 3396.</param>
public ref struct ClasslessRoutes(ReadOnlySpan<byte> value)
{
    private WireReader reader = new(value);

    /// <summary>Why the walk ended early; None when it reached the end.</summary>
    public WireError Error { get; private set; }

    /// <summary>Takes the next route. False at the end and at an error.</summary>
    /// <param name="destination">Bits after its length are cleared (RFC 3442: they are to be ignored).</param>
    /// <param name="router">0.0.0.0 for a network on the link itself.</param>
    public bool TryRead(out Ipv4Prefix destination, out Ipv4 router)
    {
        destination = default;
        router = default;
        if (reader.IsAtEnd || Error.Kind != WireErrorKind.None) return false;
        int offset = reader.Offset;
        if (reader.TryReadByte(out byte width) && width <= 32
            && reader.TryReadOctets((width + 7) / 8, out ReadOnlySpan<byte> significant)
            && reader.TryReadIpv4(out router))
        {
            uint network = 0;
            for (int i = 0; i < significant.Length; i++) network |= (uint)significant[i] << (24 - (8 * i));
            destination = new(new(network), width);
            return true;
        }

        Error = new(WireErrorKind.OptionValue, offset);
        return false;
    }
}
