namespace Leasehold.Leases;

/// <summary>The file below a lease log: the real one of the operating system, or the simulated disk of the tests.</summary>
/// <remarks>Every method throws IOException for a failed system call; nothing else.</remarks>
public interface ILeaseFile : IDisposable
{
    /// <summary>The file's length in octets.</summary>
    long Length { get; }

    /// <summary>Reads at an offset; fewer octets than asked only at the end of the file.</summary>
    int Read(Span<byte> destination, long offset);

    /// <summary>Writes all octets at an offset, or throws; after a throw any part may have been written.</summary>
    void Write(ReadOnlySpan<byte> octets, long offset);

    /// <summary>Cuts the file, or prolongs it with zero octets.</summary>
    void SetLength(long length);

    /// <summary>Returns when all that was written, and the length, are on stable storage (fdatasync).</summary>
    void Sync();
}
