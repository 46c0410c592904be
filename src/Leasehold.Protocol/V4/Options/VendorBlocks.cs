namespace Leasehold.Protocol.V4.Options;

/* RFC 3925 §3 (option 124) and §4 (option 125)
   +-----------------------------------+
   |  enterprise-number (4)            |
   +-----------------------------------+
   |  data-len (1)    |                |
   +------------------+   data         |  124: one or more of { length (1), vendor-class-data }
   ~                                   ~  125: one or more of { subopt-code (1), length (1), value }
   +-----------------------------------+
   ~  further blocks                   ~   */

/// <summary>Walks the blocks of options 124 and 125, one an enterprise.</summary>
/// <param name="value">The option's value, joined by RFC 3396, which RFC 3925 §3 asks for.</param>
public ref struct VendorBlocks(ReadOnlySpan<byte> value)
{
    private WireReader reader = new(value);

    /// <summary>Where the last block starts in the value.</summary>
    public int Offset { get; private set; }

    /// <summary>Why the walk ended early; None when it reached the end.</summary>
    public WireError Error { get; private set; }

    /// <summary>Takes the next block. False at the end and at an error.</summary>
    /// <param name="enterprise">The IANA enterprise number.</param>
    /// <param name="data">Read it with <see cref="UserClasses"/> for option 124, with <see cref="SubOptionReader4"/> for 125.</param>
    public bool TryRead(out uint enterprise, out ReadOnlySpan<byte> data)
    {
        enterprise = 0;
        data = default;
        if (reader.IsAtEnd || Error.Kind != WireErrorKind.None) return false;
        Offset = reader.Offset;
        if (reader.TryReadUInt32(out enterprise) && reader.TryReadByte(out byte length) && reader.TryReadOctets(length, out data)) return true;
        Error = new(WireErrorKind.OptionTooLong, Offset);
        return false;
    }

    /// <summary>The data of an enterprise's first block. False when there is none before an error.</summary>
    public static bool TryFind(ReadOnlySpan<byte> value, uint enterprise, out ReadOnlySpan<byte> data)
    {
        VendorBlocks blocks = new(value);
        while (blocks.TryRead(out uint found, out data))
        {
            if (found == enterprise) return true;
        }

        data = default;
        return false;
    }
}
