namespace Leasehold.Leases.Memfile;

/// <summary>The names of the files that belong to a lease file while it is cleaned up; those of the established server.</summary>
/// <remarks>
/// <code>
/// read at start            what it is
/// NAME.completed           all of NAME.2 and NAME.1, merged; where it is there, those two are not read
/// NAME.2                   what the clean-up before this one left
/// NAME.1                   what NAME was before this clean-up began
/// NAME                     what was appended since
/// </code>
/// NAME.output is a merge that has not ended, NAME.new a file that is not in use yet: neither is read.
/// </remarks>
/// <param name="Current">The lease file's own name.</param>
public readonly record struct LeaseFileSet(string Current)
{
    public string Copy => $"{Current}.1";

    public string Previous => $"{Current}.2";

    public string Output => $"{Current}.output";

    public string Completed => $"{Current}.completed";

    public string New => $"{Current}.new";

    /// <summary>Has the number of the process that cleans up.</summary>
    public string Pid => $"{Current}.pid";

    /// <summary>The files beside the lease file that hold leases, oldest first.</summary>
    public IEnumerable<string> Older(ILeaseDirectory directory)
    {
        if (directory.Exists(Completed)) return [Completed];
        string[] both = [Previous, Copy];
        return both.Where(directory.Exists);
    }
}
