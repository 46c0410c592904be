using System.Runtime.CompilerServices;
using Leasehold.Fuzz.Driving;
using Leasehold.Fuzz.Mutation;
using Leasehold.UnitTests.Protocol;
using Xunit;

namespace Leasehold.UnitTests.Fuzz;

/// <summary>What fuzzing kept is fed again, and the driver does what it says.</summary>
public sealed class CorpusTests
{
    public static TheoryData<string> Targets => [.. Target.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void The_corpus_of_a_target_and_some_changes_of_it_break_no_rule(string name)
    {
        Target target = Target.All.Single(one => one.Name == name);
        Driver driver = new(target, new(), seed: 1);
        Assert.True(driver.Begin(Corpus.Load(Path.Combine(Root(), "fuzz", "corpus", name))), $"{driver.Failure?.Thrown}");
        Assert.True(driver.Runs > 0, $"fuzz/corpus/{name} is empty");
        driver.Run(TimeSpan.MaxValue, runs: 50);
        Assert.True(driver.Failure is null, $"{driver.Failure?.Thrown}");
    }

    [Fact]
    public void The_same_seed_gives_the_same_inputs()
    {
        Assert.Equal(InputsOf(seed: 7), InputsOf(seed: 7));
        Assert.NotEqual(InputsOf(seed: 7), InputsOf(seed: 8));
    }

    [Fact]
    public void A_broken_rule_is_found_and_its_input_reduced()
    {
        Driver driver = new(new Brittle(), new(), seed: 1);
        Assert.True(driver.Begin([.. "a long text without it"u8.ToArray().Select(octet => new[] { octet })]));
        driver.Run(TimeSpan.MaxValue, runs: 1_000_000);
        Assert.NotNull(driver.Failure);
        Assert.Equal("!!"u8.ToArray(), driver.Failure.Reduced);
        Assert.Equal("no two in a row", Assert.IsType<BrokenRule>(driver.Failure.Thrown).Rule);
    }

    private static List<string> InputsOf(int seed)
    {
        List<string> inputs = [];
        byte[][] parents = [[.. PacketFile.Read("v4/discover-windows11.pkt")], [.. PacketFile.Read("v4/discover-relayed.pkt")]];
        Mutator mutator = new(Shape.Message4, maxLength: 2048, new Random(seed));
        for (int i = 0; i < 200; i++) inputs.Add(Convert.ToHexString(mutator.Mutate(parents[i % 2], parents)));
        return inputs;
    }

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file) ?? "", "../../.."));

    /// <summary>Breaks at two exclamation marks, and tells of the first one.</summary>
    private sealed class Brittle : Target
    {
        public override string Name => "brittle";

        public override string About => "no two in a row";

        public override Shape Shape => Shape.Blocks;

        public override IEnumerable<byte[]> Seeds(string tests) => [];

        public override void Run(ReadOnlySpan<byte> input, Reached reached)
        {
            reached.Add("marks", input.Contains((byte)'!') ? 1 : 0);
            BrokenRule.Unless(input.IndexOf("!!"u8) < 0, "no two in a row");
        }
    }
}
