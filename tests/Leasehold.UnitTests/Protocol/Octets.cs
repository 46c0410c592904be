using Leasehold.Protocol;

namespace Leasehold.UnitTests.Protocol;

/// <summary>Octets as a reader can check them against an RFC.</summary>
internal static class Octets
{
    /// <summary>Octets from hexadecimal with blanks, on any number of lines; '#' begins a comment.</summary>
    public static byte[] Hex(string text)
    {
        IEnumerable<string> lines = text.Split('\n').Select(line => line.Split('#')[0]);
        return Convert.FromHexString(string.Concat(lines).Replace(" ", "").Replace("\r", ""));
    }

    /// <summary>Hexadecimal with a blank between octets, for readable failures.</summary>
    public static string Show(ReadOnlySpan<byte> octets) => HexText.Format(octets, ' ');
}
