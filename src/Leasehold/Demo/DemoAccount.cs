using System.Diagnostics;
using System.Globalization;
using Leasehold.Demo.Clients;
using Spectre.Console;

namespace Leasehold.Demo;

/// <summary>Tells a person what happens and what came of it: with colours and a spinner on a terminal, in plain lines elsewhere.</summary>
public sealed class DemoAccount
{
    // A file's or a pipe's width is unknown, and a line cut in two is harder to read and to search than a long one.
    private const int PlainWidth = 160;

    private readonly IAnsiConsole console;
    private readonly Stopwatch all = Stopwatch.StartNew();
    private readonly Dictionary<(DhcpClient Client, string What), TimeSpan> times = [];

    public DemoAccount()
    {
        bool plain = Console.IsOutputRedirected;
        console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
                ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            });
        IsTerminal = !plain && console.Profile.Capabilities.Ansi;
        if (plain) console.Profile.Width = PlainWidth;
    }

    private bool IsTerminal { get; }

    /// <summary>Does one step and tells about it: first what is being done, then what was done and how long it took.</summary>
    /// <param name="done">The past of <paramref name="doing"/>, made when the step is over.</param>
    public async Task StepAsync(string doing, Func<Task> work, Func<string> done)
    {
        var took = Stopwatch.StartNew();
        if (IsTerminal) await console.Status().Spinner(Spinner.Known.Dots).StartAsync(Markup.Escape(doing), _ => work());
        else await work();
        took.Stop();
        string mark = IsTerminal ? "[green]✓[/]" : "ok";
        console.MarkupLine($"{mark} {Markup.Escape(done())} [grey]({Milliseconds(took.Elapsed)})[/]");
    }

    /// <summary>Lets each client do its part at the same time, and keeps how long each took.</summary>
    public Task EachAsync(IReadOnlyList<DhcpClient> clients, string what, Func<DhcpClient, Task> part) =>
        Task.WhenAll(clients.Select(async client =>
        {
            var took = Stopwatch.StartNew();
            await part(client);
            lock (times) times[(client, what)] = took.Elapsed;
        }));

    /// <summary>A remark under the last step.</summary>
    public void Remark(string text) => console.MarkupLine($"  [grey]{Markup.Escape(text)}[/]");

    /// <summary>Why it stopped, and what the server wrote last.</summary>
    public void Failure(string message, string? logTail)
    {
        console.MarkupLine($"[red]{(IsTerminal ? "✗" : "failed:")}[/] {Markup.Escape(message)}");
        if (string.IsNullOrWhiteSpace(logTail)) return;
        console.MarkupLine("  [grey]the server's log ends:[/]");
        Verbatim(logTail.Split('\n'));
    }

    /// <summary>Who got what, and how long it took.</summary>
    public void Summary(IReadOnlyList<ClientResult> results, params IReadOnlyList<string> leaseFiles)
    {
        var table = new Table { Border = IsTerminal ? TableBorder.Rounded : TableBorder.None };
        foreach (string heading in (string[])["host", "client", "address", "obtained", "renewed", "released"])
            table.AddColumn(new TableColumn(heading).NoWrap());
        foreach (var (client, lease) in results)
        {
            table.AddRow(
                client.Name, client.Program, lease.Given, Time(client, "obtained"), Time(client, "renewed"), Time(client, "released"));
        }

        console.WriteLine();
        console.Write(table);
        Remark("Times are the client's: its own start and pauses are in them.");
        foreach (string leaseFile in leaseFiles)
        {
            console.WriteLine();
            console.WriteLine($"The lease file, {leaseFile}, had in the end:");
            Verbatim(File.ReadLines(leaseFile));
        }
    }

    /// <summary>The last line.</summary>
    public void End(string? keptFolder) =>
        console.WriteLine(
            $"{all.Elapsed.TotalSeconds:0.0} s in all. Removed: {(keptFolder is null ? "everything that was made" : $"everything but {keptFolder}")}.");

    /// <summary>Lines as they are; the console would cut long ones to the terminal's width.</summary>
    private void Verbatim(IEnumerable<string> lines)
    {
        foreach (string line in lines) console.Profile.Out.Writer.WriteLine($"  {line}");
    }

    private string Time(DhcpClient client, string what) => times.TryGetValue((client, what), out var took) ? Milliseconds(took) : "-";

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms");
}

/// <summary>What one client came away with.</summary>
public sealed record ClientResult(DhcpClient Client, ClientEvent Lease);
