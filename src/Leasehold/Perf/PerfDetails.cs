using System.Globalization;
using Leasehold.Engine.Load;
using Leasehold.Protocol;

namespace Leasehold.Perf;

/// <summary>What -x asks for beside the report.</summary>
internal sealed class PerfDetails(PerfOptions options)
{
    private readonly List<(LoadStage Stage, long Sent, long Received, LoadLease Lease)> answers = [];

    /// <summary>Settings that keep each answer, when timers or leases are to be shown.</summary>
    public LoadSettings Observe(LoadSettings settings) =>
        options.Shows('t') || options.Shows('l')
            ? settings with { OnAnswer = (stage, sent, received, lease) => answers.Add((stage, sent, received, lease)) } : settings;

    /// <summary>-x a: what the command line was understood as.</summary>
    public void WriteArguments(TextWriter output, int seed, PerfEndpoint endpoint)
    {
        output.WriteLine(options.IsV6 ? "IPv6" : "IPv4");
        if (options.IsInitialOnly) output.WriteLine($"{PerfNames.Of(LoadStage.First, options.IsV6)} only");
        output.WriteLine(options.Rate is { } rate ? $"rate[1/s]={rate}" : $"window={options.Window}");
        if (options.RenewRate > 0) output.WriteLine($"renew-rate[1/s]={options.RenewRate}");
        if (options.ReleaseRate > 0) output.WriteLine($"release-rate[1/s]={options.ReleaseRate}");
        output.WriteLine($"clients={endpoint.Clients}");
        for (int i = 0; i < options.Requests.Count; i++) output.WriteLine($"num-request[{i}]={options.Requests[i]}");
        if (options.Period is { } period) output.WriteLine($"test-period={period}");
        for (int i = 0; i < options.DropTimes.Count; i++) output.WriteLine($"drop-time[{i}]={options.DropTimes[i]}");
        output.WriteLine($"seed={seed}");
        output.WriteLine($"server={options.Server ?? "all"}");
    }

    /// <summary>Everything that is known after the run.</summary>
    public void Write(TextWriter output, PerfRun run, PerfEndpoint endpoint)
    {
        if (options.Shows('i'))
        {
            double each = run.Work.Received / (double)Math.Max(1, run.Work.Turns);
            output.WriteLine($"turns: {run.Work.Turns}, datagrams a turn: {each:0.0}, lost by the socket: {endpoint.Socket.KernelDrops}, garbage collections: {GC.CollectionCount(0)}");
        }

        if (options.Shows('s') && run.Crowd.Servers > 0) output.WriteLine($"Server id: {HexText.Format(run.Crowd.ServerIdentifier(0), ':')}");
        if (options.Shows('t')) WriteTimers(output);
        if (options.Shows('T') && endpoint.Dialogue is Dialogue4 words)
        {
            WriteOctets(output, "DISCOVER", words.Patterns.First.Span);
            if (!options.IsInitialOnly) WriteOctets(output, "REQUEST", words.Patterns.Second.Span);
        }

        if (options.Shows('l')) WriteLeases(output);
    }

    private void WriteTimers(TextWriter output)
    {
        foreach (LoadStage stage in PerfNames.StagesOf(options))
        {
            output.WriteLine($"***Timestamps for packets: {PerfNames.Of(stage, options.IsV6)}***");
            foreach ((LoadStage _, long sent, long received, LoadLease _) in answers.Where(a => a.Stage == stage))
                output.WriteLine($"sent / received: {Seconds(sent)} / {Seconds(received)}");
            output.WriteLine();
        }
    }

    private void WriteLeases(TextWriter output)
    {
        foreach (LoadStage stage in PerfNames.StagesOf(options))
        {
            output.WriteLine($"***Leases for {PerfNames.Of(stage, options.IsV6)}***");
            output.WriteLine("client,address,prefix");
            foreach ((LoadStage _, long _, long _, LoadLease lease) in answers.Where(a => a.Stage == stage))
            {
                string address = lease.Address is not { } number ? "" : options.IsV6 ? new Ipv6(number).ToString() : new Ipv4((uint)number).ToString();
                output.WriteLine($"{lease.Client},{address},{(lease.Prefix is { } prefix ? $"{new Ipv6(prefix)}/{lease.PrefixLength}" : "")}");
            }

            output.WriteLine();
        }
    }

    private static void WriteOctets(TextWriter output, string name, ReadOnlySpan<byte> octets)
    {
        output.WriteLine($"***Template for {name}***");
        for (int at = 0; at < octets.Length; at += 16)
            output.WriteLine($"{at:x4}   {Convert.ToHexStringLower(octets.Slice(at, Math.Min(16, octets.Length - at)))}");
        output.WriteLine();
    }

    private static string Seconds(long nanoseconds) => (nanoseconds / 1e9).ToString("000000.000000", CultureInfo.InvariantCulture);
}
