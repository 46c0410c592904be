using System.Numerics;

namespace Leasehold.SimulationTests;

/// <summary>Chance from a seed of 64 bits: the same numbers on every machine and every run-time (xoshiro256**, seeded by SplitMix64).</summary>
internal sealed class Dice : Random
{
    private ulong a, b, c, d;

    /// <param name="stream">What the numbers are for. Each purpose has its own, so that one which is switched off leaves the others as they were.</param>
    public Dice(ulong seed, string stream)
        : base(0)
    {
        ulong state = seed;
        foreach (char letter in stream) state = (state ^ letter) * 0x100000001b3;
        a = Split(ref state);
        b = Split(ref state);
        c = Split(ref state);
        d = Split(ref state);
    }

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => Next(times) == 0;

    /// <summary>True so many times in a thousand.</summary>
    public bool PerMille(int times) => Next(1000) < times;

    public T Pick<T>(IReadOnlyList<T> of) => of[Next(of.Count)];

    /// <summary>Both ends included.</summary>
    public int Between(int least, int most) => least + Next(most - least + 1);

    public override int Next() => Next(int.MaxValue);

    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (int)Math.BigMul(Draw(), (ulong)maxValue, out _);
    }

    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return (int)(minValue + (long)Math.BigMul(Draw(), (ulong)((long)maxValue - minValue), out _));
    }

    public override double NextDouble() => (Draw() >> 11) * (1.0 / (1UL << 53));

    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    public override void NextBytes(Span<byte> buffer)
    {
        for (int i = 0; i < buffer.Length; i++) buffer[i] = (byte)(Draw() >> 56);
    }

    protected override double Sample() => NextDouble();

    private static ulong Split(ref ulong state)
    {
        ulong z = state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    private ulong Draw()
    {
        ulong result = BitOperations.RotateLeft(b * 5, 7) * 9;
        ulong t = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= t;
        d = BitOperations.RotateLeft(d, 45);
        return result;
    }
}
