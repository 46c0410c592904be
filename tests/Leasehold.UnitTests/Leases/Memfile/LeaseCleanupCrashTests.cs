using Leasehold.Leases.Memfile;
using Xunit;

namespace Leasehold.UnitTests.Leases.Memfile;

/// <summary>Clean-ups beside a server that goes on, with faults, and a power cut before every single system call of them.</summary>
public sealed class LeaseCleanupCrashTests
{
    private const string Name = "kea-leases.csv";

    private static readonly LeaseCleanupOptions Options = new() { KeepFree = 0 };

    [Theory]
    [InlineData(4, 0)]
    [InlineData(4, 8192)]
    [InlineData(6, 0)]
    [InlineData(6, 8192)]
    public void Every_acknowledged_change_survives_a_crash_at_every_step_of_a_clean_up(int family, int prepareAhead)
    {
        int crashes = 0;
        HashSet<string> left = new(StringComparer.Ordinal);
        for (int seed = 0; seed < 4; seed++)
        {
            bool crashed = true;
            for (int step = 1; crashed; step++)
            {
                Random random = new((seed * 1000) + step);
                SimulatedDisk disk = new(random);
                AcknowledgedLeases history = new();
                LeaseKeeper keeper = Start(family, disk, history, prepareAhead, $"seed {seed}, step {step}: at first");
                Serve(random, keeper, history);
                // The second clean-up has a NAME.2 to merge as well.
                if (seed % 2 == 1) Assert.Null(Clean(disk, random, keeper, history).Problem);
                Serve(random, keeper, history);

                crashed = CrashesAt(step, disk, () => Clean(disk, random, keeper, history));
                disk.Crash();
                if (crashed) crashes++;
                left.Add(disk.Names.Replace(Name, "", StringComparison.Ordinal));
                keeper = Start(family, disk, history, prepareAhead, $"seed {seed}, step {step}: after the crash");
                Serve(random, keeper, history);
                Assert.Null(Clean(disk, random, keeper, history).Problem);
                disk.Crash();
                _ = Start(family, disk, history, prepareAhead, $"seed {seed}, step {step}: after the next clean-up");
            }
        }

        Assert.True(crashes > 40, $"{crashes} crashes were simulated");
        foreach (string names in (string[])[" .1 .new", " .1", " .1 .output", " .1 .2", " .completed", " .2"]) Assert.Contains(names, left);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void Every_acknowledged_change_survives_a_crash_at_every_step_of_a_clean_up_without_a_server(int family)
    {
        int crashes = 0;
        for (int seed = 0; seed < 4; seed++)
        {
            bool crashed = true;
            for (int step = 1; crashed; step++)
            {
                Random random = new((seed * 1000) + step);
                SimulatedDisk disk = new(random);
                AcknowledgedLeases history = new();
                LeaseKeeper keeper = Start(family, disk, history, 0, $"seed {seed}, step {step}: at first");
                Serve(random, keeper, history);
                if (seed % 3 != 0) _ = CrashesAt(random.Next(1, 20), disk, () => Clean(disk, random, keeper, history));
                disk.Crash();
                keeper = Start(family, disk, history, 0, $"seed {seed}, step {step}: before");
                Serve(random, keeper, history);
                keeper.Log.Dispose();

                crashed = CrashesAt(step, disk, () => Assert.Null(new LeaseCleanup(disk, Name, LeaseFormat.Of(disk, new(Name)), Options).RunAlone(CancellationToken.None).Problem));
                if (crashed) crashes++;
                else Assert.Equal(Name, disk.Names);
                disk.Crash();
                _ = Start(family, disk, history, 0, $"seed {seed}, step {step}: after");
            }
        }

        Assert.True(crashes > 40, $"{crashes} crashes were simulated");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void Every_acknowledged_change_survives_faults_of_the_disk_during_clean_ups(int family)
    {
        int failures = 0;
        for (int seed = 0; seed < 30; seed++)
        {
            Random random = new(seed);
            SimulatedDisk disk = new(random);
            AcknowledgedLeases history = new();
            for (int life = 0; life < 6; life++)
            {
                LeaseKeeper keeper = Start(family, disk, history, 4096, $"seed {seed}, life {life}");
                for (int round = 0; round < 4; round++)
                {
                    disk.Step = () => Fail(disk, random);
                    if (Clean(disk, random, keeper, history).Problem is not null) failures++;
                    disk.Step = null;
                    disk.FailWrites = disk.FailSyncs = disk.FailLengths = disk.FailNames = disk.FailDirectorySyncs = 0;
                    Serve(random, keeper, history);
                }

                disk.Crash();
            }
        }

        Assert.True(failures > 100, $"{failures} clean-ups failed");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void While_the_new_name_is_not_durable_nothing_is_acknowledged(int family)
    {
        SimulatedDisk disk = new(new(1));
        AcknowledgedLeases history = new();
        LeaseKeeper keeper = Start(family, disk, history, 0, "at first");
        LeaseCleanupReport report = new LeaseCleanup(disk, Name, keeper.Format, Options).Run(
            (next, out error) =>
            {
                disk.FailDirectorySyncs = 3;
                return keeper.Log.TrySwitch(disk, $"{Name}.new", Name, next, out error);
            },
            CancellationToken.None);
        Assert.NotNull(report.Problem);
        Random random = new(1);
        for (int failed = 0; disk.FailDirectorySyncs > 0; failed++)
        {
            Assert.False(history.Batch(random, keeper));
            Assert.True(failed < 3);
        }

        Assert.True(history.Batch(random, keeper));
        disk.Crash();
        _ = Start(family, disk, history, 0, "after");
    }

    private static LeaseKeeper Start(int family, SimulatedDisk disk, AcknowledgedLeases history, int prepareAhead, string when)
    {
        var keeper = LeaseKeeper.Of(family);
        LeaseLoadReport report = keeper.Open(disk, Name, new() { PrepareAhead = prepareAhead });
        Assert.True(report.Succeeded, $"{when}: {string.Join('\n', report.Findings)}");
        history.Check(keeper, when);
        return keeper;
    }

    private static void Serve(Random random, LeaseKeeper keeper, AcknowledgedLeases history)
    {
        for (int batch = random.Next(4); batch >= 0; batch--) Assert.True(history.Batch(random, keeper));
    }

    /// <summary>A clean-up while batches go on before, between and after its steps.</summary>
    private static LeaseCleanupReport Clean(SimulatedDisk disk, Random random, LeaseKeeper keeper, AcknowledgedLeases history)
    {
        void Batch()
        {
            if (random.Next(2) == 0) history.Batch(random, keeper);
        }

        LeaseCleanup cleanup = new(disk, Name, keeper.Format, Options, _ => Batch());
        return cleanup.Run(
            (next, out error) =>
            {
                Batch();
                LeaseFileTail? old = keeper.Log.TrySwitch(disk, $"{Name}.new", Name, next, out error);
                Batch();
                return old;
            },
            CancellationToken.None);
    }

    private static bool CrashesAt(int step, SimulatedDisk disk, Action work)
    {
        int steps = 0;
        disk.Step = () =>
        {
            if (++steps >= step) throw new PowerCut();
        };
        try
        {
            work();
            return false;
        }
        catch (PowerCut)
        {
            return true;
        }
        finally
        {
            disk.Step = null;
        }
    }

    private static void Fail(SimulatedDisk disk, Random random)
    {
        switch (random.Next(60))
        {
            case 0:
                disk.FailWrites = random.Next(1, 3);
                break;
            case 1:
                disk.FailSyncs = random.Next(1, 3);
                break;
            case 2:
                disk.FailLengths = random.Next(1, 3);
                break;
            case 3:
                disk.FailNames = random.Next(1, 3);
                break;
            case 4:
                disk.FailDirectorySyncs = random.Next(1, 3);
                break;
            default:
                break;
        }
    }

    /// <summary>No IOException: nobody must be able to handle it.</summary>
    private sealed class PowerCut : Exception;
}
