using System.Collections.Immutable;
using System.Text;
using Leasehold.Configuration.Model;

namespace Leasehold.Log;

/// <summary>A message of the packet path: its id as octets, ready to be written.</summary>
/// <param name="Id">Stable for ever; a section of docs/messages.md.</param>
/// <param name="Component">The logger it goes to: "leases".</param>
/// <param name="DebugLevel">0 to 99 for Debug; 0 for the others.</param>
internal sealed record LogEvent(string Id, string Component, LogSeverity Severity, int DebugLevel = 0)
{
    public ImmutableArray<byte> Utf8Id { get; } = [.. Encoding.UTF8.GetBytes(Id)];
}
