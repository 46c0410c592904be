using System.Collections.Immutable;
using System.Globalization;
using Leasehold.Protocol;

namespace Leasehold.Perf;

/// <summary>Reads the command line of <c>leasehold perf</c>: the switches of perfdhcp, written as it takes them (-r100, -r 100, -xei), and ours.</summary>
internal static partial class PerfArguments
{
    /// <summary>What perfdhcp and this program agree on, and what each switch does to the options. An error is a sentence.</summary>
    private static readonly Dictionary<string, Switch> Switches = new(StringComparer.Ordinal)
    {
        ["4"] = Flag(static o => o.Family6 == true ? "-4 and -6 exclude each other" : Done(o.Family6 = false)),
        ["6"] = Flag(static o => o.Family6 == false ? "-4 and -6 exclude each other" : Done(o.Family6 = true)),
        ["1"] = Flag(static o => Done(o.UsesFirstServer = true)),
        ["B"] = Flag(static o => Done(o.Broadcasts = true)),
        ["c"] = Flag(static o => Done(o.RapidCommit = true)),
        ["i"] = Flag(static o => Done(o.IsInitialOnly = true)),
        ["u"] = Flag(static o => Done(o.ChecksUniqueness = true)),
        ["v"] = Flag(static o => Done(o.ShowsVersion = true)),
        ["A"] = Value(static (o, text) => text == "1" ? Done(o.IsRelayed6 = true) : "-A: only 1 relay agent is simulated"),
        // Older versions tuned their pacing with it; ours is even without.
        ["a"] = Value(static (_, text) => Positive("-a", text, out int _)),
        ["b"] = Value(SetIdentifier),
        ["C"] = Value(static (o, text) => Done(o.Separator = text)),
        ["d"] = Value(static (o, text) => Seconds("-d", text, out double time) ?? (time > LongestWait ? $"-d: at most {LongestWait} s" : Added(o.DropTimes, time, 2, "-d"))),
        ["D"] = Value(SetMaxDrop),
        ["e"] = Value(SetLeaseType),
        ["E"] = Value(static (o, text) => Natural("-E", text, out int at) ?? Done(o.ElapsedOffset = at)),
        ["f"] = Value(static (o, text) => Positive("-f", text, out int rate) ?? Done(o.RenewRate = rate)),
        ["F"] = Value(static (o, text) => Positive("-F", text, out int rate) ?? Done(o.ReleaseRate = rate)),
        // Threads do not change what is measured here: one thread sends and receives.
        ["g"] = Value(static (_, text) => text is "single" or "multi" ? null : "-g: single or multi"),
        ["I"] = Value(static (o, text) => Positive("-I", text, out int at) ?? Done(o.AddressOffset = at)),
        ["J"] = Value(static (o, text) => Done(o.RelayFile = text)),
        ["l"] = Value(static (o, text) => Done(o.Local = text)),
        ["L"] = Value(static (o, text) => Port("-L", text, out ushort port) ?? Done(o.LocalPort = port)),
        ["M"] = Value(static (o, text) => Done(o.MacFile = text)),
        ["n"] = Value(static (o, text) => Positive("-n", text, out int count) ?? Added(o.Requests, count, 2, "-n")),
        ["N"] = Value(static (o, text) => Port("-N", text, out ushort port) ?? Done(o.RemotePort = port)),
        ["o"] = Value(AddOption),
        ["O"] = Value(static (o, text) => Natural("-O", text, out int at) ?? (at < 3 ? "-O: an offset of at least 3" : Added(o.RandomOffsets, at, 2, "-O"))),
        ["p"] = Value(static (o, text) => Seconds("-p", text, out double period) ?? Done(o.Period = period)),
        ["P"] = Value(static (o, text) => Natural("-P", text, out int count) ?? Done(o.Preload = count)),
        ["r"] = Value(static (o, text) => Positive("-r", text, out int rate) ?? Done(o.Rate = rate)),
        ["R"] = Value(static (o, text) => Positive("-R", text, out int clients) ?? Done(o.Clients = clients)),
        ["s"] = Value(static (o, text) => Natural("-s", text, out int seed) ?? Done(o.Seed = seed)),
        ["S"] = Value(static (o, text) => Positive("-S", text, out int at) ?? Done(o.ServerOffset = at)),
        ["t"] = Value(static (o, text) => Positive("-t", text, out int every) ?? Done(o.ReportEvery = every)),
        ["T"] = Value(static (o, text) => Added(o.TemplateFiles, text, 2, "-T")),
        ["w"] = Value(static (o, text) => Done(o.Script = text)),
        ["W"] = Value(static (o, text) => Natural("-W", text, out int wait) ?? Done(o.ExitWait = wait)),
        ["x"] = Value(static (o, text) => text.All(static c => "aeilstT".Contains(c, StringComparison.Ordinal)) ? Done(o.Diagnostics += text) : "-x: letters of aeilstT"),
        ["X"] = Value(static (o, text) => Natural("-X", text, out int at) ?? Added(o.XidOffsets, at, 2, "-X")),
        ["y"] = Value(static (o, text) => Positive("-y", text, out int time) ?? Done(o.ElapsedFor = time)),
        ["Y"] = Value(static (o, text) => Natural("-Y", text, out int time) ?? Done(o.ElapsedAfter = time)),
        ["direct"] = Flag(static o => Done(o.IsDirect = true)),
        ["json"] = Flag(static o => Done(o.Json = true)),
        ["scenario"] = Value(static (o, text) => text is "basic" or "avalanche" ? Done(o.IsAvalanche = text == "avalanche") : "--scenario: basic or avalanche"),
        ["window"] = Value(static (o, text) => Positive("--window", text, out int window) ?? Done(o.Window = window)),
    };

    /// <summary>The timers' reach.</summary>
    internal const int LongestWait = 130;

    /// <summary>Option values together, so that a message stays within one datagram with all else.</summary>
    private const int MostOptionOctets = 1000;

    /// <summary>Reads the arguments behind <c>perf</c>.</summary>
    /// <param name="error">What is wrong, as a sentence; null when the result is true.</param>
    public static bool TryParse(IReadOnlyList<string> arguments, out PerfOptions options, out string? error)
    {
        options = new PerfOptions();
        error = null;
        for (int i = 0; i < arguments.Count && error is null; i++)
        {
            string word = arguments[i];
            if (word.StartsWith("--", StringComparison.Ordinal)) error = ReadLong(word[2..], arguments, ref i, options);
            else if (word.Length > 1 && word[0] == '-') error = ReadShort(word, arguments, ref i, options);
            else if (options.Server is null) options.Server = word;
            else error = $"one server can be named, and '{options.Server}' was before '{word}'";
        }

        error ??= Contradiction(options);
        return error is null;
    }

    private static string? ReadLong(string word, IReadOnlyList<string> arguments, ref int i, PerfOptions options)
    {
        string[] parts = word.Split('=', 2);
        if (parts[0].Length < 2 || !Switches.TryGetValue(parts[0], out Switch found)) return $"there is no --{parts[0]}";
        if (!found.TakesValue) return parts.Length == 1 ? found.Apply(options, "") : $"--{parts[0]} takes no value";
        if (parts.Length == 2) return found.Apply(options, parts[1]);
        return ++i < arguments.Count ? found.Apply(options, arguments[i]) : $"--{parts[0]} needs a value";
    }

    /// <summary>Letters without a value may stand together; the first one with a value takes the rest, or the next word.</summary>
    private static string? ReadShort(string word, IReadOnlyList<string> arguments, ref int i, PerfOptions options)
    {
        for (int at = 1; at < word.Length; at++)
        {
            string letter = word[at].ToString();
            if (!Switches.TryGetValue(letter, out Switch found)) return $"there is no -{letter}";
            if (found.TakesValue)
            {
                if (at + 1 < word.Length) return found.Apply(options, word[(at + 1)..]);
                return ++i < arguments.Count ? found.Apply(options, arguments[i]) : $"-{letter} needs a value";
            }

            if (found.Apply(options, "") is { } error) return error;
        }

        return null;
    }

    private static string? SetIdentifier(PerfOptions options, string text)
    {
        string[] parts = text.Split('=', 2);
        if (parts.Length != 2) return "-b: mac=ADDRESS or duid=HEXADECIMAL";
        options.HasBase = true;
        Span<byte> octets = stackalloc byte[Duid.MaxLength];
        switch (parts[0].ToUpperInvariant())
        {
            case "MAC" or "ETHER":
                if (!TryReadMac(parts[1], out ImmutableArray<byte> mac)) return $"-b: '{parts[1]}' is not six octets with colons";
                options.FirstMac = mac;
                return null;
            case "DUID":
                if (!HexText.TryParse(parts[1], octets, out int length) || length is < 6 or > 64)
                    return $"-b: '{parts[1]}' is not a DUID of 6 to 64 octets";
                options.FirstDuid = [.. octets[..length]];
                return null;
            default:
                return $"-b: '{parts[0]}' is neither mac nor duid";
        }
    }

    /// <summary>Six octets with single or double colons.</summary>
    internal static bool TryReadMac(string text, out ImmutableArray<byte> mac)
    {
        Span<byte> octets = stackalloc byte[HardwareAddress.MaxLength];
        bool isMac = HexText.TryParse(text.Trim().Replace("::", ":", StringComparison.Ordinal), octets, out int length) && length == 6;
        mac = isMac ? [.. octets[..6]] : [];
        return isMac;
    }

    private static string? SetMaxDrop(PerfOptions options, string text)
    {
        bool isPercent = text.EndsWith('%');
        if (!double.TryParse(isPercent ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double limit)
            || (isPercent ? limit > 100 : limit != Math.Floor(limit)))
            return $"-D: '{text}' is neither a number nor 0% to 100%";
        return Added(options.MaxDrops, (limit, isPercent), 2, "-D");
    }

    private static string? SetLeaseType(PerfOptions options, string text)
    {
        (options.WantsAddress, options.WantsPrefix) = text switch
        {
            "address-only" => (true, false),
            "prefix-only" => (false, true),
            "address-and-prefix" => (true, true),
            _ => (false, false),
        };
        return options.WantsAddress || options.WantsPrefix ? null : "-e: address-only, prefix-only or address-and-prefix";
    }

    private static string? AddOption(PerfOptions options, string text)
    {
        if (options.Family6 is not { } isV6) return "-o: say -4 or -6 before it";
        string[] parts = text.Split(',', 2);
        if (parts.Length != 2 || !ushort.TryParse(parts[0], CultureInfo.InvariantCulture, out ushort code) || code == 0) return $"-o: '{text}' is not CODE,HEXADECIMAL";
        if (!isV6 && code > 254) return $"-o: {code} is not an option code of DHCPv4";
        byte[] octets = new byte[MostOptionOctets];
        int length = 0;
        if (parts[1].Length > 0 && !HexText.TryParse(parts[1], octets, out length))
            return $"-o: '{parts[1]}' is not hexadecimal of at most {MostOptionOctets} octets";
        options.Options.Add((code, [.. octets.AsSpan(0, length)]));
        return options.Options.Sum(static o => o.Value.Length + 4) > MostOptionOctets ? "-o: the options do not fit into a message" : null;
    }

    private static string? Natural(string name, string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) ? null : $"{name}: '{text}' is not a number from 0 to {int.MaxValue}";

    private static string? Positive(string name, string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value > 0 ? null : $"{name}: '{text}' is not a number from 1 to {int.MaxValue}";

    private static string? Port(string name, string text, out ushort value) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) ? null : $"{name}: '{text}' is not a port from 0 to 65535";

    private static string? Seconds(string name, string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && value > 0 ? null : $"{name}: '{text}' is not a time in seconds above 0";

    private static string? Added<T>(List<T> list, T value, int most, string name)
    {
        if (list.Count == most) return $"{name} can be given at most {most} times";
        list.Add(value);
        return null;
    }

    /// <summary>What an assignment was worth is of no interest; that there was no error is.</summary>
    private static string? Done<T>(T _) => null;

    private static Switch Flag(Func<PerfOptions, string?> apply) => new(TakesValue: false, (options, _) => apply(options));

    private static Switch Value(Func<PerfOptions, string, string?> apply) => new(TakesValue: true, apply);

    private readonly record struct Switch(bool TakesValue, Func<PerfOptions, string, string?> Apply);
}
