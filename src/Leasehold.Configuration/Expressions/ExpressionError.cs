namespace Leasehold.Configuration.Expressions;

/// <summary>What is wrong with an expression.</summary>
/// <param name="Offset">Where, from 0, in UTF-16 units of the expression's text.</param>
/// <param name="Message">What and why, as in <see cref="ConfigDiagnostic"/>.</param>
/// <param name="Remedy">What to write instead; null where the message says it all.</param>
public readonly record struct ExpressionError(int Offset, string Message, string? Remedy);
