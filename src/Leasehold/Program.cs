using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Leasehold.Serve;

namespace Leasehold;

/// <summary>The table of sub-commands. Exit status: 0 done; 1 the operation failed; 2 bad usage or bad configuration.</summary>
internal static class Program
{
    internal static int Main(string[] arguments)
    {
        RootCommand root = new("A DHCP suite for Linux.")
        {
            Dhcp4Command.Create(),
            Dhcp6Command.Create(),
            CheckCommand.Create().WithExample("leasehold check /etc/kea/kea-dhcp4.conf"),
            DecodeCommand.Create(),
            DemoCommand.Create(),
            LeasesCommand.Create(),
            PerfCommand.Create(),
            ServeCommand.Create(),
            VersionCommand.Create(),
        };
        foreach (HelpOption help in Descendants(root).SelectMany(static c => c.Options).OfType<HelpOption>()) help.Action = new HelpWithExample();

        ParseResult parsed = root.Parse(arguments.Length == 0 ? ["--help"] : arguments);
        if (parsed.Action is ParseErrorAction wrong) return Refuse(parsed, wrong);

        // Signals are the commands' own affair: a server finishes its batch, a demo removes its namespaces.
        return parsed.Invoke(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static int Refuse(ParseResult parsed, ParseErrorAction wrong)
    {
        wrong.ShowHelp = false;

        // What resembles one letter is every other letter.
        wrong.ShowTypoCorrections = parsed.UnmatchedTokens.All(static t => t.Length > 2);
        parsed.Invoke(new InvocationConfiguration { Output = Console.Error });
        string command = string.Join(' ', Path(parsed.CommandResult.Command));
        Console.Error.WriteLine($"'{command} --help' shows how it is used.");
        return ExitStatus.BadUsage;
    }

    private static IEnumerable<string> Path(Symbol? command) =>
        command switch
        {
            null => [],
            RootCommand => ["leasehold"],
            _ => Path(command.Parents.FirstOrDefault()).Append(command.Name),
        };

    private static IEnumerable<Command> Descendants(Command command) => command.Subcommands.SelectMany(Descendants).Prepend(command);
}

/// <summary>What the process says at its end.</summary>
internal static class ExitStatus
{
    public const int Done = 0;
    public const int Failed = 1;

    /// <summary>Bad usage or bad configuration.</summary>
    public const int BadUsage = 2;
}
