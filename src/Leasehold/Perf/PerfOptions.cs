using System.Collections.Immutable;
using Leasehold.Engine.Load;

namespace Leasehold.Perf;

/// <summary>What a person asked <c>leasehold perf</c> for. Filled in by <see cref="PerfArguments"/>, switch by switch.</summary>
internal sealed class PerfOptions
{
    /// <summary>-4 or -6; null while neither was said.</summary>
    public bool? Family6 { get; set; }

    public bool IsV6 => Family6 == true;

    /// <summary>-r: exchanges a second; null for as many as the server answers.</summary>
    public int? Rate { get; set; }

    /// <summary>-f.</summary>
    public int RenewRate { get; set; }

    /// <summary>-F.</summary>
    public int ReleaseRate { get; set; }

    /// <summary>-R.</summary>
    public int Clients { get; set; } = 1;

    /// <summary>-n, for the first and the second message.</summary>
    public List<long> Requests { get; } = [];

    /// <summary>-p, in seconds.</summary>
    public double? Period { get; set; }

    /// <summary>-d, in seconds.</summary>
    public List<double> DropTimes { get; } = [];

    /// <summary>-D: how many, or how many percent.</summary>
    public List<(double Limit, bool IsPercent)> MaxDrops { get; } = [];

    /// <summary>-W, in microseconds; null waits for what is under way.</summary>
    public long? ExitWait { get; set; }

    /// <summary>-P.</summary>
    public int Preload { get; set; }

    /// <summary>-t, in seconds.</summary>
    public int? ReportEvery { get; set; }

    /// <summary>-C.</summary>
    public string? Separator { get; set; }

    /// <summary>-l: an address of this machine or an interface.</summary>
    public string? Local { get; set; }

    /// <summary>The server: an address, "all" or "servers"; null for everybody on the link.</summary>
    public string? Server { get; set; }

    public ushort LocalPort { get; set; }
    public ushort RemotePort { get; set; }

    /// <summary>-B.</summary>
    public bool Broadcasts { get; set; }

    /// <summary>--direct: clients on the link, without a relay.</summary>
    public bool IsDirect { get; set; }

    /// <summary>-i.</summary>
    public bool IsInitialOnly { get; set; }

    /// <summary>-c.</summary>
    public bool RapidCommit { get; set; }

    /// <summary>-1.</summary>
    public bool UsesFirstServer { get; set; }

    /// <summary>-u.</summary>
    public bool ChecksUniqueness { get; set; }

    /// <summary>-A 1.</summary>
    public bool IsRelayed6 { get; set; }

    /// <summary>-J.</summary>
    public string? RelayFile { get; set; }

    /// <summary>-e.</summary>
    public bool WantsAddress { get; set; } = true;

    /// <summary>-e.</summary>
    public bool WantsPrefix { get; set; }

    /// <summary>-b mac=.</summary>
    public ImmutableArray<byte> FirstMac { get; set; } = [0x00, 0x0c, 0x01, 0x02, 0x03, 0x04];

    /// <summary>-b duid=; empty for one made of the MAC.</summary>
    public ImmutableArray<byte> FirstDuid { get; set; } = [];

    /// <summary>True when -b was given.</summary>
    public bool HasBase { get; set; }

    /// <summary>-M.</summary>
    public string? MacFile { get; set; }

    /// <summary>-o, in order.</summary>
    public List<(ushort Code, ImmutableArray<byte> Value)> Options { get; } = [];

    /// <summary>-s; 0 for another one each time.</summary>
    public int Seed { get; set; }

    /// <summary>--scenario avalanche.</summary>
    public bool IsAvalanche { get; set; }

    /// <summary>-T.</summary>
    public List<string> TemplateFiles { get; } = [];

    /// <summary>-X, for each template.</summary>
    public List<int> XidOffsets { get; } = [];

    /// <summary>-O, for each template.</summary>
    public List<int> RandomOffsets { get; } = [];

    /// <summary>-E.</summary>
    public int? ElapsedOffset { get; set; }

    /// <summary>-S.</summary>
    public int? ServerOffset { get; set; }

    /// <summary>-I.</summary>
    public int? AddressOffset { get; set; }

    /// <summary>-Y: seconds after which clients say that they wait.</summary>
    public int? ElapsedAfter { get; set; }

    /// <summary>-y: for how many seconds they say so.</summary>
    public int? ElapsedFor { get; set; }

    /// <summary>-w.</summary>
    public string? Script { get; set; }

    /// <summary>-x.</summary>
    public string Diagnostics { get; set; } = "";

    /// <summary>--json.</summary>
    public bool Json { get; set; }

    /// <summary>--window: exchanges under way at a time when there is no rate.</summary>
    public int Window { get; set; } = 256;

    /// <summary>-v.</summary>
    public bool ShowsVersion { get; set; }

    public bool Shows(char diagnostic) => Diagnostics.Contains(diagnostic, StringComparison.Ordinal);

    /// <summary>The part that the simulated crowd needs.</summary>
    public LoadSettings Crowd(int seed, int clients) => new()
    {
        Clients = clients,
        IsInitialOnly = IsInitialOnly,
        FirstDropTime = Nanoseconds(DropTimes.Count > 0 ? DropTimes[0] : 1),
        SecondDropTime = Nanoseconds(DropTimes.Count > 1 ? DropTimes[1] : DropTimes.Count > 0 ? DropTimes[0] : 1),
        ChecksUniqueness = ChecksUniqueness,
        UsesFirstServer = UsesFirstServer,
        KeepsLeases = RenewRate > 0 || ReleaseRate > 0,
        ElapsedFrom = ElapsedAfter is { } after ? Nanoseconds(after) : null,
        ElapsedFor = Nanoseconds(ElapsedFor ?? 0),
        FirstBackoff = IsAvalanche ? Nanoseconds(IsV6 ? 1 : 4) : null,
        Seed = seed,
    };

    public static long Nanoseconds(double seconds) => (long)(seconds * LoadSettings.NanosecondsPerSecond);
}
