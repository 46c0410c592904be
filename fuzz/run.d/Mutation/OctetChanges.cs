using System.Buffers.Binary;

namespace Leasehold.Fuzz.Mutation;

/// <summary>Changes that need no structure: bits, numbers at their limits, parts that go, come twice or come from elsewhere.</summary>
internal static class OctetChanges
{
    private static readonly byte[] Octets = [0, 1, 2, 3, 4, 6, 15, 16, 17, 63, 64, 65, 127, 128, 191, 192, 254, 255];
    private static readonly ushort[] Words = [0, 1, 4, 127, 128, 255, 256, 511, 512, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF];
    private static readonly uint[] Longs = [0, 1, 0xFF, 0x100, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF];

    public static byte Octet(Random random) => random.Next(3) == 0 ? (byte)random.Next(256) : Octets[random.Next(Octets.Length)];

    public static byte[] Change(byte[] input, byte[] other, Random random)
    {
        if (input.Length == 0) return other.Length == 0 ? [Octet(random)] : other;
        byte[] changed = [.. input];
        int at = random.Next(changed.Length);
        Span<byte> rest = changed.AsSpan(at);
        switch (random.Next(10))
        {
            case 0:
                changed[at] ^= (byte)(1 << random.Next(8));
                return changed;
            case 1:
                changed[at] = Octet(random);
                return changed;
            case 2:
                changed[at] += (byte)(random.Next(9) - 4);
                return changed;
            case 3 when rest.Length >= 2:
                ushort word = Words[random.Next(Words.Length)];
                if (random.Next(2) == 0) BinaryPrimitives.WriteUInt16BigEndian(rest, word);
                else BinaryPrimitives.WriteUInt16LittleEndian(rest, word);
                return changed;
            case 4 when rest.Length >= 4:
                uint number = random.Next(3) == 0 ? (uint)changed.Length + (uint)random.Next(9) - 4 : Longs[random.Next(Longs.Length)];
                if (random.Next(2) == 0) BinaryPrimitives.WriteUInt32BigEndian(rest, number);
                else BinaryPrimitives.WriteUInt32LittleEndian(rest, number);
                return changed;
            case 5:
                return changed[..at];
            case 6:
                int length = Length(changed.Length - at, random);
                return [.. changed.AsSpan(0, at), .. changed.AsSpan(at + length)];
            case 7:
                length = Length(changed.Length - at, random);
                return [.. changed.AsSpan(0, at + length), .. changed.AsSpan(at)];
            case 8 when other.Length > 0:
                int from = random.Next(other.Length);
                length = Length(other.Length - from, random);
                return [.. changed.AsSpan(0, at), .. other.AsSpan(from, length), .. changed.AsSpan(random.Next(2) == 0 ? at : Math.Min(changed.Length, at + length))];
            default:
                from = Math.Min(at, other.Length);
                return [.. changed.AsSpan(0, at), .. other.AsSpan(from)];
        }
    }

    /// <summary>From 1 to a number, small ones more often.</summary>
    public static int Length(int most, Random random) => 1 + random.Next(random.Next(3) == 0 ? most : Math.Min(most, 16));
}
