using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Leasehold.Fuzz.Driving;
using Leasehold.Fuzz.Mutation;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Leasehold.Protocol.V6;

namespace Leasehold.Fuzz.Targets;

/* An input is a line: the option's space and code, '=' and its text, or ':' and its octets in hexadecimal
   dhcp4 121 = 10.0.0.0/8 - 192.0.2.1     dhcp4 6 : c0000201   */

/// <summary>The values of options: text to octets to text.</summary>
internal sealed class OptionTarget : Target
{
    public override string Name => "options";

    public override string About => "the value of an option of each type: never throws, what is shown can be typed and is the same octets";

    public override Shape Shape => Shape.Text;

    public override int MaxLength => 1024;

    public override IEnumerable<byte[]> Seeds(string tests) =>
        Rows.Select(row => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{row.Space} {row.Code} = {Example(row.Format)}")))
            .Concat(Rows.Select(row => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{row.Space} {row.Code} : 0001610004300001c0000201"))));

    public override void Run(ReadOnlySpan<byte> input, Reached reached)
    {
        string text = Encoding.UTF8.GetString(input);
        string[] words = text.Split(' ', 4);
        if (words.Length < 4 || !uint.TryParse(words[1], CultureInfo.InvariantCulture, out uint code)) return;
        if (Rows.FirstOrDefault(one => one.Space == words[0] && one.Code == code) is not { } row) return;
        if (words[2] == "=") FromText(row, words[3], reached);
        else if (OptionEncoder.TryEncodeHex(words[3], out ImmutableArray<byte> octets, out _)) FromOctets(row, octets, reached);
    }

    private static IEnumerable<OptionRow> Rows => OptionTable4.Rows.Concat(OptionTable6.Rows);

    private static void FromText(OptionRow row, string text, Reached reached)
    {
        bool encoded = OptionEncoder.TryEncode(row.Format, text, out ImmutableArray<byte> octets, out OptionTextError error);
        reached.Add("encode", (long)row.Format.Type, ((long)error.Kind << 8) + Math.Min(error.Field, 9));
        BrokenRule.Unless(error.Position >= 0 && error.Position <= text.Length, "an error is inside the text", $"{error}");
        BrokenRule.Unless(encoded || octets.IsEmpty, "a refused text gives no octets");
        if (encoded) FromOctets(row, octets, reached);
    }

    private static void FromOctets(OptionRow row, ImmutableArray<byte> octets, Reached reached)
    {
        ShownText.MustBePlain(OptionText.Format(row.Format, octets.AsSpan()));
        bool formatted = OptionText.TryFormat(row.Format, octets.AsSpan(), out string shown, out int length);
        BrokenRule.Unless(length >= 0 && length <= octets.Length, "no more octets are shown than there are");
        reached.Add("format", row.Code, (formatted ? 2 : 0) + (length == octets.Length ? 1 : 0));
        reached.AddSize($"{row.Format.Type}", octets.Length);
        if (!formatted || length != octets.Length || !CanBeTyped(row.Format, shown)) return;
        BrokenRule.Unless(OptionEncoder.TryEncode(row.Format, shown, out ImmutableArray<byte> again, out OptionTextError error) && error.Kind == OptionTextErrorKind.None,
            "what is shown can be typed", $"{row.Space} {row.Code}: {shown}: {error}");
        if (!HasSeveralForms(row.Format))
        {
            BrokenRule.Unless(again.SequenceEqual(octets), "what was typed are the octets that were shown", $"{row.Space} {row.Code}: {shown}");
            return;
        }

        // The octets came from anywhere; those that were typed are in the one form that is written.
        string canonical = OptionText.Format(row.Format, again.AsSpan());
        BrokenRule.Unless(
            OptionEncoder.TryEncode(row.Format, canonical, out ImmutableArray<byte> third, out _) && third.SequenceEqual(again), "what was typed and shown is typed the same", $"{row.Space} {row.Code}: {canonical}");
    }

    // Characters are shown in quotes and typed without; an empty value cannot be typed everywhere.
    private static bool CanBeTyped(OptionFormat format, string shown) =>
        shown.Length > 0 && !shown.Contains('"', StringComparison.Ordinal) && !shown.Contains("(empty)", StringComparison.Ordinal) && !shown.Contains('\\', StringComparison.Ordinal)
        && Types(format).All(type => type is not (OptionType.String or OptionType.Tuple or OptionType.Empty));

    // Names may be compressed, and networks may have bits behind their length.
    private static bool HasSeveralForms(OptionFormat format) =>
        Types(format).Any(type => type is OptionType.Fqdn or OptionType.PartialFqdn or OptionType.ClasslessRoutes or OptionType.Ipv6Prefix or OptionType.EncryptedDns4 or OptionType.EncryptedDns6);

    private static ImmutableArray<OptionType> Types(OptionFormat format) => format.Type == OptionType.Record ? format.Fields : [format.Type];

    private static string Example(OptionFormat format) =>
        format.Type == OptionType.Record ? string.Join(", ", format.Fields.Select(Example)) : format.IsArray ? $"{Example(format.Type)}, {Example(format.Type)}" : Example(format.Type);

    private static string Example(OptionType type) => type switch
    {
        OptionType.Empty => "",
        OptionType.Binary => "0x0102ff",
        OptionType.Boolean => "true",
        OptionType.Ipv4Address => "192.0.2.1",
        OptionType.Ipv6Address => "2001:db8::1",
        OptionType.Ipv6Prefix => "2001:db8::/32",
        OptionType.Psid => "3/4",
        OptionType.String or OptionType.Tuple => "a text",
        OptionType.Fqdn or OptionType.PartialFqdn => "host.example.org.",
        OptionType.ClasslessRoutes => "10.0.0.0/8 - 192.0.2.1, 0.0.0.0/0 - 192.0.2.2",
        OptionType.EncryptedDns4 => "10, dot.example., 192.0.2.1 192.0.2.2, alpn=dot\\,doq port=853 | 20, b.",
        OptionType.EncryptedDns6 => "10, dot.example., 2001:db8::1, alpn=dot\\,doq port=853",
        _ => "7",
    };
}
