using Leasehold.Leases.Storage;
using Leasehold.Protocol;

namespace Leasehold.Leases.Memfile;

/// <summary>IPv6 addresses and prefixes: a bit each where 64 lie together, up to 48 octets where one lies alone.</summary>
internal sealed class AddressSet6(ulong seed) : ILeaseKeySet
{
    private readonly Words addresses = new(seed, behind: 0);
    private Words? prefixes;

    public bool Add(in LeaseLineFacts line)
    {
        if (line.PrefixLength is not { } length) return addresses.Add(line.Address);
        // Most have the length of the first; those of another are kept as well, only not together.
        prefixes ??= new(seed, Ipv6Prefix.MaxLength - length);
        return prefixes.Add(line.Address);
    }

    /// <summary>Words of 64 bits by 122 bits of an address, each where its hash says or behind that.</summary>
    /// <param name="behind">The bits of an address that seldom differ from zero: those before them choose the bit in the word.</param>
    private sealed class Words(ulong seed, int behind)
    {
        private readonly SipHash13 hash = new(seed, ~seed);
        private UInt128[] keys = new UInt128[1024];

        /// <summary>Zero where there is no key.</summary>
        private ulong[] words = new ulong[1024];

        private int count;

        public bool Add(UInt128 address)
        {
            var turned = UInt128.RotateRight(address, behind);
            UInt128 key = turned >> 6;
            int at = Find(key);
            if (words[at] == 0 && ++count > keys.Length / 4 * 3)
            {
                Grow();
                at = Find(key);
            }

            ulong bit = 1UL << (int)((ulong)turned & 63);
            bool isNew = (words[at] & bit) == 0;
            keys[at] = key;
            words[at] |= bit;
            return isNew;
        }

        /// <summary>Where a key is, or where it goes.</summary>
        private int Find(UInt128 key)
        {
            int mask = keys.Length - 1;
            int at = (int)hash.Hash((ulong)(key >> 64), (ulong)key) & mask;
            while (words[at] != 0 && keys[at] != key) at = (at + 1) & mask;
            return at;
        }

        private void Grow()
        {
            UInt128[] keysBefore = keys;
            ulong[] wordsBefore = words;
            keys = new UInt128[keysBefore.Length * 2];
            words = new ulong[wordsBefore.Length * 2];
            for (int i = 0; i < keysBefore.Length; i++)
            {
                if (wordsBefore[i] == 0) continue;
                int at = Find(keysBefore[i]);
                keys[at] = keysBefore[i];
                words[at] = wordsBefore[i];
            }
        }
    }
}
