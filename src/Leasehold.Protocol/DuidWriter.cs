namespace Leasehold.Protocol;

/// <summary>Makes DUIDs, RFC 8415 §11.</summary>
public static class DuidWriter
{
    /// <summary>Type 1: a link-layer address and a time.</summary>
    /// <param name="seconds">Since 2000-01-01 UTC, modulo 2^32.</param>
    public static byte[] LinkLayerTime(ushort hardwareType, uint seconds, ReadOnlySpan<byte> address)
    {
        byte[] octets = new byte[8 + address.Length];
        WireWriter writer = new(octets);
        writer.WriteUInt16((ushort)DuidType.LinkLayerTime);
        writer.WriteUInt16(hardwareType);
        writer.WriteUInt32(seconds);
        writer.WriteOctets(address);
        return octets;
    }

    /// <summary>Type 2: a vendor's number and identifier.</summary>
    public static byte[] Enterprise(uint number, ReadOnlySpan<byte> identifier)
    {
        byte[] octets = new byte[6 + identifier.Length];
        WireWriter writer = new(octets);
        writer.WriteUInt16((ushort)DuidType.Enterprise);
        writer.WriteUInt32(number);
        writer.WriteOctets(identifier);
        return octets;
    }

    /// <summary>Type 3: a link-layer address.</summary>
    public static byte[] LinkLayer(ushort hardwareType, ReadOnlySpan<byte> address)
    {
        byte[] octets = new byte[4 + address.Length];
        WireWriter writer = new(octets);
        writer.WriteUInt16((ushort)DuidType.LinkLayer);
        writer.WriteUInt16(hardwareType);
        writer.WriteOctets(address);
        return octets;
    }

    /// <summary>Type 4: 16 octets that are unique.</summary>
    public static byte[] Uuid(ReadOnlySpan<byte> uuid)
    {
        byte[] octets = new byte[2 + uuid.Length];
        WireWriter writer = new(octets);
        writer.WriteUInt16((ushort)DuidType.Uuid);
        writer.WriteOctets(uuid);
        return octets;
    }
}
