using System.Buffers.Binary;
using System.Numerics;

namespace Leasehold.Leases.Storage;

/// <summary>SipHash-1-3 (Aumasson and Bernstein): a keyed hash, so that a stranger who chooses identifiers cannot choose collisions.</summary>
internal readonly struct SipHash13(ulong key0, ulong key1)
{
    /// <summary>The lower half of the 64-bit hash.</summary>
    public uint Hash(ReadOnlySpan<byte> octets)
    {
        ulong v0 = key0 ^ 0x736f6d6570736575;
        ulong v1 = key1 ^ 0x646f72616e646f6d;
        ulong v2 = key0 ^ 0x6c7967656e657261;
        ulong v3 = key1 ^ 0x7465646279746573;
        ulong last = (ulong)octets.Length << 56;
        while (octets.Length >= 8)
        {
            Word(BinaryPrimitives.ReadUInt64LittleEndian(octets), ref v0, ref v1, ref v2, ref v3);
            octets = octets[8..];
        }

        for (int i = 0; i < octets.Length; i++) last |= (ulong)octets[i] << (8 * i);
        return End(last, ref v0, ref v1, ref v2, ref v3);
    }

    /// <summary>The lower half of the hash of two numbers, which is that of their sixteen octets, least significant first.</summary>
    public uint Hash(ulong first, ulong second)
    {
        ulong v0 = key0 ^ 0x736f6d6570736575;
        ulong v1 = key1 ^ 0x646f72616e646f6d;
        ulong v2 = key0 ^ 0x6c7967656e657261;
        ulong v3 = key1 ^ 0x7465646279746573;
        Word(first, ref v0, ref v1, ref v2, ref v3);
        Word(second, ref v0, ref v1, ref v2, ref v3);
        return End(16UL << 56, ref v0, ref v1, ref v2, ref v3);
    }

    private static void Word(ulong word, ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v3 ^= word;
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= word;
    }

    private static uint End(ulong last, ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        Word(last, ref v0, ref v1, ref v2, ref v3);
        v2 ^= 0xff;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        return (uint)(v0 ^ v1 ^ v2 ^ v3);
    }

    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v3;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}
