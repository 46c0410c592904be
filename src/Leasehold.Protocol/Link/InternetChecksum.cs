using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Leasehold.Protocol.Link;

/// <summary>The ones' complement sum that IPv4, UDP and ICMP are checked with (RFC 1071).</summary>
public static class InternetChecksum
{
    /// <summary>Adds octets to a sum, 64 bits at a time. The order in which runs are added does not matter.</summary>
    /// <param name="octets">Of any length; a run of an odd one is padded with a zero octet (RFC 1071 §1).</param>
    /// <param name="sum">The sum so far, 0 at the start.</param>
    /// <returns>A sum to go on with, or to end with <see cref="Finish"/>.</returns>
    public static ulong Add(ReadOnlySpan<byte> octets, ulong sum = 0)
    {
        // RFC 1071 §2(B): the sum does not depend on the order of octets, so words are added as the machine has them.
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(octets))
        {
            sum += word;
            if (sum < word) sum++;
        }

        ReadOnlySpan<byte> rest = octets[(octets.Length & ~7)..];
        if (rest.IsEmpty) return sum;
        Span<byte> last = stackalloc byte[8];
        last.Clear();
        rest.CopyTo(last);
        ulong tail = MemoryMarshal.Read<ulong>(last);
        sum += tail;
        return sum < tail ? sum + 1 : sum;
    }

    /// <summary>Folds a sum to 16 bits and inverts it.</summary>
    /// <returns>The number for the checksum field, to be written big-endian. Over octets that include a right checksum it is 0.</returns>
    public static ushort Finish(ulong sum)
    {
        sum = (sum & 0xFFFF_FFFF) + (sum >> 32);
        sum = (sum & 0xFFFF_FFFF) + (sum >> 32);
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        ushort folded = (ushort)~sum;
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(folded) : folded;
    }

    /// <summary>The checksum of one run of octets.</summary>
    public static ushort Of(ReadOnlySpan<byte> octets) => Finish(Add(octets));
}
