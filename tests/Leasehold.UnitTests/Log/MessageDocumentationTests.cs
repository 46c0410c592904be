using System.Reflection;
using System.Text.RegularExpressions;
using Leasehold.Log;
using Leasehold.Serve;
using Leasehold.UnitTests.Layout;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Leasehold.UnitTests.Log;

/// <summary>An id is API: each is unique, well formed, and explained to the administrator.</summary>
public sealed partial class MessageDocumentationTests
{
    private const string Document = "docs/messages.md";

    private static LoggerMessageAttribute[] Attributes =>
    [
        .. typeof(Program).Assembly.GetTypes()
            .SelectMany(static t => t.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(static m => m.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>(),
    ];

    private static IEnumerable<LogEvent> Events => PacketEvents.All.Concat(PacketEvents6.All);

    private static string[] IdsInCode => [.. Attributes.Select(static a => a.EventName ?? ""), .. Events.Select(static e => e.Id), LogTarget.LinesLostId];

    private static string[] IdsInDocument => [.. Heading().Matches(RepositoryFiles.Get(Document).Text).Select(static m => m.Groups[1].Value)];

    [Fact]
    public void Every_id_in_the_code_has_a_section_and_every_section_an_id_in_the_code()
    {
        Assert.Empty(IdsInCode.Except(IdsInDocument, StringComparer.Ordinal).Select(static id => $"{id} has no section in {Document}"));
        Assert.Empty(IdsInDocument.Except(IdsInCode, StringComparer.Ordinal).Select(static id => $"{Document}: {id} is logged nowhere"));
    }

    [Fact]
    public void An_id_stands_for_one_event()
    {
        Assert.NotEmpty(Attributes);
        Assert.Distinct(IdsInCode, StringComparer.Ordinal);
        Assert.Distinct(IdsInDocument, StringComparer.Ordinal);
        Assert.Distinct(Attributes.Select(static a => a.EventId));
    }

    [Fact]
    public void An_id_is_words_in_capitals() => Assert.All(IdsInCode, static id => Assert.Matches("^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$", id));

    [Fact]
    public void A_section_begins_with_the_level_that_the_code_gives_the_id()
    {
        Dictionary<string, string> levels = Attributes.ToDictionary(static a => a.EventName ?? "", static a => LevelOf(a.Level), StringComparer.Ordinal);
        foreach (LogEvent known in Events) levels[known.Id] = known.DebugLevel > 0 ? $"DEBUG {known.DebugLevel}" : known.Severity.ToString().ToUpperInvariant();
        foreach (Match section in Heading().Matches(RepositoryFiles.Get(Document).Text))
        {
            if (levels.TryGetValue(section.Groups[1].Value, out string? level)) Assert.Equal((section.Groups[1].Value, level), (section.Groups[1].Value, section.Groups[2].Value));
        }
    }

    private static string LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace => $"DEBUG {NamedLogger.DetailLevel}",
        LogLevel.Debug => $"DEBUG {NamedLogger.BasicLevel}",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARN",
        LogLevel.Error => "ERROR",
        _ => "FATAL",
    };

    [GeneratedRegex(@"^### (\S+)\n([A-Z]+(?: \d+)?)\. ", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();
}
