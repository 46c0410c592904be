using Leasehold.Configuration.Model;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>How many new clients each port had lately. Its size is fixed, whatever arrives.</summary>
/// <remarks>A time begins with the first client of a port. Of ports that meet in one place, the one that was quiet for longest is forgotten.</remarks>
internal sealed class PortRates(RateLimit limit)
{
    /// <summary>Places for ports: with <see cref="Ways"/> ports in each, 1.5 MiB.</summary>
    private const int Places = 1 << 14;

    /// <summary>How many ports may meet in one place.</summary>
    private const int Ways = 4;

    private readonly Entry[] entries = new Entry[Places * Ways];

    /// <summary>One more client at a port, if there is room for it.</summary>
    public bool TryPass(ulong port, Instant now)
    {
        ref Entry entry = ref Find(port);
        if (entry.Port != port || now.Seconds - entry.Began >= limit.Seconds || now.Seconds < entry.Began) entry = new() { Port = port, Began = now.Seconds };
        if (entry.Count >= limit.Count) return false;
        entry.Count++;
        return true;
    }

    private ref Entry Find(ulong port)
    {
        int first = (int)((port >> 20) & (Places - 1)) * Ways;
        int oldest = first;
        for (int i = first; i < first + Ways; i++)
        {
            if (entries[i].Port == port) return ref entries[i];
            if (entries[i].Began < entries[oldest].Began) oldest = i;
        }

        return ref entries[oldest];
    }

    private struct Entry
    {
        public ulong Port;
        public long Began;
        public uint Count;
    }
}
