namespace Leasehold.Leases.Storage;

/// <summary>Spreads keys that nobody outside chooses, such as places of a pool, over 32 bits (Murmur3's finishers).</summary>
internal static class Mixer
{
    public static uint Mix(uint h)
    {
        h = (h ^ (h >> 16)) * 0x85ebca6b;
        h = (h ^ (h >> 13)) * 0xc2b2ae35;
        return h ^ (h >> 16);
    }

    public static uint Mix(ulong h)
    {
        h = (h ^ (h >> 33)) * 0xff51afd7ed558ccd;
        h = (h ^ (h >> 33)) * 0xc4ceb9fe1a85ec53;
        return (uint)(h ^ (h >> 33));
    }
}
