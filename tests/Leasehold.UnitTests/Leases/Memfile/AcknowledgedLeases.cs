using Leasehold.Leases;
using Xunit;

namespace Leasehold.UnitTests.Leases.Memfile;

/// <summary>For each address or prefix the state that was acknowledged last, and those that were tried after it.</summary>
internal sealed class AcknowledgedLeases
{
    private readonly Dictionary<object, KeptLease> acknowledged = [];
    private readonly Dictionary<object, List<KeptLease>> attempted = [];

    /// <summary>One batch of changes by chance: appended, applied, committed; what was acknowledged is noted.</summary>
    /// <returns>False when it could not be stored.</returns>
    public bool Batch(Random random, LeaseKeeper keeper)
    {
        List<KeptLease> lines = AppendOnly(random, keeper);
        if (keeper.Log.TryCommit(out _))
        {
            keeper.Accept();
            foreach (KeptLease line in lines)
            {
                acknowledged[line.Key] = line;
                attempted.Remove(line.Key);
            }

            return true;
        }

        keeper.Rollback();
        CompareWith(keeper);
        return false;
    }

    /// <summary>Changes that no commit follows, when the power goes before it.</summary>
    public List<KeptLease> AppendOnly(Random random, LeaseKeeper keeper)
    {
        List<KeptLease> lines = [];
        for (int count = random.Next(1, 30); count > 0; count--)
        {
            if (keeper.Change(random) is { } line) lines.Add(line);
        }

        foreach (KeptLease line in lines)
        {
            if (!attempted.TryGetValue(line.Key, out List<KeptLease>? states)) attempted.Add(line.Key, states = []);
            states.Add(line);
        }

        return lines;
    }

    public void Check(LeaseKeeper keeper, string when)
    {
        foreach (object key in keeper.Keys)
        {
            KeptLease? found = keeper.Get(key);
            KeptLease? expected = acknowledged.GetValueOrDefault(key) is { State: not LeaseState.Released } lease ? lease : null;
            bool isAttempt = attempted.TryGetValue(key, out List<KeptLease>? states)
                && states.Any(one => found is null ? one.State == LeaseState.Released : one == found);
            Assert.True(expected == found || isAttempt, $"{when}: {key} is {found}, acknowledged was {expected}");
            // From here on the server knows what it found.
            if (found is null) acknowledged.Remove(key);
            else acknowledged[key] = found;
        }

        attempted.Clear();
    }

    /// <summary>The memory of a running server after a failed batch: exactly what was acknowledged, offers apart.</summary>
    private void CompareWith(LeaseKeeper keeper)
    {
        foreach (object key in keeper.Keys)
        {
            KeptLease? known = keeper.Get(key);
            if (known is null or { State: LeaseState.Offered or LeaseState.Released }) continue;
            Assert.Equal(acknowledged.GetValueOrDefault(key), known);
        }
    }
}
