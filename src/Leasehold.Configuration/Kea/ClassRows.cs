using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>The keys by which networks, subnets, pools and options name client classes.</summary>
internal static class ClassRows
{
    /// <summary>The rows for a record that holds class rules.</summary>
    public static IEnumerable<KeyRow<T>> In<T>(Func<T, ClassRules> get, Func<T, ClassRules, T> set)
    {
        yield return Row(
            "client-classes",
            "Only clients in one of these classes are served.",
            static (rules, v, r) => rules with { Only = Names(v, r) },
            isList: true);
        yield return Row(
            "client-class",
            "The older form, for one class.",
            static (rules, v, r) => r.TextOrNothing(v) is { } name ? rules with { Only = [name] } : rules);
        yield return Row(
            "evaluate-additional-classes",
            "Classes that are looked at only when a client is served here.",
            static (rules, v, r) => rules with { Additional = Names(v, r) },
            isList: true);
        yield return Row(
            "require-client-classes",
            "The older name of evaluate-additional-classes.",
            static (rules, v, r) => rules with { Additional = Names(v, r) },
            isList: true);

        KeyRow<T> Row(string key, string note, Func<ClassRules, ConfigNode, Reading, ClassRules> read, bool isList = false) =>
            new(key, KeyStatus.Implemented, note) { Read = (record, v, r) => set(record, read(get(record), v, r)), IsList = isList };
    }

    /// <summary>A list of class names; empty texts are left out.</summary>
    public static ImmutableArray<string> Names(ConfigNode value, Reading reading) =>
        [.. (reading.List(value)?.Items ?? []).Select(reading.TextOrNothing).OfType<string>()];

    /// <summary>Tells of a map that uses the older and the newer name of one key.</summary>
    public static void CheckOnce(ConfigMap map, Reading reading)
    {
        Once("client-class", "client-classes");
        Once("require-client-classes", "evaluate-additional-classes");

        void Once(string old, string newer)
        {
            if (map.Find(old) is not { } first || map.Find(newer) is not { } second) return;
            reading.Error(first.Position, $"{old} and {newer} at {second.Position} say the same thing twice", $"keep {newer}");
        }
    }
}
