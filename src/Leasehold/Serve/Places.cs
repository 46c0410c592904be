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

    /// <summary>The DHCPv4 lease file of a configuration that names none.</summary>
    public string LeaseFile4 => DataFile("leases4.csv", "kea-leases4.csv");

    /// <summary>The DHCPv6 lease file of a configuration that names none.</summary>
    public string LeaseFile6 => DataFile("leases6.csv", "kea-leases6.csv");

    /// <summary>The file with the server's DUID.</summary>
    public string ServerId6 => DataFile("serverid6", "kea-dhcp6-serverid");

    /// <summary>The file with the process id: /run/leasehold/leasehold-dhcp4.NAME.pid for NAME.json.</summary>
    /// <param name="service">"dhcp4" or "dhcp6".</param>
    public string PidFile(string service, string configFile)
    {
        string name = Path.GetFileNameWithoutExtension(configFile);
        return Set("LEASEHOLD_PIDFILE_DIR") is { } own ? Path.Combine(own, $"leasehold-{service}.{name}.pid")
            : Set("KEA_PIDFILE_DIR") is { } established ? Path.Combine(established, $"kea-{service}.{name}.pid")
            : $"/run/leasehold/leasehold-{service}.{name}.pid";
    }

    /// <summary>The DHCPv6 lease file of a configuration.</summary>
    /// <param name="directory">data-directory; null for none.</param>
    /// <param name="name">The configured name; null for none.</param>
    public string LeaseFile6Of(string? directory, string? name) =>
        name is null ? In(directory, LeaseFile6) : directory is null ? name : Path.Combine(directory, name);

    /// <summary>The file with the DUID of a configuration's server.</summary>
    public string ServerId6Of(string? directory) => In(directory, ServerId6);

    private static string In(string? directory, string file) => directory is null ? file : Path.Combine(directory, Path.GetFileName(file));

    private string DataFile(string ownName, string establishedName) =>
        Set("LEASEHOLD_DATA_DIR") is { } own ? Path.Combine(own, ownName)
        : Set("KEA_DHCP_DATA_DIR") is { } established ? Path.Combine(established, establishedName)
        : Path.Combine("/var/lib/leasehold", ownName);

    private string? Set(string variable) => Variables(variable) is { Length: > 0 } value ? value : null;
}
