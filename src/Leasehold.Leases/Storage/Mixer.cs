namespace Leasehold.Leases.Storage;

/// <summary>Spreads keys that nobody outside chooses, such as the addresses of a pool, over 32 bits (Murmur3's finisher).</summary>
internal static class Mixer
{
    public static uint Mix(uint h)
    {
        h = (h ^ (h >> 16)) * 0x85ebca6b;
        h = (h ^ (h >> 13)) * 0xc2b2ae35;
        return h ^ (h >> 16);
    }
}
