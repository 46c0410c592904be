using System.Text;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>The keys about clients' names, at every level from the global map to a pool.</summary>
internal static class NameRows
{
    /// <summary>Octets of a generated name's first part: a hyphen and 15 octets of address follow in the same label (RFC 1035 §2.3.4).</summary>
    private const int MaxPrefix = 63 - 1 - 15;

    private const int MaxReplacement = 63;

    private static readonly KeyTable<NameParameters> Rows = new("the parameters")
    {
        {
            "ddns-send-updates", "Where dhcp-ddns turns DNS updates on, they are sent for clients here. Default true.",
            static (n, v, r) => n with { SendUpdates = r.Boolean(v) }
        },
        {
            "ddns-override-no-update", "Updates also for a client that wants none (flag N of option 81). Default false.",
            static (n, v, r) => n with { OverrideNoUpdate = r.Boolean(v) }
        },
        {
            "ddns-override-client-update", "The server updates also for a client that would do so itself (no flag S in option 81). Default false.",
            static (n, v, r) => n with { OverrideClientUpdate = r.Boolean(v) }
        },
        {
            "ddns-replace-client-name",
            "Whose names are replaced by generated ones: never, always, when-present (of clients that send one) or when-not-present. Default never.",
            static (n, v, r) => n with { ReplaceClientName = Replace(v, r) }
        },
        {
            "ddns-generated-prefix", "What a generated name begins with; a hyphen and the address follow. Default myhost.",
            static (n, v, r) => n with { GeneratedPrefix = Prefix(v, r) }
        },
        {
            "ddns-qualifying-suffix", "The domain that names without one get. Default: none.",
            static (n, v, r) => n with { QualifyingSuffix = Suffix(v, r) }
        },
        {
            "hostname-char-set",
            "What is taken out of clients' names: an extended regular expression, empty for nothing. Default [^A-Za-z0-9.-].",
            static (n, v, r) => n with { CharSet = CharSet(v, r) }
        },
        {
            "hostname-char-replacement", "What is put in for it. Default: nothing.",
            static (n, v, r) => n with { CharReplacement = Ascii(v, r, MaxReplacement, "a replacement") }
        },
    };

    /// <summary>The rows for a record that holds names' parameters.</summary>
    public static IEnumerable<KeyRow<T>> In<T>(Func<T, NameParameters> get, Func<T, NameParameters, T> set) =>
        Rows.Through(get, set);

    /// <summary>The rows for a pool of DHCPv6, which has no names of its own yet: kept where they ask for nothing, and not supported otherwise.</summary>
    public static IEnumerable<KeyRow<T>> LaterIn<T>(Func<T, NameParameters> get, Func<T, NameParameters, T> set) =>
        Rows.Select(static row => Later(row)).Through(get, set);

    /// <summary>The rows for a link of DHCPv6: its server completes and replaces names, and updates no DNS yet.</summary>
    public static IEnumerable<KeyRow<T>> OfLinks6<T>(Func<T, NameParameters> get, Func<T, NameParameters, T> set) =>
        Rows.Select(static row => row.Key is "ddns-replace-client-name" or "ddns-qualifying-suffix" ? row : Later(row)).Through(get, set);

    private static KeyRow<NameParameters> Later(KeyRow<NameParameters> row)
    {
        (string why, Func<ConfigNode, bool> asksForNothing) = row.Key switch
        {
            "ddns-replace-client-name" => ("names are replaced by subnet, not by pool yet", Nothing.Text("never")),
            "ddns-generated-prefix" => ("generated names begin with myhost yet", Nothing.Text("myhost")),
            "ddns-qualifying-suffix" => ("names are completed by subnet, not by pool yet", Nothing.Empty),
            "hostname-char-set" => ("names are cleaned of all but letters, digits and hyphens yet", Nothing.Text(HostnameCharSet.Default.Pattern)),
            "hostname-char-replacement" => ("what is taken out of names is not replaced yet", Nothing.Empty),

            // Without "enable-updates" in dhcp-ddns nothing is sent, so the default of sending asks for nothing either.
            "ddns-send-updates" => (LaterRows.NoDns, Nothing.Boolean),
            _ => (LaterRows.NoDns, Nothing.False),
        };
        return row with { Status = KeyStatus.NotSupportedYet, Note = why, AsksForNothing = asksForNothing };
    }

    /// <summary>The rows under the names that they had inside dhcp-ddns, where the first versions had them.</summary>
    public static IEnumerable<KeyRow<NameParameters>> InsideDhcpDdns() =>
        Rows.Where(static row => row.Key != "ddns-send-updates")
            .Select(static row => row with { Key = row.Key.Replace("ddns-", "", StringComparison.Ordinal) });

    private static ReplaceClientName? Replace(ConfigNode value, Reading reading)
    {
        // The first versions had true and false.
        if (value is ConfigBoolean { Value: var whenPresent }) return whenPresent ? ReplaceClientName.WhenPresent : ReplaceClientName.Never;
        return reading.OneOf(
            value,
            ("never", ReplaceClientName.Never),
            ("always", ReplaceClientName.Always),
            ("when-present", ReplaceClientName.WhenPresent),
            ("when-not-present", ReplaceClientName.WhenNotPresent));
    }

    private static string? Prefix(ConfigNode value, Reading reading)
    {
        if (Ascii(value, reading, MaxPrefix, "a prefix") is not { } prefix) return null;

        // Dots are the older guide's own example.
        bool valid = prefix.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') && !prefix.StartsWith('.') && !prefix.Contains("..", StringComparison.Ordinal);
        if (valid) return prefix;
        reading.Error(value.Position, $"\"{prefix}\" cannot begin a host's name", "write letters, digits and hyphens, and dots between");
        return null;
    }

    private static string? Suffix(ConfigNode value, Reading reading)
    {
        if (reading.Text(value) is not { } text) return null;
        string suffix = text.TrimEnd('.');
        bool valid = suffix.Length <= ReservationReader4.MaxHostname
            && (suffix.Length == 0 || suffix.Split('.').All(static label => label.Length is > 0 and <= 63 && label.All(static c => c is > ' ' and < '\x7f')));
        if (valid) return suffix;
        reading.Error(
            value.Position,
            $"\"{text}\" cannot be a domain: it needs labels of 1 to 63 ASCII characters with dots between them, {ReservationReader4.MaxHostname} in all",
            "write a domain such as example.org");
        return null;
    }

    private static HostnameCharSet? CharSet(ConfigNode value, Reading reading)
    {
        if (reading.Text(value) is not { } pattern || value is not ConfigString text) return null;
        if (HostnameCharSet.TryCreate(pattern, out HostnameCharSet? set, out int offset, out string? problem)) return set;
        reading.Error(
            text.At(offset),
            $"\"{pattern}\": {problem}",
            "write the characters that are to be taken out, such as [^A-Za-z0-9.-]");
        return null;
    }

    private static string? Ascii(ConfigNode value, Reading reading, int most, string what)
    {
        if (reading.Text(value) is not { } text) return null;
        if (Encoding.UTF8.GetByteCount(text) <= most && text.All(static c => c is > ' ' and < '\x7f')) return text;
        reading.Error(value.Position, $"\"{text}\" cannot be {what} in a host's name: it needs at most {most} ASCII characters without blanks", "correct it");
        return null;
    }
}
