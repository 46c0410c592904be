using System.Globalization;

namespace Leasehold.Net;

/// <summary>What the process may do beyond an ordinary one (capabilities(7)).</summary>
/// <param name="Effective">The kernel's effective set, a bit each.</param>
public readonly record struct Capabilities(ulong Effective)
{
    private const int CAP_NET_BIND_SERVICE = 10;
    private const int CAP_NET_ADMIN = 12;
    private const int CAP_NET_RAW = 13;

    /// <summary>Ports below 1024.</summary>
    public bool NetBindService => Has(CAP_NET_BIND_SERVICE);

    /// <summary>Socket buffers beyond the system's limit.</summary>
    public bool NetAdmin => Has(CAP_NET_ADMIN);

    /// <summary>Packet sockets.</summary>
    public bool NetRaw => Has(CAP_NET_RAW);

    /// <summary>Those of the calling thread; none when the kernel does not tell (no /proc).</summary>
    public static Capabilities OfThisThread()
    {
        const string Key = "CapEff:";
        try
        {
            foreach (string line in File.ReadLines("/proc/thread-self/status"))
            {
                if (line.StartsWith(Key, StringComparison.Ordinal))
                    return new(ulong.Parse(line.AsSpan(Key.Length).Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            }
        }
        catch (IOException)
        {
            // Without /proc a socket that is refused says the same, later.
        }

        return default;
    }

    private bool Has(int capability) => (Effective >> capability & 1) != 0;
}
