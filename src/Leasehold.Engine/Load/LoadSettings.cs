namespace Leasehold.Engine.Load;

/// <summary>What a load is like, the same for both families. Times are nanoseconds.</summary>
public sealed record LoadSettings
{
    public const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>How many clients take part; they come in turn.</summary>
    public int Clients { get; init; } = 1;

    /// <summary>True when an exchange ends with the offer.</summary>
    public bool IsInitialOnly { get; init; }

    /// <summary>How long the first message's answer is waited for.</summary>
    public long FirstDropTime { get; init; } = NanosecondsPerSecond;

    /// <summary>How long all other answers are waited for.</summary>
    public long SecondDropTime { get; init; } = NanosecondsPerSecond;

    /// <summary>True when an offer of an address that another client holds is an error too.</summary>
    public bool ChecksUniqueness { get; init; }

    /// <summary>True when all messages name the server that answered first.</summary>
    public bool UsesFirstServer { get; init; }

    /// <summary>True when leases are remembered, to be renewed and released.</summary>
    public bool KeepsLeases { get; init; }

    /// <summary>When clients begin to say that they wait longer and longer; null for never.</summary>
    public long? ElapsedFrom { get; init; }

    /// <summary>For how long they say so.</summary>
    public long ElapsedFor { get; init; }

    /// <summary>Set when nobody gives up: the wait before a message is sent again the first time; it doubles.</summary>
    /// <remarks>RFC 2131 §4.1: 4 s; RFC 8415 §7.6: 1 s.</remarks>
    public long? FirstBackoff { get; init; }

    /// <summary>Random numbers and transaction numbers follow from it.</summary>
    public int Seed { get; init; }

    /// <summary>Set to be told of each answer: its kind, when it was asked for, when it came, and the lease.</summary>
    /// <remarks>For diagnostics of short runs; it costs what it does.</remarks>
    public Action<LoadStage, long, long, LoadLease>? OnAnswer { get; init; }
}
