using System.CommandLine;
using System.Globalization;
using Leasehold.Engine.V4;
using Leasehold.Engine.V6;

namespace Leasehold.Serve;

/// <summary>What a server is told on its command line: the switches of the established server.</summary>
/// <param name="ConfigFile">The configuration file.</param>
/// <param name="ServerPort">The UDP port to listen on; null for 67, and 547 in DHCPv6.</param>
/// <param name="ReplyPort">The UDP port that every reply goes to; null for 67 at relays and 68 at clients, 547 and 546 in DHCPv6.</param>
internal sealed record ServeArguments(string ConfigFile, ushort? ServerPort, ushort? ReplyPort)
{
    private const ushort DefaultPort4 = 67;
    private const ushort DefaultPort6 = 547;

    public ushort ServerPort4 => ServerPort ?? DefaultPort4;

    public ushort ServerPort6 => ServerPort ?? DefaultPort6;

    /// <summary>Where DHCPv4 replies go.</summary>
    public Server4Ports ReplyPorts4 => ReplyPort is { } port ? new(port, port) : Server4Ports.Standard;

    /// <summary>Where DHCPv6 replies go.</summary>
    public Server6Ports ReplyPorts6 => ReplyPort is { } port ? new(port, port) : Server6Ports.Standard;

    /// <summary>-d: every debug message, to standard output.</summary>
    public bool Verbose { get; init; }

    public ServeMode Mode { get; init; }
}

internal enum ServeMode
{
    Serve,

    /// <summary>-t: read and check the configuration, and end.</summary>
    CheckSyntax,

    /// <summary>-T: also try what the configuration needs from this machine: interfaces, ports, the lease file.</summary>
    CheckMachine,

    /// <summary>-v.</summary>
    Version,

    /// <summary>-V.</summary>
    LongVersion,
}

/// <summary>The switches themselves.</summary>
internal sealed class ServeOptions
{
    public const string DefaultConfigFile = "/etc/leasehold/leasehold.json";

    private readonly Option<string?> config = new("-c") { Description = $"Configuration file [default: {DefaultConfigFile}]", HelpName = "FILE" };
    private readonly Option<bool> verbose = new("-d") { Description = "Debug: log everything, to standard output, whatever the configuration says" };
    private readonly Option<ushort?> port = Port("-p", "PORT", "UDP port to listen on; others are for tests [default: 67, DHCPv6: 547]");
    private readonly Option<ushort?> replyPort = Port("-P", "CLIENT-PORT", "UDP port that every reply goes to, for tests [default: 68 at clients, 67 at relays; DHCPv6: 546 and 547]");
    private readonly Option<string?> check = new("-t") { Description = "Check a configuration file and exit", HelpName = "FILE" };
    private readonly Option<string?> checkMachine = new("-T") { Description = "Check a configuration file, and whether this machine has the interfaces, ports and lease file for it, and exit", HelpName = "FILE" };
    private readonly Option<bool> version = new("-v") { Description = "Print the version and exit" };
    private readonly Option<bool> longVersion = new("-V") { Description = "Print the version, and what it was built from and runs on, and exit" };

    public void AddTo(Command command)
    {
        Option[] all = [config, verbose, port, replyPort, check, checkMachine, version, longVersion];
        foreach (Option option in all) command.Options.Add(option);
    }

    public ServeArguments Read(ParseResult parsed)
    {
        ServeMode mode = parsed.GetValue(version) ? ServeMode.Version
            : parsed.GetValue(longVersion) ? ServeMode.LongVersion
            : parsed.GetValue(checkMachine) is not null ? ServeMode.CheckMachine
            : parsed.GetValue(check) is not null ? ServeMode.CheckSyntax
            : ServeMode.Serve;
        string file = parsed.GetValue(checkMachine) ?? parsed.GetValue(check) ?? parsed.GetValue(config) ?? DefaultConfigFile;
        return new(file, parsed.GetValue(port), parsed.GetValue(replyPort)) { Verbose = parsed.GetValue(verbose), Mode = mode };
    }

    private static Option<ushort?> Port(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            if (ushort.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out ushort value) && value > 0) return value;
            result.AddError($"{name}: '{result.Tokens[0].Value}' is not a port; a port is a number from 1 to 65535");
            return null;
        },
    };
}
