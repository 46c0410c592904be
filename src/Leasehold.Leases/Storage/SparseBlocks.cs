namespace Leasehold.Leases.Storage;

/// <summary>Words of 64 bits for the places of many pools; those that are zero are not there.</summary>
/// <remarks>
/// One store for all pools of a table, so that a pool of which little is held takes no memory to speak of. 44 octets a word.
/// </remarks>
internal sealed class SparseBlocks
{
    private const int LevelShift = 58;

    private readonly SipHash13 hash;
    private readonly Segmented<Block> blocks = new();
    private readonly HashIndex index;

    /// <summary>A list a pool.</summary>
    private readonly ChainLists byPool = new();

    private readonly Stack<int> unusedPools = [];
    private int pools;
    private int used;
    private int free = -1;

    /// <param name="hash">Over places, which clients choose by asking for them.</param>
    public SparseBlocks(SipHash13 hash)
    {
        this.hash = hash;
        index = new(block => Hash(blocks[block].Pool, blocks[block].Key));
    }

    /// <summary>Memory in octets.</summary>
    public long Size => blocks.Size + index.Size + byPool.Size;

    /// <summary>A number for a pool.</summary>
    public int AddPool()
    {
        if (unusedPools.TryPop(out int pool)) return pool;
        byPool.ReserveLists(pools + 1);
        return pools++;
    }

    /// <summary>Removes all words of a pool; its number is used again.</summary>
    public void RemovePool(int pool)
    {
        while (byPool.First(pool) is >= 0 and var block) Remove(block);
        unusedPools.Push(pool);
    }

    /// <summary>The word's block, -1 when it is zero.</summary>
    /// <param name="level">0 to 11.</param>
    /// <param name="number">Below 2^58.</param>
    public int Find(int pool, int level, ulong number)
    {
        ulong key = Key(level, number);
        int block = index.First(Hash(pool, key));
        while (block >= 0 && (blocks[block].Key != key || blocks[block].Pool != pool)) block = index.Next(block);
        return block;
    }

    public ref ulong Word(int block) => ref blocks[block].Word;

    /// <summary>Adds a word that is not there.</summary>
    public int Add(int pool, int level, ulong number)
    {
        int block = free;
        if (block >= 0)
        {
            free = (int)(uint)blocks[block].Key;
        }
        else
        {
            block = used++;
            blocks.Reserve(used);
            index.ReserveNodes(used);
            byPool.ReserveNodes(used);
        }

        ulong key = Key(level, number);
        blocks[block] = new() { Key = key, Pool = pool };
        byPool.PushFront(pool, block);
        index.Add(block, Hash(pool, key));
        index.Grow();
        return block;
    }

    public void Remove(int block)
    {
        index.Remove(block);
        byPool.Remove(block);
        blocks[block] = new() { Key = (uint)free };
        free = block;
    }

    /// <summary>The words of level 0 of a pool, in no particular order.</summary>
    public IEnumerable<(ulong Number, ulong Word)> Lowest(int pool)
    {
        for (int block = byPool.First(pool); block >= 0; block = byPool.Next(block))
        {
            if (blocks[block].Key >> LevelShift == 0) yield return (blocks[block].Key, blocks[block].Word);
        }
    }

    private static ulong Key(int level, ulong number) => ((ulong)level << LevelShift) | number;

    private uint Hash(int pool, ulong key) => hash.Hash(key, (ulong)pool);

    private struct Block
    {
        public ulong Key;
        public ulong Word;
        public int Pool;
    }
}
