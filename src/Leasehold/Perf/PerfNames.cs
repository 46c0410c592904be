using Leasehold.Engine.Load;

namespace Leasehold.Perf;

/// <summary>What reports call things; those of perfdhcp, so that scripts find them.</summary>
internal static class PerfNames
{
    private static readonly string[] Stages4 = ["DISCOVER-OFFER", "REQUEST-ACK", "REQUEST-ACK (renewal)", "RELEASE"];
    private static readonly string[] Stages6 = ["SOLICIT-ADVERTISE", "REQUEST-REPLY", "RENEW-REPLY", "RELEASE-REPLY"];

    public static string Of(LoadStage stage, bool isV6) => (isV6 ? Stages6 : Stages4)[(int)stage];

    /// <summary>A violation as a sentence.</summary>
    public static string Of(LoadViolation violation) => violation switch
    {
        LoadViolation.AddressGivenTwice => "an address was given to two clients at once",
        LoadViolation.PrefixGivenTwice => "a prefix was given to two clients at once",
        LoadViolation.ContradictsOffer => "an acknowledgement contradicts its offer or its lease",
        LoadViolation.OtherServer => "an acknowledgement names another server than its offer",
        LoadViolation.OtherClient => "an answer names another client",
        LoadViolation.NoServerIdentifier => "an answer has no server identifier",
        _ => violation.ToString(),
    };

    public static string Of(PerfEnd end) => end switch
    {
        PerfEnd.Interrupted => "interrupted",
        PerfEnd.RequestsSent => "reached max requests limit",
        PerfEnd.PeriodOver => "reached test-period",
        PerfEnd.TooManyDrops => "reached maximum number of drops",
        PerfEnd.AllServed => "all clients were served",
        _ => end.ToString(),
    };

    /// <summary>The kinds of exchange that a run with these options has.</summary>
    public static IEnumerable<LoadStage> StagesOf(PerfOptions options)
    {
        yield return LoadStage.First;
        if (!options.IsInitialOnly) yield return LoadStage.Second;
        if (options.RenewRate > 0) yield return LoadStage.Renewal;
        if (options.ReleaseRate > 0) yield return LoadStage.Release;
    }
}
