using Leasehold.Demo.Clients;

namespace Leasehold.Demo;

/// <summary>
/// What the demonstration does: clients obtain leases, the server is killed and started again, clients renew, the server is killed
/// again, clients release. After each kill the lease files must hold everything that a client was told.
/// </summary>
public sealed class DemoStory(DemoNetwork network, DemoAccount account)
{
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(10);

    private ServerProcess Server => network.Server;

    private IReadOnlyList<DhcpClient> Clients => network.Clients;

    private int LeaseCount => Clients.Sum(client => LeaseOf(client) is { Address: null } lease ? lease.Given6.Count() : 1);

    /// <summary>Runs it to the end.</summary>
    /// <returns>What each client held.</returns>
    /// <exception cref="DemoException">Something did not happen, or an acknowledged lease was lost.</exception>
    public async Task<IReadOnlyList<ClientResult>> RunAsync(CancellationToken cancel)
    {
        await account.StepAsync(
            "the server starts",
            () => Server.StartAsync(cancel),
            () => $"the server serves 192.0.2.0/24 and 2001:db8:1::/64 (process {Server.Running?.Id})");
        await account.StepAsync(
            "udhcpc, dhclient and dhcpcd ask for addresses, one of them for a prefix",
            () => account.EachAsync(Clients, "obtained", client => client.ObtainAsync(cancel)),
            () => $"{Clients.Count} clients obtained leases: {Held()}");
        var results = Clients.Select(client => new ClientResult(client, LeaseOf(client))).ToList();

        await KillAndRestartAsync(cancel);
        await account.StepAsync(
            "the clients renew",
            async () =>
            {
                // The lease file counts whole seconds: in the next one a renewal shows.
                await Task.Delay(TimeSpan.FromSeconds(1), cancel);
                await account.EachAsync(Clients, "renewed", client => RenewAsync(client, cancel));
            },
            () => $"each renewed and kept what it had: {string.Join(", ", Clients.Select(client => $"{client.Program} {client.RenewalState}"))}");
        await KillAndRestartAsync(cancel);

        await account.StepAsync(
            "the clients release",
            () => account.EachAsync(Clients, "released", client => ReleaseAsync(client, cancel)),
            () => "each client released its leases, and the lease files say so");
        await account.StepAsync(
            "the server is told to end",
            () => StopAsync(cancel),
            () => "the server ended cleanly after SIGTERM");
        return results;
    }

    private async Task KillAndRestartAsync(CancellationToken cancel)
    {
        await account.StepAsync(
            "the server is killed",
            () =>
            {
                Server.Kill();
                CheckRecorded();
                return Task.CompletedTask;
            },
            () => $"SIGKILL: the server is gone; its files hold all {LeaseCount} acknowledged leases");
        await account.StepAsync(
            "the server starts again",
            () => Server.StartAsync(cancel),
            () => $"the server is back with its leases (process {Server.Running?.Id})");
    }

    /// <summary>Compares what the clients were told with what the file says, now that nobody can write to it.</summary>
    private void CheckRecorded()
    {
        var recorded = RecordedLeases.Read(Server.LeaseFile);
        foreach (var client in Clients)
        {
            var told = LeaseOf(client);
            string hardwareAddress = $"{client.HardwareAddress}";
            if (told.Address is null)
            {
                CheckRecorded6(client, told, hardwareAddress);
                continue;
            }

            if (told.Address is not { } address || !recorded.TryGetValue(address, out var lease))
                throw new DemoException($"{client.Name} was told {told.Address}, but the lease file has no such address");
            if (!lease.IsInUse || lease.HardwareAddress != hardwareAddress || lease.ValidLifetime != told.LeaseSeconds)
                throw new DemoException($"{client.Name} ({hardwareAddress}) was told {told}, but the lease file says {lease}");
            if (lease.Expire < client.Asked + told.LeaseSeconds)
                throw new DemoException($"{client.Name} was told {told} at {client.Asked} or later, but the lease file has an older line: {lease}");
        }
    }

    private void CheckRecorded6(DhcpClient client, ClientEvent told, string hardwareAddress)
    {
        if (told.Address6 is null || told.Prefix is null)
            throw new DemoException($"{client.Name} asked for an address and a prefix, and was given {told.Given} alone");
        var recorded = RecordedLeases6.Read(Server.LeaseFile6);
        foreach (var leased in told.Given6)
        {
            if (!recorded.TryGetValue(leased, out var lease)) throw new DemoException($"{client.Name} was told {leased}, but the lease file does not have it");
            if (!lease.IsInUse || lease.HardwareAddress != hardwareAddress || lease.ValidLifetime != told.LeaseSeconds)
                throw new DemoException($"{client.Name} ({hardwareAddress}) was told {told}, but the lease file says {lease}");
            if (lease.Expire < client.Asked + told.LeaseSeconds)
                throw new DemoException($"{client.Name} was told {told} at {client.Asked} or later, but the lease file has an older line: {lease}");
        }
    }

    private static async Task RenewAsync(DhcpClient client, CancellationToken cancel)
    {
        var before = LeaseOf(client);
        var renewed = await client.RenewAsync(cancel);
        if (renewed.Given != before.Given) throw new DemoException($"{client.Name} had {before.Given} and was given {renewed.Given}");
    }

    private async Task ReleaseAsync(DhcpClient client, CancellationToken cancel)
    {
        var held = LeaseOf(client);
        await client.ReleaseAsync(cancel);
        // A release is not answered (RFC 2131 §4.4.6), or the client does not wait for the answer, so the file tells when it is done.
        await Wait.UntilAsync(() => IsReleased(held), WriteLimit, $"the lease file shows {held.Given} as released", cancel);
    }

    private bool IsReleased(ClientEvent held)
    {
        if (held.Address is { } address) return !RecordedLeases.Read(Server.LeaseFile)[address].IsInUse;
        var recorded = RecordedLeases6.Read(Server.LeaseFile6);
        return held.Given6.All(leased => !recorded[leased].IsInUse);
    }

    private async Task StopAsync(CancellationToken cancel)
    {
        if (Server.Running is not { } running) throw new DemoException("the server does not run");
        await running.TerminateAsync(cancel);
        if (running.ExitStatus != 0) throw new DemoException($"the server ended with exit status {running.ExitStatus} after SIGTERM");
    }

    private string Held() => string.Join(", ", Clients.Select(client => $"{client.Name} {LeaseOf(client).Given}"));

    private static ClientEvent LeaseOf(DhcpClient client) => client.Lease ?? throw new DemoException($"{client.Name} holds no lease");
}
