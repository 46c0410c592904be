using System.Security.Cryptography;
using System.Text;
using Leasehold.Configuration.Model;
using Leasehold.Net;
using Leasehold.Net.Netlink;
using Leasehold.Protocol;

namespace Leasehold.Serve;

/// <summary>The server's own DUID: as configured, or from its file, or made at the first start.</summary>
/// <param name="Source">For the log: "the configuration", or what file.</param>
internal sealed record ServerDuid(byte[] Octets, string Source)
{
    private const ushort Ethernet = 1;

    // RFC 8415 §11.3: a vendor's own number. This project has none; 2495 is what the established server takes.
    private const uint DefaultEnterprise = 2495;

    private const int MadeIdentifierLength = 8;

    /// <summary>Finds the DUID, and writes it to its file when it was made just now.</summary>
    /// <param name="path">The file; it is used only where the configuration does not say all and lets the DUID stay.</param>
    /// <exception cref="IOException">The file cannot be read or written, or holds no DUID.</exception>
    public static ServerDuid Of(ServerIdConfig config, string path, LinkTable links, Instant now)
    {
        if (config.Persist && Read(path) is { } stored && Fits(config, stored)) return new(stored, path);
        byte[] made = Make(config, links, now);
        if (!config.Persist) return new(made, "the configuration; it is not kept");
        Write(path, made);
        return new(made, $"the configuration and this machine; it is kept in {path}");
    }

    /// <summary>The text form of the file: pairs of hexadecimal digits with colons. Spaces and line ends do not matter.</summary>
    /// <returns>Null when there is no file, and when it is empty.</returns>
    private static byte[]? Read(string path)
    {
        if (!File.Exists(path)) return null;
        string text = string.Concat(File.ReadAllText(path).Where(static c => !char.IsWhiteSpace(c)));
        if (text.Length == 0) return null;
        byte[] octets = new byte[Duid.MaxLength];
        return Duid.TryParse(text, octets, out Duid duid)
            ? duid.Octets.ToArray()
            : throw new IOException($"{path}: this is no DUID (pairs of hexadecimal digits with colons between them, 3 to 130); correct it, or remove the file and a new one is made");
    }

    /// <summary>What is configured wins over what is stored: a stored DUID stays only where it is what the configuration asks for.</summary>
    private static bool Fits(ServerIdConfig config, ReadOnlySpan<byte> stored)
    {
        if (!Duid.TryRead(stored, out Duid duid) || duid.Type != config.Type) return false;
        if (config.HardwareType is { } type && duid.HardwareType != type) return false;
        if (config.Time is { } seconds && duid.Time is { } time && (uint)(time.Seconds - Duid.TimeEpoch) != seconds) return false;
        if (config.EnterpriseId is { } number && duid.EnterpriseNumber != number) return false;
        return config.Identifier.IsEmpty || IdentifierOf(duid).SequenceEqual(config.Identifier.AsSpan());
    }

    private static ReadOnlySpan<byte> IdentifierOf(Duid duid) => duid.Type switch
    {
        DuidType.LinkLayerTime or DuidType.LinkLayer => duid.LinkLayerAddress,
        DuidType.Enterprise => duid.Octets[Math.Min(6, duid.Octets.Length)..],
        _ => duid.Octets[2..],
    };

    private static byte[] Make(ServerIdConfig config, LinkTable links, Instant now)
    {
        ReadOnlySpan<byte> given = config.Identifier.AsSpan();
        (ushort type, byte[] address) = config.Identifier.IsEmpty ? LinkLayer(links) : (Ethernet, config.Identifier.ToArray());
        type = config.HardwareType ?? type;
        return config.Type switch
        {
            DuidType.LinkLayerTime => DuidWriter.LinkLayerTime(type, config.Time ?? (uint)(now.Seconds - Duid.TimeEpoch), address),
            DuidType.LinkLayer => DuidWriter.LinkLayer(type, address),
            DuidType.Enterprise => DuidWriter.Enterprise(
                config.EnterpriseId ?? DefaultEnterprise, given.IsEmpty ? RandomNumberGenerator.GetBytes(MadeIdentifierLength) : given),
            _ => DuidWriter.Uuid(given.IsEmpty ? Guid.NewGuid().ToByteArray(bigEndian: true) : given),
        };
    }

    /// <summary>The link-layer address of the first interface that has one of its own; one made by chance where none has.</summary>
    private static (ushort Type, byte[] Address) LinkLayer(LinkTable links)
    {
        foreach (NetworkLink link in links.Links)
        {
            HardwareAddress address = link.HardwareAddress;
            if (!link.IsLoopback && !address.IsEmpty && address.Octets.ContainsAnyExcept((byte)0)) return (link.Type, address.Octets.ToArray());
        }

        byte[] made = RandomNumberGenerator.GetBytes(6);
        made[0] = (byte)((made[0] & 0xFC) | 2);
        return (Ethernet, made);
    }

    private static void Write(string path, byte[] octets)
    {
        try
        {
            string directory = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
            Directory.CreateDirectory(directory);
            string fresh = $"{path}.new";
            using (NativeFile file = NativeFile.Open(fresh))
            {
                file.SetLength(0);
                file.Write(Encoding.ASCII.GetBytes($"{HexText.Format(octets, ':')}\n"), 0);
                file.Sync();
            }

            NativeFile.Rename(fresh, path);
            NativeFile.SyncDirectory(directory);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }
}
