using System.Buffers.Binary;
using Leasehold.Configuration.Model;
using Leasehold.Leases;
using Leasehold.Protocol.V4;

namespace Leasehold.SimulationTests.Serving;

/// <summary>A bug put in around the server on purpose: the product's code stays as it is, what goes in or comes out is changed.</summary>
/// <remarks>What the judge is told is always the truth: the packet as it was sent, the octets that left, the configuration as it is written.</remarks>
internal sealed class Sabotage(Bug bug)
{
    /// <summary>The disk says yes to a sync and does nothing.</summary>
    public bool DiskLies => bug == Bug.SyncSkipped;

    /// <summary>The disk keeps what is in files, and forgets that there are files.</summary>
    public bool DirectoryLies => bug == Bug.DirectorySyncSkipped;

    public bool SendsBeforeCommit => bug == Bug.SentBeforeCommit;

    public bool IgnoresFailedCommits => bug == Bug.FailedCommitIgnored;

    public bool KeepsFailedChanges => bug == Bug.NoRollback;

    public bool NeverAdvances => bug == Bug.NoReclaim;

    public bool IgnoresReloads => bug == Bug.ReloadIgnored;

    /// <summary>Seconds that the server is ahead of its clock when it lets leases go.</summary>
    public uint AdvancesEarly => bug == Bug.ReclaimedEarly ? 120u : 0;

    /// <summary>The packet as the engine gets it.</summary>
    public byte[] Packet(byte[] octets)
    {
        if (bug != Bug.ClientIdIgnored) return octets;
        byte[] without = [.. octets];
        for (int at = Dhcp4Message.FixedLength + 4; at + 1 < without.Length && without[at] != OptionCode4.End;)
        {
            if (without[at] == OptionCode4.Pad)
            {
                at++;
                continue;
            }

            // An option that nobody knows.
            if (without[at] == OptionCode4.ClientIdentifier) without[at] = 253;
            at += 2 + without[at + 1];
        }

        return without;
    }

    public Dhcp4Config Config(Dhcp4Config config) => bug switch
    {
        Bug.ReservationsIgnored => config with { Subnets = [.. config.Subnets.Select(subnet => subnet with { Reservations = [] })] },
        Bug.ProbationTooShort => config with { DeclineProbationPeriod = new(config.DeclineProbationPeriod.Seconds / 2) },
        _ => config,
    };

    /// <summary>The change is in the table only.</summary>
    public bool IsNotLogged(in LeaseChange4 change, bool isRenewal) => (bug, change.Kind) switch
    {
        (Bug.RenewalNotLogged, LeaseChangeKind.Commit) => isRenewal,
        (Bug.QuarantineNotLogged, LeaseChangeKind.Decline) => true,
        (Bug.ReleaseNotLogged, LeaseChangeKind.Release) => true,
        _ => false,
    };

    /// <summary>The change as log and table get it.</summary>
    public LeaseChange4 Change(in LeaseChange4 change) => (bug, change.Kind) switch
    {
        (Bug.OfferNotHeld, LeaseChangeKind.Offer) => default,
        (Bug.QuarantineForgotten, LeaseChangeKind.Decline) => default,
        (Bug.ReleaseForgotten, LeaseChangeKind.Release) => default,
        (Bug.OldLeaseKept, LeaseChangeKind.Commit) => change with { Vacates = null },
        (Bug.StoredShorter, LeaseChangeKind.Commit) => change with
        {
            Lease = change.Lease with { Expire = new(change.Lease.Expire.Seconds - 60), ValidLifetime = new(change.Lease.ValidLifetime.Seconds - 60) },
        },
        _ => change,
    };

    /// <summary>The reply as it leaves.</summary>
    public void Reply(Span<byte> reply, MessageType4 type)
    {
        switch (bug)
        {
            case Bug.AckOneHourLonger when type == MessageType4.Ack && Value(reply, OptionCode4.LeaseTime) is { Length: 4 } time:
                BinaryPrimitives.WriteUInt32BigEndian(time, BinaryPrimitives.ReadUInt32BigEndian(time) + 3600);
                break;
            case Bug.RenewalTimeMiscounted when Value(reply, OptionCode4.RenewalTime) is { Length: 4 } t1:
                BinaryPrimitives.WriteUInt32BigEndian(t1, BinaryPrimitives.ReadUInt32BigEndian(t1) * 2);
                break;
            case Bug.AckToAnotherXid when type == MessageType4.Ack:
                reply[7] ^= 1;
                break;
            case Bug.NakNotBroadcast when type == MessageType4.Nak:
                reply[10] &= 0x7f;
                break;
        }
    }

    private static Span<byte> Value(Span<byte> message, byte code)
    {
        for (int at = Dhcp4Message.FixedLength + 4; at + 1 < message.Length && message[at] != OptionCode4.End; at += 2 + message[at + 1])
        {
            if (message[at] == code) return message.Slice(at + 2, message[at + 1]);
        }

        return default;
    }
}
