using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Kea;

/// <summary>The keys of names and DNS, ddns-… and hostname-…: kept where they ask for nothing, and not supported otherwise.</summary>
internal static class NameRows
{
    private const string NoDns = "DNS updates are not built in yet";

    /// <summary>The rows.</summary>
    public static readonly KeyTable<NameRules> Rows = Build();

    private static KeyTable<NameRules> Build()
    {
        var rows = new KeyTable<NameRules>("the rules for names");

        // Without "enable-updates" in dhcp-ddns nothing is sent, so the default of sending asks for nothing either.
        rows.AddUnsupported("ddns-send-updates", NoDns, Nothing.Boolean, keep: static (n, v, r) => n with { SendUpdates = r.Boolean(v) });
        rows.AddUnsupported("ddns-override-client-update", NoDns, Nothing.False, keep: static (n, v, r) => n with { OverrideClientUpdate = r.Boolean(v) });
        rows.AddUnsupported("ddns-override-no-update", NoDns, Nothing.False, keep: static (n, v, r) => n with { OverrideNoUpdate = r.Boolean(v) });
        rows.AddUnsupported(
            "ddns-replace-client-name",
            "names are not generated yet",
            Nothing.Text("never"),
            keep: static (n, v, r) => n with { ReplaceClientName = Replacement(v, r) });
        rows.AddUnsupported(
            "ddns-generated-prefix",
            "names are not generated yet",
            Nothing.Text("myhost"),
            keep: static (n, v, r) => n with { GeneratedPrefix = r.TextOrNothing(v) });
        rows.AddUnsupported("ddns-qualifying-suffix", "names are not completed yet", keep: static (n, v, r) => n with { QualifyingSuffix = r.Text(v) });
        rows.AddUnsupported("ddns-update-on-renew", NoDns, Nothing.False, keep: static (n, v, r) => n with { UpdateOnRenew = r.Boolean(v) });
        rows.AddUnsupported("ddns-use-conflict-resolution", NoDns, Nothing.True, keep: static (n, v, r) => n with { ConflictResolution = UseConflictResolution(v, r) });
        rows.AddUnsupported(
            "ddns-conflict-resolution-mode",
            NoDns,
            Nothing.Text("check-with-dhcid"),
            keep: static (n, v, r) => n with { ConflictResolution = ConflictResolution(v, r) });
        rows.AddUnsupported("ddns-ttl", NoDns, Nothing.Zero, keep: static (n, v, r) => n with { Ttl = SecondsOrNothing(v, r) });
        rows.AddUnsupported("ddns-ttl-percent", NoDns, Nothing.Zero, keep: static (n, v, r) => n with { TtlPercent = r.PartOrAll(v) is > 0 and var part ? part : null });
        rows.AddUnsupported("ddns-ttl-min", NoDns, Nothing.Zero, keep: static (n, v, r) => n with { TtlMin = SecondsOrNothing(v, r) });
        rows.AddUnsupported("ddns-ttl-max", NoDns, Nothing.Zero, keep: static (n, v, r) => n with { TtlMax = SecondsOrNothing(v, r) });
        rows.AddUnsupported(
            "hostname-char-set",
            "names are not cleaned yet",
            Nothing.Text("[^A-Za-z0-9.-]"),
            keep: static (n, v, r) => n with { CharSet = r.Text(v) });
        rows.AddUnsupported("hostname-char-replacement", "names are not cleaned yet", keep: static (n, v, r) => n with { CharReplacement = r.Text(v) });
        return rows;
    }

    private static Lifetime? SecondsOrNothing(ConfigNode value, Reading reading) => reading.Seconds(value) is { Seconds: > 0 } seconds ? seconds : null;

    private static NameReplacement? Replacement(ConfigNode value, Reading reading) =>
        reading.OneOf(
            value,
            ("", NameReplacement.Never),
            ("never", NameReplacement.Never),
            ("always", NameReplacement.Always),
            ("when-present", NameReplacement.WhenPresent),
            ("when-not-present", NameReplacement.WhenNotPresent));

    private static NameConflictResolution? ConflictResolution(ConfigNode value, Reading reading) =>
        reading.OneOf(
            value,
            ("", NameConflictResolution.CheckWithDhcid),
            ("check-with-dhcid", NameConflictResolution.CheckWithDhcid),
            ("no-check-with-dhcid", NameConflictResolution.NoCheckWithDhcid),
            ("check-exists-with-dhcid", NameConflictResolution.CheckExistsWithDhcid),
            ("no-check-without-dhcid", NameConflictResolution.NoCheckWithoutDhcid));

    private static NameConflictResolution? UseConflictResolution(ConfigNode value, Reading reading) => reading.Boolean(value) switch
    {
        true => NameConflictResolution.CheckWithDhcid,
        false => NameConflictResolution.NoCheckWithDhcid,
        null => null,
    };
}
