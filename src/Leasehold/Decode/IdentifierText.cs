using Leasehold.Protocol;

namespace Leasehold.Decode;

/// <summary>Client identifiers and DUIDs in words.</summary>
internal static class IdentifierText
{
    /// <summary>Option 61: type and value, IAID and DUID where it has them.</summary>
    public static string OfClient(ReadOnlySpan<byte> value)
    {
        if (!ClientIdentifier.TryRead(value, out ClientIdentifier identifier)) return $"{OptionText.Hex(value)} (malformed: shorter than {ClientIdentifier.MinLength} octets)";
        if (identifier.TryGetDuid(out uint iaid, out _)) return $"type 255, IAID 0x{iaid:x8}, {OfDuid(value[5..])}";
        if (identifier.TryGetHardwareAddress(out HardwareAddress address)) return $"type {address.Type} {Names4.OfHardware(address.Type)}, {address}";
        return $"type {identifier.Type}, {PlainText4.Octets(identifier.Value)}";
    }

    /// <summary>A DUID: its kind and parts, or its octets where it has none that are known.</summary>
    public static string OfDuid(ReadOnlySpan<byte> value)
    {
        if (!Duid.TryRead(value, out Duid duid)) return $"{OptionText.Hex(value)} (malformed: a DUID has 3 to {Duid.MaxLength} octets)";
        return duid.Type switch
        {
            DuidType.LinkLayerTime when duid.Time is { } time && duid.HardwareType is { } hardware =>
                $"DUID-LLT hardware {hardware}, {time}, {HexText.Format(duid.LinkLayerAddress, ':')}",
            DuidType.LinkLayer when duid.HardwareType is { } hardware => $"DUID-LL hardware {hardware}, {HexText.Format(duid.LinkLayerAddress, ':')}",
            DuidType.Enterprise when duid.EnterpriseNumber is { } enterprise => $"DUID-EN enterprise {enterprise}, {OptionText.Hex(duid.Octets[6..])}",
            DuidType.Uuid when duid.Octets.Length == 18 => $"DUID-UUID {new Guid(duid.Octets[2..], bigEndian: true)}",
            _ => $"DUID type {(ushort)duid.Type}, {OptionText.Hex(duid.Octets[2..])}",
        };
    }
}
