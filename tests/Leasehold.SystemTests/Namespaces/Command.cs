namespace Leasehold.SystemTests.Namespaces;

/// <summary>Runs a program to its end.</summary>
public static class Command
{
    /// <summary>Returns what the program printed; throws with all that it said unless it exits with 0.</summary>
    public static async Task<string> Run(string program, params string[] arguments)
    {
        await using HostProcess process = new(program, arguments);
        int status = await process.WaitForExit(TimeSpan.FromMinutes(2));
        if (status != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit status {status}\n{process.Output}\n{process.Errors}");
        return process.Output;
    }
}
