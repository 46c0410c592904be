namespace Leasehold.Protocol.V4.Options;

/* RFC 3046 §2.0
    Code   Len     Agent Information Field
   +------+------+------+------+------+------+--...-+------+
   |  82  |   N  |  i1  |  i2  |  i3  |  i4  |      |  iN  |
   +------+------+------+------+------+------+--...-+------+   */

/// <summary>Option 82: what a relay says about the client's port. A view; the codes are in <see cref="RelaySubOption"/>.</summary>
/// <param name="value">The option's value, joined by RFC 3396.</param>
public readonly ref struct RelayAgentInformation(ReadOnlySpan<byte> value)
{
    private readonly ReadOnlySpan<byte> octets = value;

    /// <summary>The value as it came. A server sends it back unchanged (RFC 3046 §2.2).</summary>
    public ReadOnlySpan<byte> Octets => octets;

    /// <summary>All sub-options in order.</summary>
    public SubOptionReader4 SubOptions => new(octets);

    /// <summary>True when every sub-option fits: nothing is left over.</summary>
    public bool IsWellFormed
    {
        get
        {
            SubOptionReader4 subOptions = SubOptions;
            while (subOptions.TryRead(out _, out _))
            {
            }

            return subOptions.Error.Kind == WireErrorKind.None;
        }
    }

    /// <summary>The first sub-option with a code. False when it is absent, or stands after one that does not fit.</summary>
    public bool TryGet(byte code, out ReadOnlySpan<byte> subOption)
    {
        SubOptionReader4 subOptions = SubOptions;
        while (subOptions.TryRead(out byte found, out subOption))
        {
            if (found == code) return true;
        }

        subOption = default;
        return false;
    }

    /// <summary>A sub-option that is one address: link selection (RFC 3527 §3) or server identifier override (RFC 5107 §4). Null when absent or not 4 octets.</summary>
    public Ipv4? Address(byte code) => TryGet(code, out ReadOnlySpan<byte> subOption) && subOption.Length == 4 ? Ipv4.Read(subOption) : null;
}
