using System.Buffers.Binary;
using Leasehold.Engine.Classification;
using Leasehold.Engine.Expressions;
using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>Step 4, in four parts: before the subnet is chosen, by a global reservation if it is to choose the subnet, when the reservation is known, and for the places that the client is served at.</summary>
internal static class Classify
{
    /// <summary>What the packet alone tells. False: the client is in class DROP.</summary>
    public static bool TryByPacket(ref Exchange6 x)
    {
        x.Classes.Clear();
        x.Classes.Add(BuiltInClass.All);
        if (x.Config.Classes.Vendors) AddVendors(in x);
        foreach (ServingClass6 tested in x.Config.Classes.Early) Test(ref x, tested);
        return !x.Classes.Contains(BuiltInClass.Drop) || x.Drop(DropReason6.DropClass);
    }

    /// <summary>What a global reservation adds before the subnet is chosen (early-global-reservations-lookup). False: the client is in class DROP.</summary>
    /// <remarks>Of a client without one nothing is known yet: its subnet may have a reservation for it.</remarks>
    public static bool TryByEarlyReservation(ref Exchange6 x)
    {
        if (x.Config.EarlyGlobalReservations) ClientIdentity.IdentifyEarly(ref x);
        if (x.EarlyReservation is { } early) AddReserved(in x, early);
        x.EarlyClasses = x.Classes.Count;
        return x.EarlyReservation is null || TryDependent(ref x);
    }

    /// <summary>What the reservation adds, and the classes that depend on it. False: the client is in class DROP.</summary>
    public static bool TryByReservation(ref Exchange6 x)
    {
        // Classes that depend on reservations are found again: now all of these are known.
        x.Classes.KeepFirst(x.EarlyClasses);
        if (x.Reservation is { } reservation) AddReserved(in x, reservation);
        else x.Classes.Add(x.EarlyReservation is null ? BuiltInClass.Unknown : BuiltInClass.Known);
        return TryDependent(ref x);
    }

    private static void AddReserved(scoped in Exchange6 x, ServingReservation6 reservation)
    {
        x.Classes.Add(BuiltInClass.Known);
        foreach (int index in reservation.Classes) x.Classes.Add(index);
    }

    private static bool TryDependent(ref Exchange6 x)
    {
        foreach (ServingClass6 tested in x.Config.Classes.Late) Test(ref x, tested);
        return !x.Classes.Contains(BuiltInClass.Drop) || x.Drop(DropReason6.DropClass);
    }

    /// <summary>The classes that the places of what is given ask for: pools, then the subnet, then its network.</summary>
    public static void ByPlace(ref Exchange6 x)
    {
        if (!x.IsLocated) return;
        foreach (ref readonly Grant grant in x.Bindings.All)
        {
            if (grant.IsGiven && grant.Pool is { } pool) Add(ref x, pool.Additional.AsSpan());
        }

        Add(ref x, x.Subnet.Additional.AsSpan());
        Add(ref x, x.Subnet.Network.Additional.AsSpan());

        static void Add(ref Exchange6 x, ReadOnlySpan<int> asked)
        {
            ExpressionPacket6 packet = new(in x, x.Classes.Members);
            x.Config.Classes.AddAsked(ref packet, asked, x.Classes, x.Scratch.Class);
        }
    }

    private static void Test(ref Exchange6 x, ServingClass6 tested)
    {
        ExpressionPacket6 packet = new(in x, x.Classes.Members);
        x.Config.Classes.Test(ref packet, tested, x.Classes, x.Scratch.Class);
    }

    // RFC 8415 §21.16: an enterprise number, then texts of 2 octets of length each. A class is named after a text.
    private static void AddVendors(scoped in Exchange6 x)
    {
        OptionReader6 options = x.Message.Options;
        while (options.TryRead(out ushort code, out ReadOnlySpan<byte> value))
        {
            if (code != OptionCode6.VendorClass || value.Length < sizeof(uint)) continue;
            ReadOnlySpan<byte> texts = value[sizeof(uint)..];
            while (texts.Length >= sizeof(ushort) && BinaryPrimitives.ReadUInt16BigEndian(texts) is var length && length <= texts.Length - sizeof(ushort))
            {
                x.Config.Classes.AddVendor(texts.Slice(sizeof(ushort), length), x.Classes, x.Scratch.Class);
                texts = texts[(sizeof(ushort) + length)..];
            }
        }
    }
}
