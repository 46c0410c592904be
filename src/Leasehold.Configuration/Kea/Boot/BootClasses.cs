using System.Collections.Immutable;
using System.Text;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>The client classes that a boot section stands for, as an administrator would write them.</summary>
/// <param name="section">What is to be said at length.</param>
/// <param name="suffix">Behind each class's name; empty where the section is the only one.</param>
/// <param name="isAdditional">The classes are only looked at where a subnet asks for them.</param>
internal sealed class BootClasses(BootSection section, string suffix, bool isAdditional)
{
    // BSDP: the image's number: not installable, Mac OS X, 1.
    private const string AppleImage = "81000001";

    private static readonly string AppleName = Convert.ToHexString("Network"u8);

    private readonly List<ConfigNode> classes = [];
    private readonly List<(BootKind Kind, string Name)> earlier = [];

    /// <summary>Maps for the list client-classes, in the order in which they are to be looked at.</summary>
    public static ImmutableArray<ConfigNode> Of(BootSection section, string suffix, bool isAdditional)
    {
        var maker = new BootClasses(section, suffix, isAdditional);
        foreach (BootKind kind in BootKinds.All)
        {
            if (section.Entries.FirstOrDefault(e => e.Kind == kind) is { } entry) maker.Add(entry);
        }

        return [.. maker.classes];
    }

    private void Add(BootEntry entry)
    {
        if (entry.Kind.Transport == BootTransport.Apple) AddApple(entry);
        else AddClass(entry, entry.Kind.Key, entry.Kind.Test, Files(entry), entry.Kind.Transport == BootTransport.Http ? HttpOptions(entry) : TftpOptions(entry));
    }

    /// <summary>The client asks for the list of images (1), then selects one (2), both by INFORM with its wish in option 43.</summary>
    private void AddApple(BootEntry entry)
    {
        string list = $"010101040280000704{AppleImage}09{5 + (AppleName.Length / 2):X2}{AppleImage}{AppleName.Length / 2:X2}{AppleName}";
        string test = $"({entry.Kind.Test}) and option[43].option[1].hex == ";
        AddClass(entry, "apple-list", test + "0x01", [], AppleOptions(entry, list));
        AddClass(entry, "apple-select", test + "0x02", Files(entry), AppleOptions(entry, $"0101020804{AppleImage}"));
    }

    private void AddClass(BootEntry entry, string name, string test, IEnumerable<ConfigMember> fields, IEnumerable<ConfigNode> options)
    {
        string whole = section.Classes.IsEmpty ? test : $"({string.Join(" or ", section.Classes.Select(c => $"member('{c}')"))}) and ({test})";

        // A loader that runs is of the architecture that loaded it as well.
        string[] before = [.. (entry.Kind.IsGeneral ? earlier : earlier.Where(e => e.Kind.Transport == BootTransport.Loader)).Select(e => $"member('{e.Name}')")];
        if (before.Length > 0) whole = $"({whole}) and not {(before.Length == 1 ? before[0] : $"({string.Join(" or ", before)})")}";
        name = $"boot-{name}{suffix}";
        List<ConfigMember> members = [Text(entry, "name", name), Text(entry, "test", whole)];
        if (isAdditional) members.Add(Member(entry, "only-in-additional-list", new ConfigBoolean(entry.Position, true)));
        members.AddRange(fields);
        members.Add(Member(entry, "option-data", new ConfigList(entry.Position, [.. options])));
        classes.Add(new ConfigMap(entry.Position, [.. members]));
        earlier.Add((entry.Kind, name));
    }

    private IEnumerable<ConfigMember> Files(BootEntry entry)
    {
        if (entry.Kind.Transport != BootTransport.Http && section.Server is { } server) yield return Text(entry, "next-server", server.ToString());
        if (Encoding.UTF8.GetByteCount(entry.File) <= ParameterRows.MaxBootFileName) yield return Text(entry, "boot-file-name", entry.File);
    }

    private IEnumerable<ConfigNode> TftpOptions(BootEntry entry)
    {
        if ((section.ServerName ?? section.Server?.ToString()) is { } server) yield return Option(entry, "tftp-server-name", Escaped(server));
        yield return Option(entry, "boot-file-name", Escaped(entry.File), always: entry.File.Length > ParameterRows.MaxBootFileName);
    }

    // UEFI 2.10 §24.7: the client takes an offer that says HTTPClient, and a URL in option 67.
    private static IEnumerable<ConfigNode> HttpOptions(BootEntry entry) =>
        [Option(entry, "vendor-class-identifier", "HTTPClient", always: true), Option(entry, "boot-file-name", Escaped(entry.File), always: true)];

    private static IEnumerable<ConfigNode> AppleOptions(BootEntry entry, string octets) =>
    [
        Option(entry, "vendor-class-identifier", "AAPLBSDPC", always: true),
        Option(entry, "vendor-encapsulated-options", octets, always: true, isHex: true),
    ];

    private static ConfigMap Option(BootEntry entry, string name, string data, bool always = false, bool isHex = false)
    {
        List<ConfigMember> members = [Text(entry, "name", name), Text(entry, "data", data)];
        if (isHex) members.Add(Member(entry, "csv-format", new ConfigBoolean(entry.Position, false)));
        if (always) members.Add(Member(entry, "always-send", new ConfigBoolean(entry.Position, true)));
        return new(entry.Position, [.. members]);
    }

    /// <summary>A comma divides values, so one inside a value is escaped.</summary>
    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal);

    private static ConfigMember Text(BootEntry entry, string key, string value) => Member(entry, key, new ConfigString(entry.Position, value));

    private static ConfigMember Member(BootEntry entry, string key, ConfigNode value) => new(key, entry.Position, value);
}
