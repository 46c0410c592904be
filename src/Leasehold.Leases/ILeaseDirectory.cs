namespace Leasehold.Leases;

/// <summary>The directory that the lease files lie in: the real one of the operating system, or the simulated disk of the tests.</summary>
/// <remarks>Names are without a path. Every method throws IOException for a failed system call; nothing else.</remarks>
public interface ILeaseDirectory
{
    bool Exists(string name);

    /// <summary>Opens a file to read and write, and makes an empty one where there is none; not readable by others.</summary>
    ILeaseFile Open(string name);

    /// <summary>Gives a file another name; a file that has that name is replaced, at one moment.</summary>
    void Rename(string from, string to);

    /// <summary>Gives a file a second name that no file has.</summary>
    void Link(string from, string to);

    /// <summary>True when both names are there and stand for one file.</summary>
    bool AreSame(string one, string other);

    /// <summary>Removes a name; nothing where there is none.</summary>
    void Delete(string name);

    /// <summary>Octets that can still be written.</summary>
    long Available { get; }

    /// <summary>Returns when new, renamed and deleted names are on stable storage (fsync of the directory).</summary>
    void Sync();
}
