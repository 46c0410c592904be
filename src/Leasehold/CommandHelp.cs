using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

namespace Leasehold;

/// <summary>The example that stands at the end of a command's help.</summary>
internal static class CommandHelp
{
    private static readonly ConditionalWeakTable<Command, string> Examples = [];

    /// <summary>Gives a command the example of its help; one command line, or some, one a line.</summary>
    public static Command WithExample(this Command command, string example)
    {
        Examples.AddOrUpdate(command, example);
        return command;
    }

    public static string? ExampleOf(Command command) => Examples.TryGetValue(command, out string? example) ? example : null;
}

/// <summary>Prints the usual help and then the command's example.</summary>
internal sealed class HelpWithExample : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Command command = parseResult.CommandResult.Command;

        // In the list of commands each has a line; the rest of what it says about itself is in its own help.
        foreach (Command listed in command.Subcommands) listed.Description = listed.Description?.Split('\n')[0].TrimEnd();
        int status = new HelpAction().Invoke(parseResult);
        if (CommandHelp.ExampleOf(command) is { } example)
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine(example.Contains('\n', StringComparison.Ordinal) ? "Examples:" : "Example:");
            foreach (string line in example.Split('\n')) output.WriteLine($"  {line}");
            output.WriteLine();
        }

        return status;
    }
}
