using Leasehold.Protocol;

namespace Leasehold.Leases.Memfile;

/// <summary>What is different about the lease files of the two families: the columns, and how a line is read and written.</summary>
public abstract class LeaseFormat
{
    private protected LeaseFormat(LeaseSchema schema) => Schema = schema;

    /// <summary>DHCPv4: schema 3.0.</summary>
    public static LeaseFormat V4 { get; } = new LeaseFormat4();

    /// <summary>DHCPv6: schema 5.0.</summary>
    public static LeaseFormat V6 { get; } = new LeaseFormat6();

    /// <summary>Today's header line, without its end.</summary>
    public string Header => Schema.Header;

    internal LeaseSchema Schema { get; }

    internal ReadOnlySpan<byte> HeaderLine => Schema.HeaderLine.Span;

    /// <summary>A reader's scratch space in octets.</summary>
    internal abstract int ScratchLength { get; }

    /// <summary>The longest line that can be a lease's.</summary>
    internal abstract int MaxLength { get; }

    /// <summary>The family whose header one of these files has; DHCPv4 where none says otherwise.</summary>
    /// <exception cref="IOException">A system call failed.</exception>
    public static LeaseFormat Of(ILeaseDirectory directory, LeaseFileSet set)
    {
        foreach (string name in (string[])[set.Current, set.Completed, set.Previous, set.Copy])
        {
            if (!directory.Exists(name)) continue;
            using ILeaseFile file = directory.Open(name);
            byte[] begin = new byte[4096];
            ReadOnlySpan<byte> line = begin.AsSpan(0, file.Read(begin, 0));
            if (line.IndexOf((byte)'\n') is >= 0 and var end && V6.Schema.Parse(line[..end], out _) is not null) return V6;
        }

        return V4;
    }

    /// <summary>Reads a line without its end.</summary>
    /// <param name="scratch">At least <see cref="ScratchLength"/> octets.</param>
    /// <param name="problem">What is wrong, for a person; null when nothing is.</param>
    internal abstract bool TryRead(ReadOnlySpan<byte> line, LeaseColumns columns, Span<byte> scratch, out LeaseLineFacts facts, out string? problem);

    /// <summary>Writes a line that can be read in today's columns, its end included.</summary>
    /// <param name="destination">At least as long as the line's facts say.</param>
    /// <returns>How many octets were written.</returns>
    internal abstract int Rewrite(ReadOnlySpan<byte> line, LeaseColumns columns, Span<byte> scratch, Span<byte> destination);

    /// <summary>A set of what leases are about, to find the last line of each.</summary>
    /// <param name="seed">Not to be foreseen by clients, who have a say in which addresses there are.</param>
    internal abstract ILeaseKeySet NewSet(ulong seed);
}

/// <summary>What clean-ups and loaders have to know of a line.</summary>
/// <param name="Address">The address, or the first one of the prefix.</param>
/// <param name="PrefixLength">That of a prefix, which has a lease of its own beside that of an address; null for an address.</param>
/// <param name="ValidLifetime">0 says that the lease is no more.</param>
/// <param name="Bound">Octets that the line takes in today's columns, at most.</param>
internal readonly record struct LeaseLineFacts(UInt128 Address, byte? PrefixLength, Lifetime ValidLifetime, Instant Expire, int Bound);

/// <summary>What leases are about, each once.</summary>
internal interface ILeaseKeySet
{
    /// <returns>True when the line's address or prefix was not in the set before.</returns>
    bool Add(in LeaseLineFacts line);
}
