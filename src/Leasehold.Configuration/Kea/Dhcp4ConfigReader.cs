using Leasehold.Configuration.Checks;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>Kea's JSON dialect to the configuration of a DHCPv4 server. All errors of a file come in one run.</summary>
public static class Dhcp4ConfigReader
{
    /// <summary>Reads a file and what it includes.</summary>
    /// <param name="path">As the person gave it; it begins every message.</param>
    /// <param name="readFile">Gives the files' content; <see cref="DiskFiles.Read"/> outside tests.</param>
    public static ConfigResult<Dhcp4Config> ReadFile(string path, FileReader readFile) =>
        WithWarnings(ConfigFileReader.ReadFile(path, readFile, Family.V4, RootReader.Read4, AllChecks.Run));

    /// <summary>Reads a text that is no file, such as one in a test.</summary>
    /// <param name="name">Begins every message; null for a text without a name.</param>
    /// <param name="readFile">For includes; null when there are none.</param>
    public static ConfigResult<Dhcp4Config> ReadText(string text, string? name = null, FileReader? readFile = null) =>
        WithWarnings(ConfigFileReader.ReadText(text, name, readFile, Family.V4, RootReader.Read4, AllChecks.Run));

    /// <summary>The model knows the warnings that were found while it was read.</summary>
    internal static ConfigResult<Dhcp4Config> WithWarnings(ConfigResult<Dhcp4Config> result) =>
        result.Config is { } config ? result with { Config = config with { Warnings = result.Diagnostics } } : result;
}
