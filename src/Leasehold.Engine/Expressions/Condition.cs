using Leasehold.Configuration.Expressions;

namespace Leasehold.Engine.Expressions;

/// <summary>A condition that is ready for packets: the classes that it asks for are numbers.</summary>
/// <param name="classIndex">The number of a class; −1 for one that nobody can be in.</param>
internal sealed class Condition(BooleanExpression expression, Func<string, int> classIndex)
{
    private readonly int[] classes = [.. expression.ClassNames.Select(classIndex)];

    public BooleanExpression Expression { get; } = expression;

    /// <summary>True when the packet fulfils it. Never throws, allocates nothing.</summary>
    public bool Holds<TPacket>(scoped ref TPacket packet, ExpressionScratch scratch)
        where TPacket : IExpressionPacket, allows ref struct
    {
        scratch.Used = 0;
        return new ExpressionEvaluator<NoObserver>(Expression.Text, classes, scratch, default).Boolean(Expression.Root, ref packet);
    }

    /// <summary>The same, and every part is told to the observer.</summary>
    public bool Holds<TPacket>(scoped ref TPacket packet, ExpressionScratch scratch, IExpressionObserver observer)
        where TPacket : IExpressionPacket, allows ref struct
    {
        scratch.Used = 0;
        return new ExpressionEvaluator<IExpressionObserver>(Expression.Text, classes, scratch, observer).Boolean(Expression.Root, ref packet);
    }
}
