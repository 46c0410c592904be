using Leasehold.Protocol;

namespace Leasehold.SystemTests.Crash;

/// <summary>What clients were told and rely on: who has which address. It knows nothing of the server but its acknowledgements.</summary>
public sealed class LeaseLedger
{
    private readonly Dictionary<Ipv4, HardwareAddress> held = [];
    private readonly List<Ipv4> released = [];
    private readonly List<string> broken = [];

    /// <summary>Every lease that was acknowledged and not released since.</summary>
    public IReadOnlyDictionary<Ipv4, HardwareAddress> Held => held;

    /// <summary>Promises that the server broke, in words.</summary>
    public IReadOnlyList<string> Broken => broken;

    public long Granted { get; private set; }

    public long Renewed { get; private set; }

    /// <summary>Addresses that were given back, in this order.</summary>
    public IReadOnlyList<Ipv4> Released => released;

    /// <summary>A client without an address was told that it has one.</summary>
    public void Grant(HardwareAddress client, Ipv4 address)
    {
        Granted++;
        if (!held.TryAdd(address, client)) broken.Add($"{address} was given to {client} while {held[address]} has it");
    }

    /// <summary>A client that has an address was told so again, or was told another one.</summary>
    public void Renew(HardwareAddress client, Ipv4 address, Ipv4 told)
    {
        Renewed++;
        if (told != address) broken.Add($"{client} has {address} and was told {told}");
    }

    /// <summary>A client that has an address was told that it has not.</summary>
    public void Refuse(HardwareAddress client, Ipv4 address) => broken.Add($"{client} has {address} and was refused it: the lease is lost");

    /// <summary>A client gives its address back: from the moment before it says so, it relies on nothing.</summary>
    public void Release(Ipv4 address)
    {
        released.Add(address);
        held.Remove(address);
    }
}
