using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Leasehold.UnitTests.Protocol;

/// <summary>The ways in which one golden packet is used.</summary>
public enum PacketVariants
{
    /// <summary>The packet alone.</summary>
    AsIs,

    /// <summary>The packet in the middle of octets of 0xFF: what reads past its end finds something.</summary>
    BetweenGuards,

    /// <summary>Every part that begins at the first octet and is shorter.</summary>
    CutAtEveryLength,

    /// <summary>Every length octet at 0 and at 255, one at a time.</summary>
    LengthsAtExtremes,
}

/// <summary>The packets of tests/packets: commented hexadecimal, and beside it what decode prints.</summary>
internal static class PacketFile
{
    private const int GuardLength = 64;
    private const int OptionsStart = 240;

    private static readonly Assembly Assembly = typeof(PacketFile).Assembly;

    /// <summary>All packets of a folder, such as "v4".</summary>
    public static IEnumerable<string> In(string folder) =>
        Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith($"packets/{folder}/", StringComparison.Ordinal) && name.EndsWith(".pkt", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => name["packets/".Length..]);

    /// <summary>A file's text, from "v4/x.pkt" or "v4/x.txt".</summary>
    public static string Text(string path)
    {
        using Stream stream = Assembly.GetManifestResourceStream($"packets/{path}")
            ?? throw new FileNotFoundException($"tests/packets/{path} does not exist");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    public static byte[] Read(string path) => Octets.Hex(Text(path));

    /// <summary>The packet in one of the ways; each is a part of an array that is longer only between guards.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Read(string path, PacketVariants variants)
    {
        byte[] packet = Read(path);
        switch (variants)
        {
            case PacketVariants.AsIs:
                yield return packet;
                break;
            case PacketVariants.BetweenGuards:
                byte[] guarded = new byte[packet.Length + (2 * GuardLength)];
                Array.Fill(guarded, (byte)0xFF);
                packet.CopyTo(guarded, GuardLength);
                yield return guarded.AsMemory(GuardLength, packet.Length);
                break;
            case PacketVariants.CutAtEveryLength:
                for (int length = 0; length < packet.Length; length++) yield return packet.AsMemory(0, length);
                break;
            default:
                foreach (int at in LengthOctets(packet))
                {
                    foreach (byte extreme in (byte[])[0, 255])
                    {
                        byte[] changed = [.. packet];
                        changed[at] = extreme;
                        yield return changed;
                    }
                }

                break;
        }
    }

    // hlen, and the length of every option as far as they can be followed.
    private static IEnumerable<int> LengthOctets(byte[] packet)
    {
        if (packet.Length > 2) yield return 2;
        for (int at = OptionsStart; at < packet.Length && packet[at] != 255;)
        {
            if (packet[at] == 0)
            {
                at++;
                continue;
            }

            if (at + 1 >= packet.Length) yield break;
            yield return at + 1;
            at += 2 + packet[at + 1];
        }
    }
}

/// <summary>Runs a theory with a golden packet in all its variants: parameters are the file and the variants.</summary>
/// <param name="path">"v4/x.pkt", or "v4/*" for every packet of a folder.</param>
public sealed class PacketAttribute(string path) : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        string[] files = path.EndsWith("/*", StringComparison.Ordinal) ? [.. PacketFile.In(path[..^2])] : [path];
        IEnumerable<ITheoryDataRow> rows =
            from file in files
            from variants in Enum.GetValues<PacketVariants>()
            select new TheoryDataRow<string, PacketVariants>(file, variants);
        return new([.. rows]);
    }

    public override bool SupportsDiscoveryEnumeration() => true;
}
