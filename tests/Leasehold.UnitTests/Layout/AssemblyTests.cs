using Xunit;

namespace Leasehold.UnitTests.Layout;

/// <summary>The walls once more, as the compiled assemblies are: what an assembly does not reference it cannot do.</summary>
public sealed class AssemblyTests
{
    private const string Why =
        "the engine gives the same bytes for the same configuration, leases, packets, times and seed; "
        + "what is not an argument (a clock, a file, a socket, another thread) cannot be replayed.";

    // Reading text as an address is no I/O; iterators of the compiler ask for the current thread's number.
    private static readonly string[] Harmless =
        ["System.Net.IPAddress", "System.Net.IPNetwork", "System.Net.Sockets.AddressFamily", "System.Environment.get_CurrentManagedThreadId"];

    private static readonly string[] Clock =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTimeOffset.get_Now",
        "System.DateTimeOffset.get_UtcNow", "System.Diagnostics.Stopwatch", "System.TimeProvider", "System.Environment",
    ];

    private static readonly string[] Chance =
        ["System.Random.get_Shared", "System.Random..ctor()", "System.Guid.NewGuid", "System.Guid.CreateVersion7", "System.Security.Cryptography.RandomNumberGenerator"];

    private static readonly string[] World =
        ["System.Console", "System.Diagnostics.Process", "System.Net.", "System.Runtime.InteropServices.NativeLibrary", "Microsoft."];

    private static readonly string[] Files = ["System.IO."];
    private static readonly string[] Threads = ["System.Threading."];
    private static readonly string[] Dhcp = ["Leasehold.Protocol.V4.", "Leasehold.Protocol.V6.", "Leasehold.Protocol.Dns."];

    [Theory]
    [InlineData("Leasehold.Protocol")]
    [InlineData("Leasehold.Engine")]
    public void Protocol_and_Engine_are_pure(string assembly) => Rule.Holds(
        $"{assembly} references no sockets, files, threads, clock, environment or chance of its own.",
        Why,
        AssemblyReferences.Forbidden(PathOf(assembly), [.. Clock, .. Chance, .. World, .. Files, .. Threads], Harmless));

    [Theory]
    [InlineData("Leasehold.Configuration")]
    [InlineData("Leasehold.Leases")]
    public void Configuration_and_Leases_read_and_write_files_and_nothing_else(string assembly) => Rule.Holds(
        $"{assembly} references no sockets, clock, environment or chance of its own.",
        Why,
        AssemblyReferences.Forbidden(PathOf(assembly), [.. Clock, .. Chance, .. World], Harmless));

    [Fact]
    public void Net_knows_no_dhcp() => Rule.Holds(
        "Leasehold.Net uses the value types of Leasehold.Protocol, not its messages.",
        "sockets carry octets; who reads them is decided above.",
        AssemblyReferences.Forbidden(PathOf("Leasehold.Net"), Dhcp, []));

    [Fact]
    public void The_rule_bites()
    {
        string[] all = [.. Clock, .. Chance, .. World, .. Files, .. Threads];
        string found = string.Join('\n', AssemblyReferences.Forbidden(typeof(AssemblyTests).Assembly.Location, all, Harmless));
        foreach (string sample in (string[])["System.DateTime.get_UtcNow", "System.Random..ctor()", "System.Diagnostics.Stopwatch", "System.IO.File", "System.Guid.NewGuid"])
        {
            Assert.Contains(sample, found, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("System.Net.IPAddress", found, StringComparison.Ordinal);
        Assert.DoesNotContain("System.Random..ctor(Int32)", found, StringComparison.Ordinal);
    }

    // Never called: what the rule must find in this assembly, and what it must not.
    public static object Samples(string text) => (
        DateTime.UtcNow, new Random(), new Random(1).Next(), System.Diagnostics.Stopwatch.GetTimestamp(), Guid.NewGuid(), System.Net.IPAddress.Parse(text));

    private static string PathOf(string assembly) => Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll");
}
