using System.Collections.Immutable;
using Leasehold.Engine.Load;
using Leasehold.Protocol;

namespace Leasehold.Perf;

/// <summary>The files that a load is made of: templates, MAC addresses, relays. An error is a <see cref="PerfException"/>.</summary>
internal static class PerfFiles
{
    /// <summary>What a datagram can carry without fragments.</summary>
    private const int LongestTemplate = 1400;

    private const int ServerIdentifierOption4 = 6;

    /// <summary>The templates with their offsets, checked against their lengths.</summary>
    public static ImmutableArray<TemplateFields> Templates(PerfOptions options)
    {
        var templates = ImmutableArray.CreateBuilder<TemplateFields>();
        for (int i = 0; i < options.TemplateFiles.Count; i++)
        {
            string file = options.TemplateFiles[i];
            ImmutableArray<byte> octets = ReadTemplate(file, options.IsV6 ? Protocol.V6.Dhcp6Message.FixedLength : Protocol.V4.Dhcp4Message.FixedLength + 4);
            bool isSecond = i == 1;
            TemplateFields fields = new(octets)
            {
                XidAt = i < options.XidOffsets.Count ? options.XidOffsets[i] : null,
                ClientEnd = i < options.RandomOffsets.Count ? options.RandomOffsets[i] : null,
                ElapsedAt = isSecond ? options.ElapsedOffset : null,
                ServerAt = isSecond ? options.ServerOffset : null,
                AddressAt = isSecond ? options.AddressOffset : null,
            };
            Check(file, "-X", fields.XidAt, options.IsV6 ? 3 : 4, octets.Length);
            Check(file, "-O", fields.ClientEnd, 1, octets.Length);
            Check(file, "-E", fields.ElapsedAt, options.IsV6 ? 6 : 2, octets.Length);
            // An option of DHCPv6 may go on behind the template's end.
            Check(file, "-S", fields.ServerAt, options.IsV6 ? 0 : ServerIdentifierOption4, octets.Length);
            Check(file, "-I", fields.AddressAt, options.IsV6 ? 0 : ServerIdentifierOption4, octets.Length);
            templates.Add(fields);
        }

        return templates.ToImmutable();
    }

    /// <summary>One MAC address a line.</summary>
    public static ImmutableArray<ImmutableArray<byte>> Macs(string? file) => file is null ? [] :
    [
        .. Lines(file).Select(line => PerfArguments.TryReadMac(line.Text, out ImmutableArray<byte> mac) ? mac
            : throw new PerfException($"{file}:{line.Number}: '{line.Text}' is not six octets with colons")),
    ];

    /// <summary>One relay's address a line.</summary>
    public static ImmutableArray<Ipv4> Relays4(string file) =>
    [
        .. Lines(file).Select(line => Ipv4.TryParse(line.Text, out Ipv4 address) ? address
            : throw new PerfException($"{file}:{line.Number}: '{line.Text}' is not an IPv4 address")),
    ];

    /// <summary>One relay's address a line.</summary>
    public static ImmutableArray<Ipv6> Relays6(string file) =>
    [
        .. Lines(file).Select(line => Ipv6.TryParse(line.Text, out Ipv6 address) ? address
            : throw new PerfException($"{file}:{line.Number}: '{line.Text}' is not an IPv6 address")),
    ];

    private static ImmutableArray<byte> ReadTemplate(string file, int shortest)
    {
        string digits = string.Concat(Read(file).Where(static c => !char.IsWhiteSpace(c)));
        if (digits.Length % 2 != 0 || !digits.All(char.IsAsciiHexDigit)) throw new PerfException($"{file}: not an even number of hexadecimal digits");
        byte[] octets = Convert.FromHexString(digits);
        if (octets.Length < shortest || octets.Length > LongestTemplate)
            throw new PerfException($"{file}: {octets.Length} octets; a message has {shortest} to {LongestTemplate}");
        return [.. octets];
    }

    private static void Check(string file, string name, int? offset, int needed, int length)
    {
        if (offset + needed > length) throw new PerfException($"{name} {offset}: behind the end of {file}, which has {length} octets");
    }

    private static List<(int Number, string Text)> Lines(string file)
    {
        List<(int Number, string Text)> lines = [.. Read(file).Split('\n').Select(static (text, i) => (i + 1, text.Trim())).Where(static line => line.Item2.Length > 0)];
        return lines.Count > 0 ? lines : throw new PerfException($"{file}: there is nothing in it");
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new PerfException(failure.Message, failure);
        }
    }
}

/// <summary>Why a load cannot be run, as a sentence for the person who asked for it.</summary>
internal sealed class PerfException : Exception
{
    public PerfException()
    {
    }

    public PerfException(string message)
        : base(message)
    {
    }

    public PerfException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
