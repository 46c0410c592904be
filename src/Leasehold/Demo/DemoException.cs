namespace Leasehold.Demo;

/// <summary>Something outside this program did not do what was asked: a tool failed, a client got no lease, a server did not start.</summary>
/// <param name="message">What failed, for a person, with the tool's own words where it has some.</param>
public sealed class DemoException(string message) : Exception(message);
