using Leasehold.Protocol.V4;
using Leasehold.Protocol.V4.Options;

namespace Leasehold.Engine.V4;

/// <summary>The port of a relay that a client is behind, as a number: circuit and remote identifier of option 82 (RFC 3046 §3.1, §3.2).</summary>
internal static class RelayPort
{
    // FNV-1a, 64 bits: what is mixed comes from relays, and not from who would like to be taken for another.
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Of a whole option 82, in a subnet.</summary>
    /// <returns>0 when it names neither.</returns>
    public static ulong Of(ReadOnlySpan<byte> relayInfo, uint subnetId)
    {
        ulong port = Mix(Basis, [(byte)(subnetId >> 24), (byte)(subnetId >> 16), (byte)(subnetId >> 8), (byte)subnetId]);
        bool named = false;
        SubOptionReader4 subOptions = new(relayInfo);
        while (subOptions.TryRead(out byte code, out ReadOnlySpan<byte> value))
        {
            if (code is not (RelaySubOption.CircuitId or RelaySubOption.RemoteId)) continue;
            named = true;
            port = Mix(Mix(port, [code, (byte)value.Length]), value);
        }

        return named ? port | 1 : 0;
    }

    /// <summary>Of an interface, for clients without a relay that names ports.</summary>
    public static ulong OfInterface(int index) => Mix(Basis, [0, (byte)(index >> 24), (byte)(index >> 16), (byte)(index >> 8), (byte)index]) & ~1UL;

    private static ulong Mix(ulong hash, ReadOnlySpan<byte> octets)
    {
        foreach (byte octet in octets) hash = (hash ^ octet) * Prime;
        return hash;
    }
}
