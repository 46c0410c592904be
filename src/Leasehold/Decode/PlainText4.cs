using System.Buffers.Binary;
using System.Text;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.Decode;

/// <summary>Values that fit on one line, numbers with the words for them.</summary>
internal static class PlainText4
{
    private const byte NetbiosNodeType = 46;
    private const byte ClientSystem = 93;
    private const byte ClientNetworkInterface = 94;
    private const byte MachineIdentifier = 97;

    /// <summary>The value of an option of a message.</summary>
    public static string Of(byte code, ReadOnlySpan<byte> value)
    {
        switch (code)
        {
            case OptionCode4.MessageType when value.Length == 1:
                return $"{value[0]} {Names4.OfMessageType(value[0])}";
            case OptionCode4.Overload when value.Length == 1:
                return $"{value[0]} {Names4.OfOverload(value[0])}";
            case NetbiosNodeType when value.Length == 1:
                return $"{value[0]} {Names4.OfNodeType(value[0])}";
            case OptionCode4.LeaseTime or OptionCode4.RenewalTime or OptionCode4.RebindingTime when value.Length == 4:
                return new Lifetime(BinaryPrimitives.ReadUInt32BigEndian(value)).ToString();
            case OptionCode4.ParameterRequestList:
                return ListOfOptions(value);
            case ClientSystem when value.Length > 0 && value.Length % 2 == 0:
                return ListOfArchitectures(value);
            case ClientNetworkInterface when value.Length == 3:
                return $"type {value[0]}, version {value[1]}.{value[2]}";
            case MachineIdentifier when value.Length == 17 && value[0] == 0:
                return $"UUID {new Guid(value[1..])}";
            default:
                return OptionTable4.Find(code) is { } row ? OfFormat(row.Format, value) : Octets(value);
        }
    }

    /// <summary>The value of a sub-option.</summary>
    /// <param name="row">Its row; null for a code without a name.</param>
    public static string OfSubOption(OptionRow? row, ReadOnlySpan<byte> value) => row switch
    {
        null => Octets(value),
        { Space: OptionSpace.RelayAgent, Code: RelayId } => IdentifierText.OfDuid(value),
        _ => OfFormat(row.Format, value),
    };

    private const uint RelayId = 12;

    /// <summary>Octets in hexadecimal, and as characters where all of them are printable ASCII.</summary>
    public static string Octets(ReadOnlySpan<byte> value)
    {
        bool isText = value.Length > 1 && value.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E) < 0;
        return isText ? $"{OptionText.Hex(value)} {OptionText.Quote(value)}" : OptionText.Hex(value);
    }

    /// <summary>"1 octet", "2 octets".</summary>
    public static string Count(int octets) => octets == 1 ? "1 octet" : $"{octets} octets";

    private static string OfFormat(OptionFormat format, ReadOnlySpan<byte> value) =>
        format.Type == OptionType.Binary ? Octets(value) : format.Type == OptionType.Empty && value.IsEmpty ? "(empty)" : OptionText.Format(format, value);

    private static string ListOfOptions(ReadOnlySpan<byte> codes)
    {
        StringBuilder text = new();
        foreach (byte code in codes) text.Append(text.Length == 0 ? "" : ", ").Append($"{code} {Names4.OfOption(code)}");
        return codes.IsEmpty ? "(empty)" : text.ToString();
    }

    private static string ListOfArchitectures(ReadOnlySpan<byte> value)
    {
        StringBuilder text = new();
        for (; !value.IsEmpty; value = value[2..])
        {
            ushort type = BinaryPrimitives.ReadUInt16BigEndian(value);
            text.Append(text.Length == 0 ? "" : ", ").Append($"{type} {Names4.OfArchitecture(type)}");
        }

        return text.ToString();
    }
}
