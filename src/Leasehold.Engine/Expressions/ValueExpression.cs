using Leasehold.Configuration.Expressions;

namespace Leasehold.Engine.Expressions;

/// <summary>An expression for a value that is ready for packets: the classes that it asks for are numbers.</summary>
/// <param name="classIndex">The number of a class; −1 for one that nobody can be in.</param>
internal sealed class ValueExpression(OctetsExpression expression, Func<string, int> classIndex)
{
    private readonly int[] classes = [.. expression.ClassNames.Select(classIndex)];

    public OctetsExpression Expression { get; } = expression;

    /// <summary>The value for a packet, empty where it lacks what is asked for. Never throws, allocates nothing.</summary>
    /// <returns>A part of the packet, of the expression or of scratch: valid until scratch is used for another expression.</returns>
    public ReadOnlySpan<byte> Evaluate<TPacket>(scoped ref TPacket packet, ExpressionScratch scratch)
        where TPacket : IExpressionPacket, allows ref struct
    {
        scratch.Used = 0;
        return new ExpressionEvaluator<NoObserver>(Expression.Text, classes, scratch, default).Octets(Expression.Root, ref packet);
    }

    /// <summary>The same, and every part is told to the observer.</summary>
    public ReadOnlySpan<byte> Evaluate<TPacket>(scoped ref TPacket packet, ExpressionScratch scratch, IExpressionObserver observer)
        where TPacket : IExpressionPacket, allows ref struct
    {
        scratch.Used = 0;
        return new ExpressionEvaluator<IExpressionObserver>(Expression.Text, classes, scratch, observer).Octets(Expression.Root, ref packet);
    }
}
