using System.Buffers;
using System.Globalization;
using System.Text;

namespace Leasehold.Protocol;

/// <content>Shapes of their own: routes (RFC 3442) and encrypted resolvers (RFC 9463).</content>
public static partial class OptionEncoder
{
    private const string RouteExpected = "a route such as 10.0.0.0/8 - 192.0.2.1";

    // RFC 9460 §14.3.2 and RFC 9461 §5: the parameters that RFC 9463 §3.1.5 has a use for, in the order of their numbers.
    private static readonly (string Name, ushort Key)[] ServiceParameters = [("alpn", 1), ("port", 3), ("dohpath", 7)];

    private static bool TryEncodeRoutes(ReadOnlySpan<char> text, ArrayBufferWriter<byte> octets, out OptionTextError error)
    {
        OptionValues values = new(text, separator: ',');
        while (values.TryTake(out string value))
        {
            if (TryWriteRoute(value, octets)) continue;
            error = new(OptionTextErrorKind.Value, values.Count, values.Position, value, RouteExpected);
            return false;
        }

        error = values.Count > 0 ? OptionTextError.None : new(OptionTextErrorKind.Missing, 0, 0, "", RouteExpected);
        return values.Count > 0;
    }

    /* RFC 3442, "Classless Route Option Format"
        destination descriptor            router
       +----+----+--...--+----+----+ +----+----+----+----+
       | width of 0..32 | significant octets | r1 | r2 | r3 | r4 |   */
    private static bool TryWriteRoute(string text, ArrayBufferWriter<byte> octets)
    {
        int dash = text.IndexOf('-');
        if (dash < 0) return false;
        if (!Ipv4Prefix.TryParse(text.AsSpan(0, dash).Trim(), out Ipv4Prefix destination, out _)) return false;
        if (!Ipv4.TryParse(text.AsSpan(dash + 1).Trim(), out Ipv4 router)) return false;
        Span<byte> network = stackalloc byte[4];
        destination.Network.Write(network);
        Write(octets, (byte)destination.Length);
        octets.Write(network[..((destination.Length + 7) / 8)]);
        return Write(octets, router.Value);
    }

    private static bool TryEncodeResolvers(OptionType type, ReadOnlySpan<char> text, ArrayBufferWriter<byte> octets, out OptionTextError error)
    {
        if (type == OptionType.EncryptedDns6) return TryWriteResolver(type, text, 0, octets, out error);
        int start = 0;
        error = OptionTextError.None;
        while (start <= text.Length)
        {
            // RFC 9463 §5.1: several resolvers, each after its length. "\|" is no end of one.
            int end = start;
            while (end < text.Length && text[end] != '|') end += text[end] == '\\' ? 2 : 1;
            end = Math.Min(end, text.Length);
            ArrayBufferWriter<byte> resolver = new();
            if (!TryWriteResolver(type, text[start..end], start, resolver, out error)) return false;
            if (resolver.WrittenCount > ushort.MaxValue)
            {
                error = new(OptionTextErrorKind.TooLong, 0, start, $"{resolver.WrittenCount}", $"a resolver has at most {ushort.MaxValue}");
                return false;
            }

            Write(octets, (ushort)resolver.WrittenCount);
            octets.Write(resolver.WrittenSpan);
            start = end + 1;
        }

        return true;
    }

    /* RFC 9463 §4.1 (DHCPv6) and §5.1 (DHCPv4, lengths of one octet)
       | priority (2) | length of name | name (labels) | length of addresses | addresses | service parameters |   */
    private static bool TryWriteResolver(
        OptionType type, ReadOnlySpan<char> text, int offset, ArrayBufferWriter<byte> octets, out OptionTextError error)
    {
        OptionValues values = new(text, separator: ',');
        error = OptionTextError.None;
        if (!values.TryTake(out string value)) return Missing(1, "a priority from 0 to 65535", out error);
        if (!TryParseNumber(value, 0, ushort.MaxValue, out long priority)) return Wrong(values, offset, value, "a priority from 0 to 65535", out error);
        Write(octets, (ushort)priority);

        if (!values.TryTake(out value)) return Missing(2, "the resolver's domain name", out error);
        if (type == OptionType.EncryptedDns6 && ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return TryWriteOlderResolver(ref values, offset, octets, out error);
        ArrayBufferWriter<byte> part = new();
        if (!TryWriteName(value, makeAbsolute: true, compress: false, part)) return Wrong(values, offset, value, "the resolver's domain name", out error);
        if (!TryWriteCounted(type, part, octets)) return Wrong(values, offset, value, "a name that fits", out error);

        // RFC 9463 §3.1.6: with the name alone, addresses and parameters are left out.
        if (!values.TryTake(out value)) return true;
        part.ResetWrittenCount();
        OptionType address = type == OptionType.EncryptedDns4 ? OptionType.Ipv4Address : OptionType.Ipv6Address;
        foreach (string one in value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryWrite(address, OptionFormat.Binary, one, part)) return Wrong(values, offset, one, Expected(address, OptionFormat.Binary), out error);
        }

        if (part.WrittenCount == 0 || !TryWriteCounted(type, part, octets)) return Wrong(values, offset, value, "addresses with blanks between", out error);
        if (!values.TryTake(out value)) return true;
        if (!TryWriteParameters(value.Replace("\\|", "|"), octets, out string expected)) return Wrong(values, offset, value, expected, out error);
        if (values.TryTake(out value)) return Wrong(values, offset, value, "allowed: parameters are separated by blanks, and a comma in one is written \\\\,", out error);
        return true;
    }

    /// <summary>The form of the dialect's first version of this option: priority, the name's length, the name, and what follows in hexadecimal.</summary>
    /// <remarks>The length that is given is not looked at: the name has it.</remarks>
    private static bool TryWriteOlderResolver(ref OptionValues values, int offset, ArrayBufferWriter<byte> octets, out OptionTextError error)
    {
        error = OptionTextError.None;
        if (!values.TryTake(out string value)) return Missing(3, "the resolver's domain name", out error);
        ArrayBufferWriter<byte> name = new();
        if (!TryWriteName(value, makeAbsolute: true, compress: false, name)) return Wrong(values, offset, value, "the resolver's domain name", out error);
        if (!TryWriteCounted(OptionType.EncryptedDns6, name, octets)) return Wrong(values, offset, value, "a name that fits", out error);
        return !values.TryTake(out value) || TryWriteBinary(value, octets) || Wrong(values, offset, value, HexExpected, out error);
    }

    private static bool TryWriteCounted(OptionType type, ArrayBufferWriter<byte> part, ArrayBufferWriter<byte> octets)
    {
        if (type == OptionType.EncryptedDns4)
        {
            if (part.WrittenCount > byte.MaxValue) return false;
            Write(octets, (byte)part.WrittenCount);
        }
        else
        {
            if (part.WrittenCount > ushort.MaxValue) return false;
            Write(octets, (ushort)part.WrittenCount);
        }

        octets.Write(part.WrittenSpan);
        return true;
    }

    // RFC 9460 §2.2: pairs of key and value, keys in rising order, each once.
    private static bool TryWriteParameters(string text, ArrayBufferWriter<byte> octets, out string expected)
    {
        Dictionary<ushort, byte[]> found = [];
        foreach (string pair in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            expected = "parameters such as alpn=dot port=853 dohpath=/q{?dns}";
            int equals = pair.IndexOf('=');
            if (equals < 1 || equals == pair.Length - 1) return false;
            (string name, ushort key) = Array.Find(ServiceParameters, known => pair.AsSpan(0, equals).SequenceEqual(known.Name));
            if (name is null || !TryEncodeParameter(key, pair[(equals + 1)..], out byte[] value)) return false;
            expected = $"parameters that each stand once: {name} is there twice";
            if (!found.TryAdd(key, value)) return false;
        }

        // RFC 9463 §3.1.5: a resolver that speaks HTTP needs its path.
        expected = "complete: alpn with h2 or h3 needs dohpath";
        if (found.TryGetValue(1, out byte[]? protocols) && SpeaksHttp(protocols) && !found.ContainsKey(7)) return false;
        foreach ((_, ushort key) in ServiceParameters)
        {
            if (!found.TryGetValue(key, out byte[]? value)) continue;
            Write(octets, key);
            Write(octets, (ushort)value.Length);
            octets.Write(value);
        }

        return true;
    }

    private static bool TryEncodeParameter(ushort key, string text, out byte[] value)
    {
        ArrayBufferWriter<byte> octets = new();
        value = [];
        if (key == 1)
        {
            foreach (string protocol in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (!TryWriteTuple(protocol, lengthOctets: 1, octets)) return false;
            }
        }
        else if (key == 3)
        {
            if (!TryParseNumber(text, 0, ushort.MaxValue, out long port)) return false;
            Write(octets, (ushort)port);
        }
        else
        {
            Encoding.UTF8.GetBytes(text, octets);
        }

        value = octets.WrittenSpan.ToArray();
        return value.Length is > 0 and <= ushort.MaxValue;
    }

    private static bool SpeaksHttp(ReadOnlySpan<byte> protocols)
    {
        for (int at = 0; at < protocols.Length; at += 1 + protocols[at])
        {
            if (protocols[at + 1] == (byte)'h') return true;
        }

        return false;
    }

    private static bool Missing(int field, string expected, out OptionTextError error)
    {
        error = new(OptionTextErrorKind.Missing, field, 0, "", expected);
        return false;
    }

    private static bool Wrong(OptionValues values, int offset, string found, string expected, out OptionTextError error)
    {
        error = new(OptionTextErrorKind.Value, values.Count, offset + values.Position, found, expected);
        return false;
    }
}
