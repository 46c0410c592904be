using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Leasehold.Fuzz.Driving;

/// <summary>What the command line asks for.</summary>
/// <param name="Folder">The folder fuzz.</param>
internal sealed record Arguments(string Folder, Target Target)
{
    public TimeSpan Time { get; private init; } = TimeSpan.FromMinutes(1);

    public long Runs { get; private init; } = long.MaxValue;

    public int Seed { get; private init; } = 1;

    public bool Save { get; private init; }

    public string? Replay { get; private init; }

    /// <param name="problem">What is wrong, for a person; empty when nothing is.</param>
    public static bool TryRead(string[] args, [NotNullWhen(true)] out Arguments? read, out string problem)
    {
        read = null;
        problem = "no target is named; --list shows them";
        if (args.Length < 2) return false;
        Target? target = Target.All.FirstOrDefault(one => one.Name == args[1]);
        problem = $"'{args[1]}' is no target; --list shows them";
        if (target is null) return false;
        Arguments asked = new(args[0], target);
        for (int i = 2; i < args.Length; i++)
        {
            Arguments? next = args[i] == "--save" ? asked with { Save = true } : i + 1 < args.Length ? asked.With(args[i], args[++i]) : null;
            problem = $"'{args[i]}' is not understood";
            if (next is null) return false;
            asked = next;
        }

        problem = "";
        read = asked;
        return true;
    }

    private Arguments? With(string name, string value) => name switch
    {
        "--for" when TimeOf(value) is { } time => this with { Time = time },
        "--seed" when int.TryParse(value, CultureInfo.InvariantCulture, out int seed) => this with { Seed = seed },
        "--runs" when long.TryParse(value, CultureInfo.InvariantCulture, out long runs) && runs > 0 => this with { Runs = runs },
        "--replay" => this with { Replay = value },
        _ => null,
    };

    // 90s, 10m, 1h
    private static TimeSpan? TimeOf(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture, out int number) || number < 1) return null;
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            _ => null,
        };
    }
}
