using Leasehold.Fuzz.Driving;

namespace Leasehold.Fuzz.Targets;

/// <summary>Inputs that the repository's tests have.</summary>
internal static class SeedFiles
{
    /// <summary>The golden packets of DHCPv4, by name.</summary>
    public static IEnumerable<byte[]> Packets4(string tests) => Of(tests, "packets/v4", "*.pkt").Select(Corpus.Read);

    /// <summary>The golden configurations.</summary>
    public static IEnumerable<byte[]> Configurations(string tests) => Of(tests, "configs", "*.json").Select(File.ReadAllBytes);

    /// <summary>Files below a folder of tests, in the order of their names.</summary>
    public static IEnumerable<string> Of(string tests, string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(tests, folder), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
