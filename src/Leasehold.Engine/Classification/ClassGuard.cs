using System.Collections.Immutable;

namespace Leasehold.Engine.Classification;

/// <summary>Which clients a network, subnet or pool serves: those in one of its classes, or all.</summary>
/// <param name="any">Indices; empty for all clients.</param>
/// <param name="late">One of them is known only when the reservation is.</param>
internal readonly struct ClassGuard(ImmutableArray<int> any, bool late) : IEquatable<ClassGuard>
{
    /// <summary>Serves everybody.</summary>
    public bool IsOpen => any.IsDefaultOrEmpty;

    public bool Admits(ClassSet classes)
    {
        if (IsOpen) return true;
        foreach (int index in any)
        {
            if (classes.Contains(index)) return true;
        }

        return false;
    }

    /// <summary>The same classes in the same order.</summary>
    public bool Equals(ClassGuard other) => IsOpen ? other.IsOpen : !other.IsOpen && any.AsSpan().SequenceEqual(other.Classes.AsSpan());

    public override bool Equals(object? obj) => obj is ClassGuard other && Equals(other);

    public override int GetHashCode() => IsOpen ? 0 : any.Aggregate(any.Length, HashCode.Combine);

    private ImmutableArray<int> Classes => any;

    /// <summary>Before the reservation is known: false only where nothing that follows can open it.</summary>
    public bool MayAdmit(ClassSet classes) => late || Admits(classes);
}
