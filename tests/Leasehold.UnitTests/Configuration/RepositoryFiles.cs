using System.Runtime.CompilerServices;
using System.Text;
using Leasehold.Configuration.Text;
using Xunit;

namespace Leasehold.UnitTests.Configuration;

/// <summary>The files of the source tree that these tests compare with, found from this file's own place.</summary>
internal static class RepositoryFiles
{
    /// <summary>With LEASEHOLD_UPDATE_GOLDEN=1 expected files are written instead of compared; look at the difference before you commit it.</summary>
    public static bool Update => Environment.GetEnvironmentVariable("LEASEHOLD_UPDATE_GOLDEN") == "1";

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here()) ?? "", "../../.."));

    public static string Configs => Path.Combine(Root, "tests/configs");

    /// <summary>Reads files by names relative to a folder, so that messages have no path of a machine.</summary>
    public static FileReader In(string folder) => name => DiskFiles.Read(Path.Combine(folder, name));

    /// <summary>Compares with an expected file, or writes it.</summary>
    public static void AssertEqual(string path, string actual)
    {
        if (Update) File.WriteAllText(path, actual, new UTF8Encoding(false));
        string expected = File.Exists(path) ? File.ReadAllText(path) : "";
        Assert.True(
            expected == actual,
            $"{path} differs. Run the tests with LEASEHOLD_UPDATE_GOLDEN=1 to write it, and read the difference.\n--- expected\n{expected}\n--- actual\n{actual}");
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
