using System.Collections.Immutable;
using System.Text;
using Leasehold.Configuration.Checks;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>What a file configures.</summary>
/// <param name="Dhcp4">The DHCPv4 server's part; null when the file has none.</param>
/// <param name="Dhcp6">The DHCPv6 server's part; null when the file has none.</param>
/// <param name="Diagnostics">Errors and warnings of all parts, in the order of the text.</param>
public sealed record ConfigFile(ConfigResult<Dhcp4Config>? Dhcp4, ConfigResult<Dhcp6Config>? Dhcp6, ImmutableArray<ConfigDiagnostic> Diagnostics)
{
    /// <summary>False when nothing of the file may be used.</summary>
    public bool IsUsable => Diagnostics.All(d => d.IsWarning);
}

/// <summary>Kea's JSON dialect: all servers that a file configures, or one of them. All errors of a file come in one run.</summary>
public static class ConfigFileReader
{
    /// <summary>Reads a file and what it includes.</summary>
    /// <param name="path">As the person gave it; it begins every message.</param>
    /// <param name="readFile">Gives the files' content; <see cref="DiskFiles.Read"/> outside tests.</param>
    public static ConfigFile ReadFile(string path, FileReader readFile)
    {
        FileContent content = readFile(path);
        return content.Octets is { } octets ? Read(path, octets, readFile) : new(null, null, [Unreadable(path, content)]);
    }

    /// <summary>Reads a text that is no file, such as one in a test.</summary>
    /// <param name="name">Begins every message; null for a text without a name.</param>
    public static ConfigFile ReadText(string text, string? name = null) => Read(name, Encoding.UTF8.GetBytes(text), NoFiles);

    /// <summary>A file in its long form: what it includes is put in, and client classes stand in the place of boot sections.</summary>
    /// <param name="path">As the person gave it; it begins every message.</param>
    /// <param name="readFile">Gives the files' content; <see cref="DiskFiles.Read"/> outside tests.</param>
    /// <returns>The text; none for a file with an error.</returns>
    public static ConfigResult<string> Expand(string path, FileReader readFile)
    {
        ConfigFile read = ReadFile(path, readFile);
        if (!read.IsUsable || readFile(path).Octets is not { } octets) return new(null, read.Diagnostics);
        var reading = new Reading(new Diagnostics(), Family.V4);
        return ConfigTreeReader.Read(path, octets, readFile, reading.Diagnostics) is { } root
            ? new(ConfigTreeWriter.Write(BootExpansion.Expand(root, reading)), read.Diagnostics)
            : new(null, read.Diagnostics);
    }

    private static ConfigFile Read(string? name, ReadOnlyMemory<byte> octets, FileReader readFile)
    {
        var text = new Diagnostics();
        if (ConfigTreeReader.Read(name, octets, readFile, text) is not { } root) return new(null, null, text.InTextOrder());
        ConfigResult<Dhcp4Config>? dhcp4 = null;
        ConfigResult<Dhcp6Config>? dhcp6 = null;
        Diagnostics all = text.Copy();
        if (RootReader.Has(root, Family.V4)) dhcp4 = Service(root, text.Copy(), Family.V4, RootReader.Read4, AllChecks.Run, all);
        if (RootReader.Has(root, Family.V6)) dhcp6 = Service(root, text.Copy(), Family.V6, RootReader.Read6, AllChecks.Run, all);
        if (dhcp4 is null && dhcp6 is null) NoService(root, new Reading(all, Family.V4));
        return new(
            dhcp4 is null ? null : Dhcp4ConfigReader.WithWarnings(dhcp4),
            dhcp6 is null ? null : Dhcp6ConfigReader.WithWarnings(dhcp6),
            all.InTextOrder());
    }

    /// <summary>Reads one server's part of a file.</summary>
    internal static ConfigResult<T> ReadFile<T>(
        string path, FileReader readFile, Family family, Func<ConfigNode, Reading, T?> read, Func<T, IEnumerable<ConfigDiagnostic>> check)
        where T : class
    {
        FileContent content = readFile(path);
        return content.Octets is { } octets
            ? ReadOctets(path, octets, readFile, family, read, check)
            : new(null, [Unreadable(path, content)]);
    }

    /// <summary>Reads one server's part of a text.</summary>
    internal static ConfigResult<T> ReadText<T>(
        string text, string? name, FileReader? readFile, Family family, Func<ConfigNode, Reading, T?> read, Func<T, IEnumerable<ConfigDiagnostic>> check)
        where T : class =>
        ReadOctets(name, Encoding.UTF8.GetBytes(text), readFile ?? NoFiles, family, read, check);

    private static ConfigResult<T> ReadOctets<T>(
        string? name,
        ReadOnlyMemory<byte> octets,
        FileReader readFile,
        Family family,
        Func<ConfigNode, Reading, T?> read,
        Func<T, IEnumerable<ConfigDiagnostic>> check)
        where T : class
    {
        var diagnostics = new Diagnostics();
        return ConfigTreeReader.Read(name, octets, readFile, diagnostics) is { } root
            ? Service(root, diagnostics, family, read, check, all: null)
            : new(null, diagnostics.InTextOrder());
    }

    private static ConfigResult<T> Service<T>(
        ConfigNode root,
        Diagnostics diagnostics,
        Family family,
        Func<ConfigNode, Reading, T?> read,
        Func<T, IEnumerable<ConfigDiagnostic>> check,
        Diagnostics? all)
        where T : class
    {
        T? config = read(root, new Reading(diagnostics, family));
        if (config is not null)
        {
            foreach (ConfigDiagnostic diagnostic in check(config)) diagnostics.Add(diagnostic);
        }

        ImmutableArray<ConfigDiagnostic> found = diagnostics.InTextOrder();
        foreach (ConfigDiagnostic diagnostic in found) all?.Add(diagnostic);
        return new(diagnostics.ErrorCount > 0 ? null : config, found);
    }

    private static void NoService(ConfigNode root, Reading reading)
    {
        if (reading.Map(root) is not { } map) return;
        foreach (ConfigMember member in map.Members)
        {
            if (!reading.IsRemark(member) && RootReader.Keys.All(row => row.Key != member.Key))
                reading.UnknownKey(member, "the file", RootReader.Keys.Select(row => row.Key));
        }

        reading.Error(
            map.Position,
            $"there is neither \"{Family.V4.Service}\" nor \"{Family.V6.Service}\" here, so nothing for a DHCP server",
            $"add \"{Family.V4.Service}\": {{ … }} or \"{Family.V6.Service}\": {{ … }}");
    }

    private static FileContent NoFiles(string name) => FileContent.Failed("this text has no files beside it");

    private static ConfigDiagnostic Unreadable(string path, FileContent content) =>
        new(new(path, 0, 0), $"the file cannot be read: {content.Error}", "correct its name or its rights");
}
