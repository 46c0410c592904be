namespace Leasehold.Configuration.Model;

/// <summary>How clients get their names, and what they are told about DNS updates; null means "not given here".</summary>
public sealed record NameParameters
{
    /// <summary>Nothing given.</summary>
    public static readonly NameParameters None = new();

    /// <summary>What holds where no level gives a value.</summary>
    public static readonly NameParameters Default = new()
    {
        SendUpdates = true,
        OverrideNoUpdate = false,
        OverrideClientUpdate = false,
        ReplaceClientName = Model.ReplaceClientName.Never,
        GeneratedPrefix = "myhost",
        QualifyingSuffix = "",
        CharSet = HostnameCharSet.Default,
        CharReplacement = "",
    };

    /// <summary>ddns-send-updates: where dhcp-ddns turns updates on, they are sent for clients here.</summary>
    public bool? SendUpdates { get; init; }

    /// <summary>ddns-override-no-update: updates also for a client that wants none (N, RFC 4702 §2.1).</summary>
    public bool? OverrideNoUpdate { get; init; }

    /// <summary>ddns-override-client-update: the server updates the A record also for a client that would do so itself.</summary>
    public bool? OverrideClientUpdate { get; init; }

    public ReplaceClientName? ReplaceClientName { get; init; }

    /// <summary>ddns-generated-prefix: what a generated name begins with; a hyphen and the address follow. Empty: the address alone.</summary>
    public string? GeneratedPrefix { get; init; }

    /// <summary>ddns-qualifying-suffix: the domain of names without one. Empty: names stay as they are.</summary>
    public string? QualifyingSuffix { get; init; }

    /// <summary>hostname-char-set: what is taken out of names that clients send.</summary>
    public HostnameCharSet? CharSet { get; init; }

    /// <summary>hostname-char-replacement: what is put in for it, ASCII. Empty: nothing.</summary>
    public string? CharReplacement { get; init; }

    /// <summary>This level, and where it says nothing the outer one.</summary>
    public NameParameters Over(NameParameters outer) => new()
    {
        SendUpdates = SendUpdates ?? outer.SendUpdates,
        OverrideNoUpdate = OverrideNoUpdate ?? outer.OverrideNoUpdate,
        OverrideClientUpdate = OverrideClientUpdate ?? outer.OverrideClientUpdate,
        ReplaceClientName = ReplaceClientName ?? outer.ReplaceClientName,
        GeneratedPrefix = GeneratedPrefix ?? outer.GeneratedPrefix,
        QualifyingSuffix = QualifyingSuffix ?? outer.QualifyingSuffix,
        CharSet = CharSet ?? outer.CharSet,
        CharReplacement = CharReplacement ?? outer.CharReplacement,
    };
}

/// <summary>Whose names are replaced by a generated one.</summary>
public enum ReplaceClientName
{
    /// <summary>Nobody's. A client that leaves its name open in option 81 gets one all the same.</summary>
    Never,

    /// <summary>Everybody's, and clients without a name get one.</summary>
    Always,

    /// <summary>The names that clients send.</summary>
    WhenPresent,

    /// <summary>Clients that send no name get one.</summary>
    WhenNotPresent,
}
