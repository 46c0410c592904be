using Leasehold.Protocol;

namespace Leasehold.Demo.Clients;

/// <summary>A real DHCP client of another project, in a namespace of its own, with all its files in one folder.</summary>
/// <remarks>Nothing of the machine is touched: not its resolver configuration, not its leases, not its interfaces.</remarks>
public abstract class DhcpClient
{
    // Clients wait seconds between tries, some with a random part: this is for a slow machine, not for a slow server.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(45);

    private readonly string eventFile;
    private int seen;

    /// <param name="name">The host name it sends, and the name of its files.</param>
    /// <param name="place">Where it runs.</param>
    /// <param name="link">The interface that it configures.</param>
    /// <param name="folder">Where its files go.</param>
    protected DhcpClient(string name, NamespaceHost place, string link, string folder)
    {
        Name = name;
        Place = place;
        Link = link;
        Folder = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        eventFile = FileOf("events");
        ScriptFile = FileOf("script");
        File.WriteAllText(ScriptFile, ClientEvent.Script(eventFile) + "\n");
        File.SetUnixFileMode(ScriptFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Name { get; }

    /// <summary>The program's name, as Debian knows it.</summary>
    public abstract string Program { get; }

    /// <summary>The state of RFC 2131 §4.4 in which it asks when it is told to renew.</summary>
    public abstract string RenewalState { get; }

    /// <summary>UTC seconds before it last began to ask for a lease or for more time; the lease it got runs from then at the earliest.</summary>
    public long Asked { get; private set; }

    /// <summary>The lease that it holds, as it said itself; null before the first and after a release.</summary>
    public ClientEvent? Lease { get; private set; }

    /// <summary>The Ethernet address of its interface.</summary>
    public HardwareAddress HardwareAddress =>
        HardwareAddress.Parse(Place.Run("cat", $"/sys/class/net/{Link}/address").Trim());

    protected NamespaceHost Place { get; }

    protected string Link { get; }

    protected string Folder { get; }

    protected string ScriptFile { get; }

    protected RunningProgram? Running { get; set; }

    /// <summary>Everything that it told its script so far.</summary>
    public IReadOnlyList<ClientEvent> Events => ClientEvent.ReadAll(eventFile);

    /// <summary>What it wrote to its terminal so far.</summary>
    public string Output => Running?.Output() ?? "";

    /// <summary>Starts the client and waits for its lease.</summary>
    /// <exception cref="DemoException">None came.</exception>
    public Task<ClientEvent> ObtainAsync(CancellationToken cancel)
    {
        Asked = Now();
        Start();
        return NextLeaseAsync("obtains a lease", cancel);
    }

    /// <summary>Tells the client to renew, and waits until it has.</summary>
    /// <exception cref="DemoException">It did not.</exception>
    public Task<ClientEvent> RenewAsync(CancellationToken cancel)
    {
        Asked = Now();
        AskToRenew();
        return NextLeaseAsync("renews its lease", cancel);
    }

    /// <summary>Tells the client to release its lease, and waits until it says that it has sent the message.</summary>
    /// <exception cref="DemoException">It did not.</exception>
    public async Task ReleaseAsync(CancellationToken cancel)
    {
        await AskToReleaseAsync(cancel);
        Lease = null;
    }

    /// <summary>SIGKILL: the client is gone without a word to the server.</summary>
    public void Kill() => Running?.Kill();

    /// <summary>Waits for the client's next lease, for as long as its own timers may need.</summary>
    /// <exception cref="DemoException">None came.</exception>
    public Task<ClientEvent> NextLeaseAsync(CancellationToken cancel) => NextLeaseAsync("is given a lease", cancel);

    /// <summary>Starts the client without waiting for a lease.</summary>
    public abstract void Start();

    protected abstract void AskToRenew();

    protected abstract Task AskToReleaseAsync(CancellationToken cancel);

    protected string FileOf(string name) => Path.Combine(Folder, name);

    /// <summary>Waits for an event after those already seen.</summary>
    protected async Task<ClientEvent> NextEventAsync(Func<ClientEvent, bool> wanted, string expected, CancellationToken cancel)
    {
        ClientEvent? found = null;
        try
        {
            await Wait.UntilAsync(() => Look() || Running is not { HasExited: false }, Limit, $"{Program} ({Name}) {expected}", cancel);
        }
        catch (DemoException failure)
        {
            throw new DemoException($"{failure.Message}; it wrote:\n{Output.Trim()}");
        }

        // What ended may have told its script before.
        if (found is null && !Look()) throw new DemoException($"{Program} ({Name}) ended, but was to show that it {expected}; it wrote:\n{Output.Trim()}");
        return found ?? throw new InvalidOperationException("the condition held without an event");

        bool Look()
        {
            foreach (var happened in Events.Skip(seen))
            {
                seen++;
                if (!wanted(happened)) continue;
                found = happened;
                return true;
            }

            return false;
        }
    }

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private async Task<ClientEvent> NextLeaseAsync(string expected, CancellationToken cancel)
    {
        Lease = await NextEventAsync(happened => happened.IsLease, expected, cancel);
        return Lease;
    }
}
