using Leasehold.Protocol;

namespace Leasehold.Configuration.Model;

/// <summary>The values that may stand at several levels (global, network, subnet, pool, class); null means "not given here".</summary>
public sealed record Parameters4
{
    /// <summary>Nothing given.</summary>
    public static readonly Parameters4 None = new();

    /// <summary>What holds where no level gives a value.</summary>
    public static readonly Parameters4 Default = new()
    {
        ValidLifetime = new(7200),
        CalculateTeeTimes = false,
        T1Percent = 0.5,
        T2Percent = 0.875,
        Authoritative = false,
        MatchClientId = true,
        ReservationsGlobal = false,
        ReservationsInSubnet = true,
        ReservationsOutOfPool = false,
        Names = NameParameters4.Default,
    };

    /// <summary>valid-lifetime: given to a client that asks for none.</summary>
    public Lifetime? ValidLifetime { get; init; }

    /// <summary>min-valid-lifetime: the shortest a client may ask for. Null: valid-lifetime.</summary>
    public Lifetime? MinValidLifetime { get; init; }

    /// <summary>max-valid-lifetime: the longest a client may ask for. Null: valid-lifetime.</summary>
    public Lifetime? MaxValidLifetime { get; init; }

    /// <summary>renew-timer: T1 as configured, option 58.</summary>
    public Lifetime? RenewTimer { get; init; }

    /// <summary>rebind-timer: T2 as configured, option 59.</summary>
    public Lifetime? RebindTimer { get; init; }

    /// <summary>calculate-tee-times: T1 and T2 are parts of the lease time where no timer is configured.</summary>
    public bool? CalculateTeeTimes { get; init; }

    public double? T1Percent { get; init; }
    public double? T2Percent { get; init; }

    /// <summary>siaddr. 0.0.0.0 counts as given, and hides an outer level's.</summary>
    public Ipv4? NextServer { get; init; }

    /// <summary>sname, at most 63 octets.</summary>
    public string? ServerHostname { get; init; }

    /// <summary>file, at most 127 octets.</summary>
    public string? BootFileName { get; init; }

    /// <summary>authoritative: unknown clients that ask for a wrong address are told so (NAK).</summary>
    public bool? Authoritative { get; init; }

    /// <summary>match-client-id: false lets the hardware address alone identify a client.</summary>
    public bool? MatchClientId { get; init; }

    public bool? ReservationsGlobal { get; init; }
    public bool? ReservationsInSubnet { get; init; }
    public bool? ReservationsOutOfPool { get; init; }

    /// <summary>The rules for names and DNS.</summary>
    public NameParameters4 Names { get; init; } = NameParameters4.None;

    /// <summary>This level, and where it says nothing the outer one.</summary>
    public Parameters4 Over(Parameters4 outer) => new()
    {
        ValidLifetime = ValidLifetime ?? outer.ValidLifetime,
        MinValidLifetime = MinValidLifetime ?? outer.MinValidLifetime,
        MaxValidLifetime = MaxValidLifetime ?? outer.MaxValidLifetime,
        RenewTimer = RenewTimer ?? outer.RenewTimer,
        RebindTimer = RebindTimer ?? outer.RebindTimer,
        CalculateTeeTimes = CalculateTeeTimes ?? outer.CalculateTeeTimes,
        T1Percent = T1Percent ?? outer.T1Percent,
        T2Percent = T2Percent ?? outer.T2Percent,
        NextServer = NextServer ?? outer.NextServer,
        ServerHostname = ServerHostname ?? outer.ServerHostname,
        BootFileName = BootFileName ?? outer.BootFileName,
        Authoritative = Authoritative ?? outer.Authoritative,
        MatchClientId = MatchClientId ?? outer.MatchClientId,
        ReservationsGlobal = ReservationsGlobal ?? outer.ReservationsGlobal,
        ReservationsInSubnet = ReservationsInSubnet ?? outer.ReservationsInSubnet,
        ReservationsOutOfPool = ReservationsOutOfPool ?? outer.ReservationsOutOfPool,
        Names = Names.Over(outer.Names),
    };
}
