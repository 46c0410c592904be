using Leasehold.Protocol;

namespace Leasehold.Engine;

/// <summary>The pieces that the JSON of user contexts is written with.</summary>
internal static class ContextText
{
    /// <summary>Octets in hexadecimal, upper case, nothing between them.</summary>
    public static void WriteHex(ref WireWriter json, scoped ReadOnlySpan<byte> octets)
    {
        foreach (byte octet in octets)
        {
            json.WriteByte("0123456789ABCDEF"u8[octet >> 4]);
            json.WriteByte("0123456789ABCDEF"u8[octet & 15]);
        }
    }
}

/// <summary>What stands before a member: the opening of its map or list before the first, a comma before the others.</summary>
internal struct ContextSeparator
{
    public bool Began { get; private set; }

    public void Write(ref WireWriter json, scoped ReadOnlySpan<byte> opening)
    {
        json.WriteOctets(Began ? ", "u8 : opening);
        Began = true;
    }
}
