using System.Text.Json;
using Leasehold.Engine.Load;

namespace Leasehold.Perf;

/// <summary>What a run found: for people in perfdhcp's words and order with ours behind, and as JSON.</summary>
internal sealed class PerfReport(PerfOptions options, LoadCounters counters, TimeSpan elapsed, PerfEnd end)
{
    private const double NanosecondsPerMillisecond = 1e6;

    private static readonly (string Name, double Part)[] Percentiles = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999)];

    /// <summary>Completed exchanges a second.</summary>
    public double Rate => elapsed > TimeSpan.Zero ? counters.Completed / elapsed.TotalSeconds : 0;

    /// <summary>0 all is well; 3 an exchange was not completed; 4 the server did what it must not do.</summary>
    public int ExitStatus =>
        counters.ViolationsInAll > 0 ? PerfStatus.Violated
        : PerfNames.StagesOf(options).Any(stage => counters[stage].Drops > 0 || counters[stage].Rejected > 0 || (options.ChecksUniqueness && counters[stage].NonUnique > 0))
            ? PerfStatus.Incomplete : Leasehold.ExitStatus.Done;

    public void WriteText(TextWriter output)
    {
        string kind = options.IsInitialOnly ? PerfNames.Of(LoadStage.First, options.IsV6) : "4-way exchanges";
        string expected = options.Rate is { } rate ? $", expected rate: {rate}" : "";
        output.WriteLine("***Rate statistics***");
        output.WriteLine($"Rate: {Rate:0.###} {kind}/second{expected}");
        output.WriteLine();
        output.WriteLine("***Malformed Packets***");
        output.WriteLine($"Malformed packets: {counters.Malformed}");
        foreach (LoadStage stage in PerfNames.StagesOf(options)) WriteStage(output, stage);
        if (options.IsAvalanche)
        {
            output.WriteLine("***Avalanche***");
            output.WriteLine($"It took {elapsed.TotalSeconds:0.000} s to serve {counters.Completed} clients.");
            output.WriteLine($"messages sent again: {counters[LoadStage.First].Retransmitted}/{counters[LoadStage.Second].Retransmitted}");
            output.WriteLine();
        }

        output.WriteLine("***Semantics***");
        output.WriteLine($"completed exchanges: {counters.Completed}");
        output.WriteLine($"not sent by this machine: {counters.LocalLimit}");
        output.WriteLine($"violations: {counters.ViolationsInAll}");
        foreach (LoadViolation violation in Enum.GetValues<LoadViolation>())
        {
            if (counters.Of(violation) is > 0 and { } count) output.WriteLine($"  {count} times: {PerfNames.Of(violation)}");
        }
    }

    public void WriteJson(Stream output)
    {
        using Utf8JsonWriter json = new(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("family", options.IsV6 ? "dhcpv6" : "dhcpv4");
        json.WriteString("server", options.Server ?? "all");
        json.WriteString("end", PerfNames.Of(end));
        json.WriteNumber("exit-status", ExitStatus);
        json.WriteNumber("seconds", Math.Round(elapsed.TotalSeconds, 6));
        json.WriteNumber("completed", counters.Completed);
        json.WriteNumber("rate", Math.Round(Rate, 3));
        if (options.Rate is { } rate) json.WriteNumber("expected-rate", rate);
        json.WriteNumber("clients", options.Clients);
        json.WriteNumber("malformed", counters.Malformed);
        json.WriteNumber("local-limit", counters.LocalLimit);
        json.WriteStartArray("exchanges");
        foreach (LoadStage stage in PerfNames.StagesOf(options)) WriteStage(json, stage);
        json.WriteEndArray();
        json.WriteStartObject("violations");
        foreach (LoadViolation violation in Enum.GetValues<LoadViolation>())
            json.WriteNumber(JsonNamingPolicy.KebabCaseLower.ConvertName(violation.ToString()), counters.Of(violation));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteStage(TextWriter output, LoadStage stage)
    {
        StageCounters counted = counters[stage];
        LatencyHistogram delays = counted.Delays;
        double ratio = counted.Sent == 0 ? 0 : 100.0 * counted.Drops / counted.Sent;
        output.WriteLine($"***Statistics for: {PerfNames.Of(stage, options.IsV6)}***");
        output.WriteLine($"sent packets: {counted.Sent}");
        output.WriteLine($"received packets: {counted.Received}");
        output.WriteLine($"drops: {counted.Drops}");
        output.WriteLine($"drops ratio: {ratio:0.000} %");
        output.WriteLine($"orphans: {counted.Orphans}");
        output.WriteLine($"rejected leases: {counted.Rejected}");
        output.WriteLine($"non unique addresses: {counted.NonUnique}");
        output.WriteLine();
        output.WriteLine($"min delay: {Milliseconds(delays.Min)}");
        output.WriteLine($"avg delay: {Milliseconds(delays.Mean)}");
        output.WriteLine($"max delay: {Milliseconds(delays.Max)}");
        output.WriteLine($"std deviation: {Milliseconds(delays.Deviation)}");
        foreach ((string name, double part) in Percentiles) output.WriteLine($"{name} delay: {Milliseconds(delays.Percentile(part))}");
        output.WriteLine();
    }

    private void WriteStage(Utf8JsonWriter json, LoadStage stage)
    {
        StageCounters counted = counters[stage];
        json.WriteStartObject();
        json.WriteString("name", PerfNames.Of(stage, options.IsV6));
        json.WriteNumber("sent", counted.Sent);
        json.WriteNumber("received", counted.Received);
        json.WriteNumber("drops", counted.Drops);
        json.WriteNumber("orphans", counted.Orphans);
        json.WriteNumber("rejected", counted.Rejected);
        json.WriteNumber("non-unique", counted.NonUnique);
        json.WriteNumber("retransmitted", counted.Retransmitted);
        json.WriteStartObject("delay-ms");
        WriteNumber(json, "min", counted.Delays.Min);
        WriteNumber(json, "avg", counted.Delays.Mean);
        WriteNumber(json, "max", counted.Delays.Max);
        WriteNumber(json, "std-deviation", counted.Delays.Deviation);
        foreach ((string name, double part) in Percentiles) WriteNumber(json, name, counted.Delays.Percentile(part));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? nanoseconds)
    {
        if (nanoseconds is { } value) json.WriteNumber(name, Math.Round(value / NanosecondsPerMillisecond, 6));
        else json.WriteNull(name);
    }

    private static string Milliseconds(double? nanoseconds) => nanoseconds is { } value ? $"{value / NanosecondsPerMillisecond:0.000} ms" : "n/a";
}

/// <summary>What <c>leasehold perf</c> says at its end beside <see cref="ExitStatus"/>; 0 to 3 are perfdhcp's.</summary>
internal static class PerfStatus
{
    /// <summary>An exchange was not completed.</summary>
    public const int Incomplete = 3;

    /// <summary>The server did what it must not do.</summary>
    public const int Violated = 4;
}
