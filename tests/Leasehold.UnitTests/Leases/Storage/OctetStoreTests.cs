using Leasehold.Leases.Storage;
using Xunit;

namespace Leasehold.UnitTests.Leases.Storage;

/// <summary>Strings in the store against plain arrays.</summary>
public sealed class OctetStoreTests
{
    [Fact]
    public void Strings_of_all_sizes_keep_their_octets_while_others_come_and_go()
    {
        Random random = new(5);
        OctetStore store = new();
        List<(int Handle, byte[] Octets)> kept = [];
        for (int step = 0; step < 20_000; step++)
        {
            if (kept.Count > 200 || (kept.Count > 0 && random.Next(3) == 0))
            {
                int at = random.Next(kept.Count);
                (int handle, byte[] octets) = kept[at];
                Assert.Equal(octets, store.Get(handle, octets.Length));
                store.Free(handle, octets.Length);
                kept[at] = kept[^1];
                kept.RemoveAt(kept.Count - 1);
            }
            else
            {
                byte[] octets = new byte[random.Next(50) == 0 ? random.Next(OctetStore.MaxLength + 1) : random.Next(300)];
                random.NextBytes(octets);
                int handle = store.Allocate(octets.Length);
                octets.CopyTo(store.Get(handle, octets.Length));
                kept.Add((handle, octets));
            }
        }

        Assert.All(kept, one => Assert.Equal(one.Octets, store.Get(one.Handle, one.Octets.Length)));
    }

    [Fact]
    public void What_was_freed_is_used_again()
    {
        OctetStore store = new();
        for (int round = 0; round < 3; round++)
        {
            List<int> handles = [.. Enumerable.Range(0, 1000).Select(_ => store.Allocate(100))];
            foreach (int handle in handles) store.Free(handle, 100);
        }

        // 1,000 strings of a class of 104 octets fit one segment.
        Assert.Equal(1 << 18, store.Size);
    }

    [Fact]
    public void The_empty_string_has_no_room()
    {
        OctetStore store = new();
        Assert.Equal(0, store.Allocate(0));
        Assert.True(store.Get(0, 0).IsEmpty);
        Assert.Equal(0, store.Size);
    }
}
