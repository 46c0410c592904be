using System.Collections.Immutable;
using System.Text;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Kea;

/// <summary>The map "boot" of the global map, a shared network or a subnet.</summary>
internal static class BootSectionReader
{
    /// <summary>What the key is for, in the tables of the levels that have it.</summary>
    public const string Note = "What clients that boot over the network load: short for client classes, which \"leasehold check --expand\" shows. A map, or a list of maps.";

    /// <summary>An option of DHCPv4 in one piece; a boot ROM reads no other.</summary>
    private const int MaxUrl = 255;

    /// <summary>The keys of the map.</summary>
    public static readonly KeyTable<BootSection> Keys = Build();

    /// <summary>The row of a level: the key is taken out of the map before rows are read.</summary>
    public static KeyRow<T> Row<T>() => new("boot", KeyStatus.Implemented, Note) { Read = static (record, _, _) => record, Inner = Keys };

    /// <summary>Reads a map or a list of maps.</summary>
    public static ImmutableArray<BootSection> ReadAll(ConfigNode node, Reading reading) =>
        [.. (node is ConfigList ? reading.Maps(node) : reading.Map(node) is { } one ? [one] : []).Select(map => Read(map, reading))];

    private static BootSection Read(ConfigMap map, Reading reading)
    {
        int before = reading.Diagnostics.ErrorCount;
        BootSection section = Keys.Read(new BootSection(map.Position), map, reading);
        if (section.Entries.IsEmpty && reading.Diagnostics.ErrorCount == before)
            reading.Error(map.Position, "this boot section names no file, so nobody boots", "add a file for a kind of client, such as \"uefi-x64\": \"ipxe.efi\"");
        return section;
    }

    private static KeyTable<BootSection> Build()
    {
        KeyTable<BootSection> rows = new("\"boot\"")
        {
            { "server", "The TFTP server's address. Default: next-server of the level or those around it.", static (b, v, r) => b with { Server = Server(v, r) } },
            { "server-name", "Its name for option 66. Default: its address.", static (b, v, r) => b with { ServerName = r.TextWithin(v, MaxUrl, "option 66") } },
            {
                "client-classes", "Only clients in one of these classes boot so.",
                static (b, v, r) => b with { Classes = ClassRows.Names(v, r) },
                null, true
            },
        };
        foreach (BootKind kind in BootKinds.All)
            rows.Add(kind.Key, kind.Note, (b, v, r) => File(v, kind, r) is { } file ? b with { Entries = b.Entries.Add(new(kind, file, v.Position)) } : b);
        return rows;
    }

    private static Ipv4? Server(ConfigNode value, Reading reading)
    {
        if (ParameterRows.NextServer(value, reading) is not { } address) return null;
        if (!address.IsAny) return address;
        reading.Error(value.Position, "0.0.0.0 is not the address of a server", "write the TFTP server's address");
        return null;
    }

    private static string? File(ConfigNode value, BootKind kind, Reading reading)
    {
        if (reading.TextOrNothing(value) is not { } file) return null;
        bool isUrl = file.Contains("://", StringComparison.Ordinal);
        bool isHttp = file.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || file.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        int most = kind.Transport is BootTransport.Http or BootTransport.Loader ? MaxUrl : ParameterRows.MaxBootFileName;
        int length = Encoding.UTF8.GetByteCount(file);
        (string What, string Remedy)? wrong =
            kind.Transport == BootTransport.Http && !isHttp ? ("these clients boot by HTTP, and this is no URL", "write it as http://boot.example.org/FILE, or the same with https")
            : kind.Transport is BootTransport.Tftp or BootTransport.Apple && isUrl ? ("these clients load a file by TFTP, and this is a URL", "write the file's name on the TFTP server, or use the key with -http- for clients of HTTP boot")
            : length > most ? ($"the name has {length} octets, and {most} fit", "shorten it")
            : null;
        if (wrong is not { } error) return file;
        reading.Error(value.Position, $"{kind.Key}: {error.What}", error.Remedy);
        return null;
    }
}
