namespace Leasehold.Engine.Expressions;

/// <summary>Told of every part of an expression that is worked out, the inner ones first. Parts that and, or and ifelse pass over are not told.</summary>
internal interface IExpressionObserver
{
    /// <param name="part">As it is written.</param>
    void SawBoolean(ReadOnlySpan<char> part, bool value);

    /// <inheritdoc cref="SawBoolean"/>
    void SawOctets(ReadOnlySpan<char> part, ReadOnlySpan<byte> value);

    /// <inheritdoc cref="SawBoolean"/>
    /// <param name="value">Null for no number.</param>
    void SawNumber(ReadOnlySpan<char> part, long? value);
}

/// <summary>Nobody looks: the evaluator is compiled without a trace of observing.</summary>
internal readonly struct NoObserver : IExpressionObserver
{
    public void SawBoolean(ReadOnlySpan<char> part, bool value)
    {
    }

    public void SawOctets(ReadOnlySpan<char> part, ReadOnlySpan<byte> value)
    {
    }

    public void SawNumber(ReadOnlySpan<char> part, long? value)
    {
    }
}
