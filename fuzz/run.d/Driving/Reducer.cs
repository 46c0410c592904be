namespace Leasehold.Fuzz.Driving;

/// <summary>Makes an input shorter and duller as long as it keeps a property.</summary>
internal static class Reducer
{
    /// <param name="keeps">True for an input that still has the property.</param>
    /// <param name="attempts">How often it may be asked.</param>
    public static byte[] Reduce(byte[] input, Func<byte[], bool> keeps, int attempts)
    {
        for (int size = Math.Max(1, input.Length / 2); size >= 1; size /= 2)
        {
            for (int at = 0; at < input.Length && attempts > 0;)
            {
                byte[] shorter = [.. input.AsSpan(0, at), .. input.AsSpan(Math.Min(input.Length, at + size))];
                attempts--;
                if (keeps(shorter)) input = shorter;
                else at += size;
            }
        }

        for (int at = 0; at < input.Length && attempts > 0; at++)
        {
            if (input[at] is 0 or (byte)'0') continue;
            byte[] duller = [.. input];
            duller[at] = duller[at] is >= (byte)' ' and < 127 ? (byte)'0' : (byte)0;
            attempts--;
            if (keeps(duller)) input = duller;
        }

        return input;
    }
}
