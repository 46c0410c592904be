namespace Leasehold.Serve;

/// <summary>Where a server keeps what it writes, as the environment says.</summary>
/// <remarks>
/// Whoever sets the established server's variable has scripts that look for its file names there, and gets them;
/// the LEASEHOLD_ variable wins where both are set, and the names are ours.
/// </remarks>
/// <param name="Variables">The environment; a delegate so that tests need not change that of the process.</param>
internal sealed record Places(Func<string, string?> Variables)
{
    public static readonly Places OfThisProcess = new(Environment.GetEnvironmentVariable);

    /// <summary>The lease file of a configuration that names none.</summary>
    public string LeaseFile4 =>
        Set("LEASEHOLD_DATA_DIR") is { } own ? Path.Combine(own, "leases4.csv")
        : Set("KEA_DHCP_DATA_DIR") is { } established ? Path.Combine(established, "kea-leases4.csv")
        : "/var/lib/leasehold/leases4.csv";

    /// <summary>The file with the process id: /run/leasehold/leasehold-dhcp4.NAME.pid for NAME.json.</summary>
    public string PidFile(string configFile)
    {
        string name = Path.GetFileNameWithoutExtension(configFile);
        return Set("LEASEHOLD_PIDFILE_DIR") is { } own ? Path.Combine(own, $"leasehold-dhcp4.{name}.pid")
            : Set("KEA_PIDFILE_DIR") is { } established ? Path.Combine(established, $"kea-dhcp4.{name}.pid")
            : $"/run/leasehold/leasehold-dhcp4.{name}.pid";
    }

    private string? Set(string variable) => Variables(variable) is { Length: > 0 } value ? value : null;
}
