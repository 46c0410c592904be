using System.Buffers.Binary;

namespace Leasehold.Fuzz.Mutation;

/// <summary>Changes of a DHCPv6 message by its options: code and length of two octets, options inside options.</summary>
internal static class OptionChanges6
{
    private const int Head = 4;
    private const int RelayHead = 34;
    private const int MaxNesting = 6;

    private static readonly ushort[] Codes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14, 15, 16, 17, 18, 19, 20, 23, 24, 25, 26, 37, 38, 39, 47, 79, 82, 83, 94, 135];

    public static byte[] Change(byte[] input, byte[] other, Random random)
    {
        int start = HeadOf(input);
        if (input.Length <= start) return random.Next(2) == 0 ? other : OctetChanges.Change(input, other, random);
        if (random.Next(10) == 0 && input.Length < 2000) return Relayed(input, random);
        int theirStart = HeadOf(other);
        ReadOnlySpan<byte> theirs = other.Length > theirStart ? other.AsSpan(theirStart) : default;
        return [.. input.AsSpan(0, start), .. ChangeRow(input.AsSpan(start), theirs, random, MaxNesting)];
    }

    private static byte[] ChangeRow(ReadOnlySpan<byte> row, ReadOnlySpan<byte> theirs, Random random, int nesting)
    {
        List<Range> options = Split(row);
        if (options.Count == 0) return [.. New(theirs, random), .. row];
        (int at, int length) = options[random.Next(options.Count)].GetOffsetAndLength(row.Length);
        ReadOnlySpan<byte> before = row[..at];
        ReadOnlySpan<byte> option = row.Slice(at, length);
        ReadOnlySpan<byte> after = row[(at + length)..];
        if (length < 4) return [.. before, .. New(theirs, random), .. after];
        switch (random.Next(8))
        {
            case 0:
                return [.. before, .. after];
            case 1:
                return [.. before, .. option, .. option, .. after];
            case 2:
                return [.. before, option[0], option[1], (byte)(random.Next(4) == 0 ? OctetChanges.Octet(random) : 0), OctetChanges.Octet(random), .. option[4..], .. after];
            case 3:
                return [.. before, .. Option(Codes[random.Next(Codes.Length)], option[4..]), .. after];
            case 4:
                return [.. before, .. New(theirs, random), .. row[at..]];
            default:
                ushort code = BinaryPrimitives.ReadUInt16BigEndian(option);
                int inside = code switch { 3 or 25 => 12, 4 => 4, 5 => 24, 26 => 25, 9 => HeadOf(option[4..]), 17 => 4, _ => -1 };
                byte[] value = inside >= 0 && nesting > 0 && length > 4 + inside
                    ? [.. option.Slice(4, inside), .. ChangeRow(option[(4 + inside)..], theirs, random, nesting - 1)]
                    : OctetChanges.Change(option[4..].ToArray(), theirs.ToArray(), random);
                return [.. before, .. Option(code, value.AsSpan(0, Math.Min(value.Length, ushort.MaxValue))), .. after];
        }
    }

    // RFC 8415 §19.1.1: a relay's message around it.
    private static byte[] Relayed(byte[] input, Random random)
    {
        byte[] head = new byte[RelayHead];
        head[0] = (byte)(12 + random.Next(2));
        head[1] = OctetChanges.Octet(random);
        (head[2], head[18]) = (0x20, 0xFE);
        return [.. head, .. Option(9, input)];
    }

    private static byte[] New(ReadOnlySpan<byte> theirs, Random random)
    {
        List<Range> options = Split(theirs);
        if (options.Count > 0 && random.Next(3) != 0) return theirs[options[random.Next(options.Count)]].ToArray();
        byte[] value = new byte[random.Next(32)];
        for (int i = 0; i < value.Length; i++) value[i] = OctetChanges.Octet(random);
        return Option(Codes[random.Next(Codes.Length)], value);
    }

    private static byte[] Option(ushort code, ReadOnlySpan<byte> value) =>
        [(byte)(code >> 8), (byte)code, (byte)(value.Length >> 8), (byte)value.Length, .. value];

    private static int HeadOf(ReadOnlySpan<byte> message) => !message.IsEmpty && message[0] is 12 or 13 ? RelayHead : Head;

    private static List<Range> Split(ReadOnlySpan<byte> row)
    {
        List<Range> options = [];
        for (int at = 0; at < row.Length;)
        {
            int length = row.Length - at < 4 ? row.Length - at : Math.Min(4 + BinaryPrimitives.ReadUInt16BigEndian(row[(at + 2)..]), row.Length - at);
            options.Add(at..(at + length));
            at += length;
        }

        return options;
    }
}
