namespace Leasehold.Configuration.Model;

/// <summary>Whether somebody is asked for an address before it is offered, and how: the ping-check feature. Null means "not given here".</summary>
public sealed record ProbeParameters
{
    /// <summary>Nothing given.</summary>
    public static readonly ProbeParameters None = new();

    /// <summary>What holds where the feature's library is named and no level gives a value.</summary>
    public static readonly ProbeParameters Default = new() { Enabled = true, MinRequests = 1, ReplyTimeout = 100, Cooldown = 60 };

    /// <summary>enable-ping-check.</summary>
    public bool? Enabled { get; init; }

    /// <summary>min-ping-requests: questions that must stay without an answer, 1 or more.</summary>
    public uint? MinRequests { get; init; }

    /// <summary>reply-timeout: milliseconds that each question is waited for, 1 or more.</summary>
    public uint? ReplyTimeout { get; init; }

    /// <summary>ping-cltt-secs: for so many seconds after its client's last word an address needs no question when the client comes back.</summary>
    public uint? Cooldown { get; init; }

    /// <summary>This level, and where it says nothing the outer one.</summary>
    public ProbeParameters Over(ProbeParameters outer) => new()
    {
        Enabled = Enabled ?? outer.Enabled,
        MinRequests = MinRequests ?? outer.MinRequests,
        ReplyTimeout = ReplyTimeout ?? outer.ReplyTimeout,
        Cooldown = Cooldown ?? outer.Cooldown,
    };
}
