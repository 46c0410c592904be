using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>The parameters of the ping-check feature: those of its library, and those in the user context of a network or subnet.</summary>
/// <remarks>A user context belongs to whoever wrote it: it is read only where the feature's library is named.</remarks>
internal static class PingCheckReader
{
    /// <summary>The library of the feature.</summary>
    public const string Library = "libdhcp_ping_check.so";

    /// <summary>The map in a user context; the parameters may stand there without it as well.</summary>
    private const string InContext = "ping-check";

    /// <summary>The parameters.</summary>
    public static readonly KeyTable<ProbeParameters> Keys = Build();

    /// <summary>What a map's user context says; nothing given where it says nothing.</summary>
    public static ProbeParameters Of(ConfigMap map, Reading reading)
    {
        if (!reading.Names(Library) || map.Find("user-context") is not ConfigMap context) return ProbeParameters.None;
        if (context.Find(InContext) is { } inner) return reading.Map(inner) is { } given ? Keys.Read(ProbeParameters.None, given, reading) : ProbeParameters.None;
        ConfigMap known = context with { Members = [.. context.Members.Where(member => Keys.Any(row => row.Key == member.Key))] };
        return Keys.Read(ProbeParameters.None, known, reading);
    }

    private static KeyTable<ProbeParameters> Build()
    {
        KeyTable<ProbeParameters> keys = new("the parameters of " + Library)
        {
            { "enable-ping-check", "An address is asked for before it is offered. Default true.", static (p, v, r) => p with { Enabled = r.Boolean(v) } },
            {
                "min-ping-requests", "Questions that must stay without an answer. Default 1.",
                static (p, v, r) => p with { MinRequests = r.UInt32(v, 1, ushort.MaxValue) }
            },
            {
                "reply-timeout", "Milliseconds that each is waited for. Default 100.",
                static (p, v, r) => p with { ReplyTimeout = r.UInt32(v, 1, 60000) }
            },
            {
                "ping-cltt-secs", "Seconds after a client's last word in which it gets its former address without a question. Default 60.",
                static (p, v, r) => p with { Cooldown = r.UInt32(v) }
            },
        };
        keys.AddWithoutEffect("ping-channel-threads", "one thread asks and serves", Nothing.Zero);
        return keys;
    }
}
