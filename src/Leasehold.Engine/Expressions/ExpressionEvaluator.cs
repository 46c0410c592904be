using Leasehold.Configuration.Expressions;

namespace Leasehold.Engine.Expressions;

/// <summary>Works out an expression over one packet. It never fails: what the packet lacks is empty, or no number.</summary>
/// <remarks>
/// Linear in the expression and the packet, and as deep as the expression is high, which the parser bounds.
/// A node without a branch here is a mistake of the program, and throws.
/// </remarks>
/// <param name="text">The expression's, for the observer.</param>
/// <param name="classes">The numbers of its classes.</param>
internal readonly partial struct ExpressionEvaluator<TObserver>(string text, int[] classes, ExpressionScratch scratch, TObserver observer)
    where TObserver : IExpressionObserver
{
    private readonly string text = text;
    private readonly int[] classes = classes;
    private readonly ExpressionScratch scratch = scratch;
    private readonly TObserver observer = observer;

    private static bool IsObserved => typeof(TObserver) != typeof(NoObserver);

    private ReadOnlySpan<char> Part(ExpressionNode node) => text.AsSpan(node.Span.Offset, node.Span.Length);

    public bool Boolean<TPacket>(BooleanNode node, scoped ref TPacket packet)
        where TPacket : IExpressionPacket, allows ref struct
    {
        // What was put together for a condition is not needed when it is decided.
        int mark = scratch.Used;
        bool value = node switch
        {
            OptionExistsNode exists => TryOption(exists.Path, ref packet, out _),
            OctetsEqualNode equal => Octets(equal.Left, ref packet).SequenceEqual(Octets(equal.Right, ref packet)),
            AndNode and => All(and, ref packet),
            OrNode or => Any(or, ref packet),
            NotNode not => !Boolean(not.Operand, ref packet),
            MemberNode member => classes[member.Slot] is >= 0 and var index && packet.IsMember(index),
            CompareNode compare => Compare(compare, ref packet),
            OctetsInNode inSet => IsIn(inSet, ref packet),
            NumberInNode inSet => IsIn(inSet, ref packet),
            VendorExistsNode vendor => TryVendor(vendor.Option, vendor.Enterprise, ref packet, out _, out _),
            MatchNode match => scratch.TryWiden(Octets(match.Operand, ref packet), out ReadOnlySpan<char> widened) && match.Pattern.IsMatch(widened),
            _ => throw new InvalidOperationException($"{node.GetType().Name} has no evaluation"),
        };
        scratch.Used = mark;
        if (IsObserved && node.Span.Length > 0) observer.SawBoolean(Part(node), value);
        return value;
    }

    private bool All<TPacket>(AndNode and, scoped ref TPacket packet)
        where TPacket : IExpressionPacket, allows ref struct
    {
        foreach (BooleanNode operand in and.Operands)
        {
            if (!Boolean(operand, ref packet)) return false;
        }

        return true;
    }

    private bool Any<TPacket>(OrNode or, scoped ref TPacket packet)
        where TPacket : IExpressionPacket, allows ref struct
    {
        foreach (BooleanNode operand in or.Operands)
        {
            if (Boolean(operand, ref packet)) return true;
        }

        return false;
    }

    private bool Compare<TPacket>(CompareNode compare, scoped ref TPacket packet)
        where TPacket : IExpressionPacket, allows ref struct
    {
        long? left = Number(compare.Left, ref packet);
        long? right = Number(compare.Right, ref packet);

        // Comparisons with null are false, but null == null is true: as two options that are both absent are equal.
        return compare.Comparison switch
        {
            NumberComparison.Equal => left == right,
            NumberComparison.Less => left < right,
            NumberComparison.LessOrEqual => left <= right,
            NumberComparison.Greater => left > right,
            _ => left >= right,
        };
    }

    private bool IsIn<TPacket>(OctetsInNode node, scoped ref TPacket packet)
        where TPacket : IExpressionPacket, allows ref struct
    {
        ReadOnlySpan<byte> value = Octets(node.Operand, ref packet);
        int mark = scratch.Used;
        foreach (SetElement element in node.Set)
        {
            if (element.Prefix?.Contains(value) == true) return true;
            if (element.Octets is { } octets && Octets(octets, ref packet).SequenceEqual(value)) return true;
            scratch.Used = mark;
        }

        return false;
    }

    private bool IsIn<TPacket>(NumberInNode node, scoped ref TPacket packet)
        where TPacket : IExpressionPacket, allows ref struct
    {
        if (Number(node.Operand, ref packet) is not { } value) return false;
        foreach (NumberNode element in node.Set)
        {
            if (Number(element, ref packet) == value) return true;
        }

        return false;
    }
}
