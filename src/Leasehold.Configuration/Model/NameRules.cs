using Leasehold.Protocol;

namespace Leasehold.Configuration.Model;

/// <summary>How clients' names are made and told to the DNS: the keys ddns-… and hostname-…; null means "not given here".</summary>
public sealed record NameRules
{
    /// <summary>Nothing given.</summary>
    public static readonly NameRules None = new();

    /// <summary>What holds where no level gives a value.</summary>
    public static readonly NameRules Default = new()
    {
        SendUpdates = true,
        OverrideClientUpdate = false,
        OverrideNoUpdate = false,
        ReplaceClientName = NameReplacement.Never,
        GeneratedPrefix = "myhost",
        QualifyingSuffix = "",
        UpdateOnRenew = false,
        ConflictResolution = NameConflictResolution.CheckWithDhcid,
        CharSet = "[^A-Za-z0-9.-]",
        CharReplacement = "",
    };

    /// <summary>ddns-send-updates: names are told to the DNS, where dhcp-ddns is enabled.</summary>
    public bool? SendUpdates { get; init; }

    /// <summary>ddns-override-client-update: the server updates although the client wants to.</summary>
    public bool? OverrideClientUpdate { get; init; }

    /// <summary>ddns-override-no-update: the server updates although the client wants nobody to.</summary>
    public bool? OverrideNoUpdate { get; init; }

    /// <summary>ddns-replace-client-name: when the server makes a name of its own.</summary>
    public NameReplacement? ReplaceClientName { get; init; }

    /// <summary>ddns-generated-prefix: what a made name begins with.</summary>
    public string? GeneratedPrefix { get; init; }

    /// <summary>ddns-qualifying-suffix: the domain that completes a relative name. Empty: none, and an outer level's is hidden.</summary>
    public string? QualifyingSuffix { get; init; }

    /// <summary>ddns-update-on-renew: updates are sent at every renewal, also when nothing changed.</summary>
    public bool? UpdateOnRenew { get; init; }

    /// <summary>ddns-conflict-resolution-mode, and the older ddns-use-conflict-resolution.</summary>
    public NameConflictResolution? ConflictResolution { get; init; }

    /// <summary>ddns-ttl: the records' time to live, whatever the lease's is.</summary>
    public Lifetime? Ttl { get; init; }

    /// <summary>ddns-ttl-percent: the records' time to live as a part of the lease's.</summary>
    public double? TtlPercent { get; init; }

    public Lifetime? TtlMin { get; init; }
    public Lifetime? TtlMax { get; init; }

    /// <summary>hostname-char-set: a regular expression for the characters that are replaced in names. Empty: none are.</summary>
    public string? CharSet { get; init; }

    /// <summary>hostname-char-replacement: what takes their place. Empty: they are left out.</summary>
    public string? CharReplacement { get; init; }

    /// <summary>This level, and where it says nothing the outer one.</summary>
    public NameRules Over(NameRules outer) => new()
    {
        SendUpdates = SendUpdates ?? outer.SendUpdates,
        OverrideClientUpdate = OverrideClientUpdate ?? outer.OverrideClientUpdate,
        OverrideNoUpdate = OverrideNoUpdate ?? outer.OverrideNoUpdate,
        ReplaceClientName = ReplaceClientName ?? outer.ReplaceClientName,
        GeneratedPrefix = GeneratedPrefix ?? outer.GeneratedPrefix,
        QualifyingSuffix = QualifyingSuffix ?? outer.QualifyingSuffix,
        UpdateOnRenew = UpdateOnRenew ?? outer.UpdateOnRenew,
        ConflictResolution = ConflictResolution ?? outer.ConflictResolution,
        Ttl = Ttl ?? outer.Ttl,
        TtlPercent = TtlPercent ?? outer.TtlPercent,
        TtlMin = TtlMin ?? outer.TtlMin,
        TtlMax = TtlMax ?? outer.TtlMax,
        CharSet = CharSet ?? outer.CharSet,
        CharReplacement = CharReplacement ?? outer.CharReplacement,
    };
}

/// <summary>When the server makes a name in place of the client's.</summary>
public enum NameReplacement
{
    Never,
    Always,

    /// <summary>Where the client sent a name.</summary>
    WhenPresent,

    /// <summary>Where the client sent none.</summary>
    WhenNotPresent,
}

/// <summary>What happens when the DNS has a name already (RFC 4703).</summary>
public enum NameConflictResolution
{
    CheckWithDhcid,
    NoCheckWithDhcid,
    CheckExistsWithDhcid,
    NoCheckWithoutDhcid,
}
