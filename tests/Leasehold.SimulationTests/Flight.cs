using Leasehold.Engine;
using Leasehold.Protocol;
using Leasehold.SimulationTests.Clients;

namespace Leasehold.SimulationTests;

/// <summary>A packet on its way to the server.</summary>
/// <param name="Octets">The payload as the server gets it.</param>
/// <param name="Sender">Who sent it, as only the simulation knows.</param>
/// <param name="Epoch">The sender's epoch when it sent: a packet of an epoch that is over says what the sender no longer means.</param>
/// <param name="Damaged">True when it is not what the sender wrote.</param>
/// <param name="Interface">Where it arrives at the server.</param>
internal sealed record Flight(byte[] Octets, SimulatedClient Sender, int Epoch, bool Damaged, Ipv4 Source, ushort SourcePort, Ipv4 Destination, ServedInterface Interface)
{
    /// <summary>The packet says what its sender means now.</summary>
    public bool IsCurrent => !Damaged && Epoch == Sender.Epoch;
}
