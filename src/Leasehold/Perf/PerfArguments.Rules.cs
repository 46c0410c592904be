namespace Leasehold.Perf;

// What does not go together.
internal static partial class PerfArguments
{
    private static string? Contradiction(PerfOptions o)
    {
        if (o.ShowsVersion) return null;
        return First(
            (o.Server is null && o.Local is null, "name the server, or an interface with -l"),
            // The families.
            (o.IsV6 && o.Broadcasts, "-B is for -4"),
            (o.IsV6 && o.IsDirect, "--direct is for -4; with -6 clients are on the link unless -A is given"),
            (!o.IsV6 && o.RapidCommit, "-c is for -6"),
            (!o.IsV6 && o.IsRelayed6, "-A is for -6; with -4 the load always comes through a relay, unless --direct is given"),
            (!o.IsV6 && o.WantsPrefix, "-e: prefixes are for -6"),
            (!o.IsV6 && !o.FirstDuid.IsEmpty, "-b duid= is for -6"),
            (!o.IsV6 && o.Server is "all" or "servers", "'all' and 'servers' are for -6"),
            // Direct clients.
            (o.IsDirect && o.Local is null, "--direct needs an interface: -l"),
            (o.IsDirect && o.Server is not null, "--direct broadcasts, so no server can be named"),
            (o.IsDirect && o.RelayFile is not null, "--direct and -J exclude each other"),
            (o.IsDirect && o.RenewRate > 0, "--direct and -f exclude each other: a renewing client is answered at its own address, which is not here"),
            // DISCOVER-OFFER only.
            (o.IsInitialOnly && o.Requests.Count > 1, "a second -n and -i exclude each other"),
            (o.IsInitialOnly && o.DropTimes.Count > 1, "a second -d and -i exclude each other"),
            (o.IsInitialOnly && o.MaxDrops.Count > 1, "a second -D and -i exclude each other"),
            (o.IsInitialOnly && o.TemplateFiles.Count > 1, "a second -T and -i exclude each other"),
            (o.IsInitialOnly && o.XidOffsets.Count > 1, "a second -X and -i exclude each other"),
            (o.IsInitialOnly && o.RandomOffsets.Count > 1, "a second -O and -i exclude each other"),
            (o.IsInitialOnly && o.UsesFirstServer, "-1 and -i exclude each other"),
            (o.IsInitialOnly && o.ElapsedOffset is not null, "-E and -i exclude each other"),
            (o.IsInitialOnly && o.ServerOffset is not null, "-S and -i exclude each other"),
            (o.IsInitialOnly && o.AddressOffset is not null, "-I and -i exclude each other"),
            (o.IsInitialOnly && o.ReleaseRate > 0, "-F and -i exclude each other"),
            (o.IsInitialOnly && o.RenewRate > 0, "-f and -i exclude each other"),
            // Rates.
            (o.Rate is null && o.RenewRate > 0, "-f needs -r"),
            (o.Rate is null && o.ReleaseRate > 0, "-F needs -r"),
            (o.Rate is { } rate && (long)o.RenewRate + o.ReleaseRate > rate, "-f and -F together are at most -r"),
            (o.IsAvalanche && (o.RenewRate > 0 || o.ReleaseRate > 0), "--scenario avalanche has no renewals and releases"),
            (o.Separator is not null && o.ReportEvery is null, "-C needs -t"),
            // Templates.
            (o.XidOffsets.Count > o.TemplateFiles.Count, "each -X needs a -T"),
            (o.RandomOffsets.Count > o.TemplateFiles.Count, "each -O needs a -T"),
            (o.TemplateFiles.Count < 2 && o.ElapsedOffset is not null, "-E needs a second -T"),
            (o.TemplateFiles.Count < 2 && o.ServerOffset is not null, "-S needs a second -T"),
            (o.TemplateFiles.Count < 2 && o.AddressOffset is not null, "-I needs a second -T"),
            (o.TemplateFiles.Count > 0 && o.IsRelayed6, "-T and -A exclude each other: a template is the whole message"),
            // Clients.
            (o.MacFile is not null && o.HasBase, "-M and -b exclude each other"),
            (o.RelayFile is not null && o.IsV6 && !o.IsRelayed6, "-J needs -A 1"),
            (o.ElapsedAfter is null != o.ElapsedFor is null, "-y and -Y need each other"));
    }

    private static string? First(params ReadOnlySpan<(bool IsWrong, string Sentence)> rules)
    {
        foreach ((bool isWrong, string sentence) in rules)
        {
            if (isWrong) return sentence;
        }

        return null;
    }
}
