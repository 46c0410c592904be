namespace Leasehold.Fuzz.Mutation;

/// <summary>Changes of a DHCPv4 message by its options: code, length, value.</summary>
internal static class OptionChanges4
{
    private const int OptionsStart = 240;
    private const int MaxNesting = 2;

    // Options that hold options, and those that the server reads.
    private static readonly byte[] Containers = [43, 82, 122, 124, 125];
    private static readonly byte[] Codes = [1, 12, 43, 50, 51, 52, 53, 54, 55, 57, 60, 61, 77, 80, 81, 82, 90, 93, 97, 108, 116, 118, 119, 121, 124, 125, 151, 220];

    // Fixed fields where a value decides: op, htype, hlen, hops, flags, ciaddr, giaddr, chaddr.
    private static readonly int[] Fields = [0, 1, 2, 3, 10, 12, 15, 16, 24, 27, 28, 33, 44, 108, 236];

    public static byte[] Change(byte[] input, byte[] other, Random random)
    {
        if (input.Length <= OptionsStart) return random.Next(2) == 0 && other.Length > input.Length ? [.. input, .. other.AsSpan(input.Length)] : OctetChanges.Change(input, other, random);
        if (random.Next(6) == 0)
        {
            byte[] changed = [.. input];
            changed[Fields[random.Next(Fields.Length)]] = OctetChanges.Octet(random);
            return changed;
        }

        ReadOnlySpan<byte> theirs = other.Length > OptionsStart ? other.AsSpan(OptionsStart) : default;
        return [.. input.AsSpan(0, OptionsStart), .. ChangeRow(input.AsSpan(OptionsStart), theirs, random, MaxNesting)];
    }

    /// <summary>Changes a row of options, or of sub-options.</summary>
    public static byte[] ChangeRow(ReadOnlySpan<byte> row, ReadOnlySpan<byte> theirs, Random random, int nesting)
    {
        List<Range> options = Split(row);
        if (options.Count == 0) return [.. New(theirs, random), .. row];
        int chosen = random.Next(options.Count);
        (int at, int length) = options[chosen].GetOffsetAndLength(row.Length);
        ReadOnlySpan<byte> before = row[..at];
        ReadOnlySpan<byte> option = row.Slice(at, length);
        ReadOnlySpan<byte> after = row[(at + length)..];
        switch (random.Next(10))
        {
            case 0:
                return [.. before, .. after];
            case 1:
                return [.. before, .. option, .. option, .. after];
            case 2:
                return [.. before, .. after[..^Math.Min(after.Length, 1)], .. option, 255];
            case 3 when length >= 2:
                return [.. before, option[0], OctetChanges.Octet(random), .. option[2..], .. after];
            case 4:
                return [.. before, Codes[random.Next(Codes.Length)], .. option[1..], .. after];
            case 5 or 6:
                return [.. before, .. New(theirs, random), .. row[at..]];
            case 7 when length >= 2:
                // RFC 3396 §5: one value in two options.
                int cut = random.Next(length - 1);
                return [.. before, option[0], (byte)cut, .. option.Slice(2, cut), option[0], (byte)(length - 2 - cut), .. option[(2 + cut)..], .. after];
            default:
                if (length < 2) return [.. before, .. New(theirs, random), .. after];
                byte[] value = nesting > 0 && length > 2 && (Containers.Contains(option[0]) || random.Next(8) == 0)
                    ? ChangeRow(option[2..], theirs, random, nesting - 1)
                    : OctetChanges.Change(option[2..].ToArray(), theirs.ToArray(), random);
                int size = Math.Min(value.Length, 255);
                return [.. before, option[0], (byte)size, .. value.AsSpan(0, size), .. after];
        }
    }

    private static byte[] New(ReadOnlySpan<byte> theirs, Random random)
    {
        List<Range> options = Split(theirs);
        if (options.Count > 0 && random.Next(3) != 0) return theirs[options[random.Next(options.Count)]].ToArray();
        byte[] value = new byte[random.Next(8) == 0 ? random.Next(256) : random.Next(12)];
        for (int i = 0; i < value.Length; i++) value[i] = OctetChanges.Octet(random);
        return [Codes[random.Next(Codes.Length)], (byte)value.Length, .. value];
    }

    private static List<Range> Split(ReadOnlySpan<byte> row)
    {
        List<Range> options = [];
        for (int at = 0; at < row.Length && row[at] != 255;)
        {
            int length = row[at] == 0 || at + 1 >= row.Length ? 1 : Math.Min(2 + row[at + 1], row.Length - at);
            options.Add(at..(at + length));
            at += length;
        }

        return options;
    }
}
