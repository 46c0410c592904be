using System.Collections.Immutable;
using System.Text;
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
    public static ConfigResult<Dhcp4Config> ReadFile(string path, FileReader readFile)
    {
        FileContent content = readFile(path);
        if (content.Octets is { } octets) return Read(path, octets, readFile);
        return new(null, [new(new(path, 0, 0), $"the file cannot be read: {content.Error}", "correct its name or its rights")]);
    }

    /// <summary>Reads a text that is no file, such as one in a test.</summary>
    /// <param name="name">Begins every message; null for a text without a name.</param>
    /// <param name="readFile">For includes; null when there are none.</param>
    public static ConfigResult<Dhcp4Config> ReadText(string text, string? name = null, FileReader? readFile = null) =>
        Read(name, Encoding.UTF8.GetBytes(text), readFile ?? (static _ => FileContent.Failed("this text has no files beside it")));

    /// <summary>A file in its long form: what it includes is put in, and client classes stand in the place of boot sections.</summary>
    /// <param name="path">As the person gave it; it begins every message.</param>
    /// <param name="readFile">Gives the files' content; <see cref="DiskFiles.Read"/> outside tests.</param>
    /// <returns>The text; none for a file with an error.</returns>
    public static ConfigResult<string> Expand(string path, FileReader readFile)
    {
        ConfigResult<Dhcp4Config> read = ReadFile(path, readFile);
        if (read.Config is null || readFile(path).Octets is not { } octets) return new(null, read.Diagnostics);
        var reading = new Reading(new Diagnostics());
        return ConfigTreeReader.Read(path, octets, readFile, reading.Diagnostics) is { } root
            ? new(ConfigTreeWriter.Write(BootExpansion.Expand(root, reading)), read.Diagnostics)
            : new(null, read.Diagnostics);
    }

    private static ConfigResult<Dhcp4Config> Read(string? name, ReadOnlyMemory<byte> octets, FileReader readFile)
    {
        var reading = new Reading(new Diagnostics());
        Dhcp4Config? config = ConfigTreeReader.Read(name, octets, readFile, reading.Diagnostics) is { } root
            ? RootReader.Read(BootExpansion.Expand(root, reading), reading)
            : null;
        if (config is not null)
        {
            foreach (ConfigDiagnostic diagnostic in AllChecks.Run(config)) reading.Diagnostics.Add(diagnostic);
        }

        ImmutableArray<ConfigDiagnostic> diagnostics = reading.Diagnostics.InTextOrder();
        return reading.Diagnostics.ErrorCount > 0 || config is null
            ? new(null, diagnostics)
            : new(config with { Warnings = diagnostics }, diagnostics);
    }
}
