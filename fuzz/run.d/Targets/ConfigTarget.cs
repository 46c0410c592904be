using System.Text;
using Leasehold.Configuration;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Engine.V4;
using Leasehold.Fuzz.Driving;
using Leasehold.Fuzz.Mutation;
using Leasehold.Leases;

namespace Leasehold.Fuzz.Targets;

/// <summary>Configuration files of both services.</summary>
internal sealed class ConfigTarget : Target
{
    private const string Name4 = "fuzz.json";

    public override string Name => "config";

    public override string About => "a configuration: reading never throws, what is wrong has a place in the file, a good one makes a server";

    public override Shape Shape => Shape.Text;

    public override int MaxLength => 16384;

    public override IEnumerable<byte[]> Seeds(string tests) => SeedFiles.Configurations(tests);

    public override void Run(ReadOnlySpan<byte> input, Reached reached)
    {
        byte[] file = input.ToArray();
        ConfigResult<Dhcp4Config> read = Dhcp4ConfigReader.ReadFile(Name4, Files);
        Judge(file, read, reached);
        Judge(file, Dhcp6ConfigReader.ReadFile(Name4, Files), reached);
        if (read.Config is { } config)
        {
            reached.AddSize("subnets", config.Subnets.Length);
            reached.AddSize("classes", config.Classes.Length);
            _ = new Server4(config, new LeaseTable4(), Server4Ports.Standard, new Random(1));
        }

        FileContent Files(string path) => path == Name4 ? FileContent.Of(file) : FileContent.Failed("No such file or directory");
    }

    private static void Judge<T>(byte[] file, ConfigResult<T> read, Reached reached)
        where T : class
    {
        bool failed = read.Diagnostics.Any(diagnostic => !diagnostic.IsWarning);
        BrokenRule.Unless(failed == (read.Config is null), "there is a configuration exactly when there is no error", string.Join('\n', read.Diagnostics));
        string[] lines = Encoding.UTF8.GetString(file).Split('\n');
        reached.Add(typeof(T).Name, failed ? 1 : 0);
        reached.AddSize("diagnostics", read.Diagnostics.Length);
        foreach (ConfigDiagnostic diagnostic in read.Diagnostics)
        {
            reached.AddMessage("diagnostic", diagnostic.Message);
            (string? name, int line, int column) = diagnostic.Position;
            BrokenRule.Unless(name == Name4, "a diagnostic names its file", $"{diagnostic}");
            BrokenRule.Unless(line >= 1 && line <= lines.Length, "a diagnostic's line is one of the file", $"{diagnostic}");
            BrokenRule.Unless(column >= 1 && column <= Encoding.UTF8.GetByteCount(lines[line - 1]) + 2, "a diagnostic's column is one of its line", $"{diagnostic}");
            BrokenRule.Unless(diagnostic.Message.Length > 0, "a diagnostic has words");
        }
    }
}
