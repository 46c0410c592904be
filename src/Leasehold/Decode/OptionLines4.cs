using System.Text;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Leasehold.Protocol.V4.Options;

namespace Leasehold.Decode;

/// <summary>Prints the value of an option: on the line of its name, structured ones with indented lines below.</summary>
/// <param name="output">Stands behind "name: ".</param>
/// <param name="start">The offset of the value's first octet in the message; null when the value was joined from parts.</param>
internal readonly struct OptionLines4(TextWriter output, int? start)
{
    /// <summary>Prints an option of a message and ends the line.</summary>
    public void Write(byte code, ReadOnlySpan<byte> value)
    {
        switch (code)
        {
            case OptionCode4.VendorEncapsulated:
                WriteVendorEncapsulated(value);
                break;
            case OptionCode4.ClientIdentifier:
                output.Write($"{IdentifierText.OfClient(value)}\n");
                break;
            case OptionCode4.UserClass:
                WriteClasses(value);
                break;
            case OptionCode4.ClientFqdn:
                output.Write($"{FqdnText(value)}\n");
                break;
            case OptionCode4.RelayAgentInformation:
                WriteSubOptions(OptionSpace.RelayAgent, value, 0, 1);
                break;
            case OptionCode4.Authentication:
                output.Write($"{AuthenticationText(value)}\n");
                break;
            case CableLabs:
                WriteSubOptions(OptionSpace.CableLabs, value, 0, 1);
                break;
            case OptionCode4.VendorIdentifyingClass or OptionCode4.VendorIdentifyingOptions:
                WriteVendorBlocks(code, value);
                break;
            default:
                output.Write($"{PlainText4.Of(code, value)}\n");
                break;
        }
    }

    private const byte CableLabs = 122;

    private static string FqdnText(ReadOnlySpan<byte> value)
    {
        if (!ClientFqdn.TryRead(value, out ClientFqdn fqdn)) return $"{OptionText.Hex(value)} (malformed: shorter than 3 octets)";
        Span<byte> scratch = stackalloc byte[DomainName.MaxLength];
        string flags = fqdn.Flags == ClientFqdnFlags.None ? "-" : fqdn.Flags.ToString().Replace(", ", " ", StringComparison.Ordinal);
        string name = fqdn.NameOctets.IsEmpty ? "(empty)"
            : fqdn.TryGetName(scratch, out DomainName domain) ? domain.ToString()
            : $"{OptionText.Hex(fqdn.NameOctets)} (malformed name)";
        string reserved = (value[0] & 0xF0) == 0 ? "" : ", reserved bits set";
        return $"flags {flags}{reserved}, rcode1 {value[1]}, rcode2 {value[2]}, name {name}";
    }

    private static string AuthenticationText(ReadOnlySpan<byte> value) =>
        !Authentication.TryRead(value, out Authentication option)
            ? $"{OptionText.Hex(value)} (malformed: shorter than {Authentication.HeaderLength} octets)"
            : $"protocol {option.Protocol} {Names4.OfAuthentication(option.Protocol)}, algorithm {option.Algorithm}, rdm {option.ReplayMethod}, "
                + $"replay detection 0x{option.ReplayDetection:x16}, information {OptionText.Hex(option.Information)}";

    private void WriteClasses(ReadOnlySpan<byte> value)
    {
        UserClasses classes = new(value);
        StringBuilder text = new();
        while (classes.TryRead(out ReadOnlySpan<byte> userClass)) text.Append(text.Length == 0 ? "" : ", ").Append(OptionText.Quote(userClass));
        if (classes.IsBare) text.Append(" (one string without a length)");
        output.Write($"{(text.Length == 0 ? "(empty)" : text)}\n");
    }

    // RFC 2132 §8.4 recommends sub-options here; what vendors put in is their own matter.
    private void WriteVendorEncapsulated(ReadOnlySpan<byte> value)
    {
        OptionReader4 check = new(value);
        int count = 0;
        while (check.TryRead(out _, out _)) count++;
        if (count == 0 || check.Error.Kind != WireErrorKind.None)
        {
            output.Write($"{PlainText4.Octets(value)}\n");
            return;
        }

        output.Write($"{PlainText4.Count(value.Length)}\n");
        OptionReader4 options = new(value);
        while (options.TryRead(out byte code, out ReadOnlySpan<byte> part)) Line(options.Offset, 1, $"{code,3}: {PlainText4.Octets(part)}");
    }

    private void WriteSubOptions(string space, ReadOnlySpan<byte> value, int from, int depth)
    {
        if (depth == 1) output.Write($"{PlainText4.Count(value.Length)}\n");
        SubOptionReader4 subOptions = new(value);
        while (subOptions.TryRead(out byte code, out ReadOnlySpan<byte> part))
        {
            OptionRow? row = OptionTable4.Find(space, code);
            Line(from + subOptions.Offset, depth, $"{code,3} {row?.Name ?? "unknown"}: {PlainText4.OfSubOption(row, part)}");
        }

        if (subOptions.Error.Kind != WireErrorKind.None) Malformed(value, from, subOptions.Error, depth);
    }

    private void WriteVendorBlocks(byte code, ReadOnlySpan<byte> value)
    {
        output.Write($"{PlainText4.Count(value.Length)}\n");
        VendorBlocks blocks = new(value);
        while (blocks.TryRead(out uint enterprise, out ReadOnlySpan<byte> data))
        {
            int from = blocks.Offset;
            if (code == OptionCode4.VendorIdentifyingOptions)
            {
                Line(from, 1, $"enterprise {enterprise}, {PlainText4.Count(data.Length)}");
                WriteSubOptions($"{OptionSpace.VendorPrefix}{enterprise}", data, from + 5, depth: 2);
                continue;
            }

            UserClasses classes = new(data);
            StringBuilder text = new($"enterprise {enterprise}: ");
            string separator = "";
            while (classes.TryRead(out ReadOnlySpan<byte> vendorClass))
            {
                text.Append(separator).Append(PlainText4.Octets(vendorClass));
                separator = ", ";
            }

            if (data.IsEmpty) text.Append("(empty)");
            else if (classes.IsBare) text.Append(" (malformed: not classes with their lengths)");
            Line(from, 1, text.ToString());
        }

        if (blocks.Error.Kind != WireErrorKind.None) Malformed(value, 0, blocks.Error, depth: 1);
    }

    private void Malformed(ReadOnlySpan<byte> value, int from, WireError error, int depth) =>
        Line(from + error.Offset, depth, $"{OptionText.Hex(value[error.Offset..])} (malformed: {error.Kind switch
        {
            WireErrorKind.OptionLengthMissing => "no length",
            _ => "longer than what is left",
        }})");

    // Offsets of a value that was joined from parts count from its first octet.
    private void Line(int offset, int depth, string text)
    {
        string place = start is { } first ? $"{first + offset,5}" : $"{$"+{offset}",5}";
        output.Write($"{place}  {new string(' ', (depth * 4) - 2)}{text}\n");
    }
}
