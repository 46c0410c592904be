using System.Buffers.Binary;
using Leasehold.Leases;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>The configured options of a reply: what the client asks for in its order, then what is always to be sent.</summary>
internal static class ReplyOptions
{
    public static void Write(ref Exchange6 x, ref Dhcp6Writer writer)
    {
        OptionSet6 options = OptionsFor(in x);
        Span<ulong> done = stackalloc ulong[(options.Count + 63) / 64];
        done.Clear();

        // RFC 8415 §18.3.9: "If the server is configured to send a Preference option": in an Advertise, whether or not it is asked for.
        if (x.Outcome.Sent == MessageType6.Advertise) Write(ref writer, options, OptionCode6.Preference, done);

        // RFC 8415 §18.3.2: "The server includes other options containing configuration information to be returned to the client", those of option 6.
        for (int at = 0; at + 1 < x.OptionRequest.Length; at += sizeof(ushort))
        {
            ushort code = BinaryPrimitives.ReadUInt16BigEndian(x.OptionRequest[at..]);
            WriteUnlessAnswered(ref writer, options, code, done);
            if (!options.Has(code) && !IsProtocols(code) && IsFirst(x.OptionRequest[..at], code) && RelaySupplied.TryFind(in x, code, out ReadOnlySpan<byte> supplied)) writer.Add(code, supplied);
        }

        foreach (ushort code in options.AlwaysSent) WriteUnlessAnswered(ref writer, options, code, done);
    }

    /// <summary>The client lists the option in option 6.</summary>
    public static bool IsRequested(scoped in Exchange6 x, ushort wanted)
    {
        for (int at = 0; at + 1 < x.OptionRequest.Length; at += sizeof(ushort))
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(x.OptionRequest[at..]) == wanted) return true;
        }

        return false;
    }

    private static bool IsFirst(ReadOnlySpan<byte> before, ushort code)
    {
        for (int at = 0; at + 1 < before.Length; at += sizeof(ushort))
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(before[at..]) == code) return false;
        }

        return true;
    }

    private static void WriteUnlessAnswered(ref Dhcp6Writer writer, OptionSet6 options, ushort code, scoped Span<ulong> done)
    {
        if (!IsProtocols(code)) Write(ref writer, options, code, done);
    }

    private static void Write(ref Dhcp6Writer writer, OptionSet6 options, ushort code, scoped Span<ulong> done)
    {
        if (!options.TryFind(code, out int place) || (done[place >> 6] & (1UL << (place & 63))) != 0) return;
        done[place >> 6] |= 1UL << (place & 63);
        foreach (byte[] value in options[place]) writer.Add(code, value);
    }

    // What the protocol itself says, and what stands inside other options: RFC 8415 §21.7 keeps these out of option 6.
    private static bool IsProtocols(ushort code) => code
        is 0
        or OptionCode6.ClientId or OptionCode6.ServerId or OptionCode6.IaNa or OptionCode6.IaTa or OptionCode6.IaAddress
        or OptionCode6.OptionRequest or OptionCode6.Preference or OptionCode6.ElapsedTime or OptionCode6.RelayMessage
        or OptionCode6.Authentication or OptionCode6.StatusCode or OptionCode6.RapidCommit or OptionCode6.UserClass
        or OptionCode6.InterfaceId or OptionCode6.ReconfigureMessage or OptionCode6.ReconfigureAccept
        or OptionCode6.IaPd or OptionCode6.IaPrefix or OptionCode6.RemoteId or OptionCode6.SubscriberId
        or OptionCode6.ClientFqdn or OptionCode6.EchoRequest or OptionCode6.RelaySuppliedOptions or OptionCode6.PrefixExclude
        or OptionCode6.ClientLinkLayerAddress or OptionCode6.RelaySourcePort;

    private static OptionSet6 OptionsFor(scoped in Exchange6 x)
    {
        if (!x.IsLocated) return x.Config.Options.Of(x.Classes, x.Config.Nowhere, reserved: null);
        ServingPool6? pool = PoolOf(in x, LeaseType6.NonTemporary) ?? PoolOf(in x, LeaseType6.Prefix);
        return x.Config.Options.Of(x.Classes, pool?.Options ?? x.Subnet.Options, x.Reservation?.Options);
    }

    private static ServingPool6? PoolOf(scoped in Exchange6 x, LeaseType6 type)
    {
        foreach (ref readonly Grant grant in x.Bindings.All)
        {
            if (grant.IsGiven && grant.Type == type && grant.Pool is { } pool) return pool;
        }

        return null;
    }
}
