using Microsoft.Extensions.Logging;

namespace Leasehold.Serve;

/// <summary>What a server of one family says about itself: each family has ids of its own for the same events.</summary>
internal sealed record ServiceMessages
{
    /// <summary>Version.</summary>
    public required Action<ILogger, string> Starting { get; init; }

    /// <summary>Process, server port, client port.</summary>
    public required Action<ILogger, int, int, int> StartInfo { get; init; }

    /// <summary>Version.</summary>
    public required Action<ILogger, string> Started { get; init; }

    /// <summary>Cause.</summary>
    public required Action<ILogger, string> ShutdownRequest { get; init; }

    public required Action<ILogger> Shutdown { get; init; }

    /// <summary>Counters.</summary>
    public required Action<ILogger, string> Statistics { get; init; }

    /// <summary>Reason, exception.</summary>
    public required Action<ILogger, string, Exception?> ServerFailed { get; init; }

    /// <summary>Reason.</summary>
    public required Action<ILogger, string> InitFail { get; init; }

    /// <summary>File.</summary>
    public required Action<ILogger, string> ConfigStart { get; init; }

    /// <summary>Diagnostic.</summary>
    public required Action<ILogger, string> ConfigWarning { get; init; }

    /// <summary>Diagnostic.</summary>
    public required Action<ILogger, string> ConfigError { get; init; }

    /// <summary>File, reason.</summary>
    public required Action<ILogger, string, string> ConfigLoadFail { get; init; }

    /// <summary>File, cause.</summary>
    public required Action<ILogger, string, string> Reconfiguration { get; init; }

    /// <summary>File.</summary>
    public required Action<ILogger, string> ReconfigurationSuccess { get; init; }

    /// <summary>File, reason.</summary>
    public required Action<ILogger, string, string> ReconfigurationFail { get; init; }
}
