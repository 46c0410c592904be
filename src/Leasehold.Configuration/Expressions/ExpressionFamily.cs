namespace Leasehold.Configuration.Expressions;

/// <summary>Whose packets an expression is about; not everything exists in both.</summary>
public enum ExpressionFamily
{
    V4,
    V6,
}
