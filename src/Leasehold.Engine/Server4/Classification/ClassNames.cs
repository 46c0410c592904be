using Leasehold.Configuration.Expressions;

namespace Leasehold.Engine.V4;

/// <summary>The classes that an expression names.</summary>
internal static class ClassNames
{
    public static IEnumerable<string> In(Expression? expression) => expression is OperationExpression operation ? operation.Arguments.SelectMany(In) : [];
}
