namespace Leasehold.Demo;

/// <summary>Programs that come from Debian's packages.</summary>
public static class DebianPackages
{
    private const string PolicyFile = "/usr/sbin/policy-rc.d";
    private const string SavedPolicyFile = PolicyFile + ".leasehold";

    /// <summary>The packages of those programs that are missing on this machine.</summary>
    /// <param name="packages">From a program's name to the package that brings it.</param>
    public static IReadOnlyList<string> Missing(IReadOnlyDictionary<string, string> packages) =>
        [.. packages.Where(pair => ExternalProgram.Find(pair.Key) is null).Select(pair => pair.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Installs what is missing by apt-get. No service is started.</summary>
    /// <param name="packages">From a program's name to the package that brings it.</param>
    /// <exception cref="DemoException">This is no Debian, a package cannot be had, or it does not bring its program.</exception>
    public static void InstallMissing(IReadOnlyDictionary<string, string> packages)
    {
        Install(Missing(packages));
        if (packages.FirstOrDefault(pair => ExternalProgram.Find(pair.Key) is null) is { Key: { } program, Value: var package })
            throw new DemoException($"the package {package} is installed, but there is no program {program}");
    }

    private static void Install(IReadOnlyList<string> packages)
    {
        if (ExternalProgram.Find("apt-get") is null)
            throw new DemoException($"this system has no apt-get; install what brings these yourself: {string.Join(' ', packages)}");
        KeepServicesFromStarting();
        try
        {
            string[] install = ["DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-q", "--no-install-recommends", .. packages];
            if (ExternalProgram.TryRun("env", install).Status == 0) return;
            ExternalProgram.Run("apt-get", "update", "-q");
            ExternalProgram.Run("env", install);
        }
        finally
        {
            RestorePolicy();
        }
    }

    // The package scripts ask this file before they start a service; exit status 101 forbids it.
    private static void KeepServicesFromStarting()
    {
        if (File.Exists(PolicyFile)) File.Move(PolicyFile, SavedPolicyFile, overwrite: true);
        File.WriteAllText(PolicyFile, "#!/bin/sh\nexit 101\n");
        File.SetUnixFileMode(PolicyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static void RestorePolicy()
    {
        File.Delete(PolicyFile);
        if (File.Exists(SavedPolicyFile)) File.Move(SavedPolicyFile, PolicyFile);
    }
}
