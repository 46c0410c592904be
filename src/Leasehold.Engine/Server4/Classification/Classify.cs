using Leasehold.Engine.Classification;
using Leasehold.Engine.Expressions;

namespace Leasehold.Engine.V4;

/// <summary>Step 4, in three parts: before the subnet is chosen, when the reservation is known, and for the place that the client is served at.</summary>
internal static class Classify
{
    // The two names that cable modems are known by, whatever follows in their option 60.
    private static ReadOnlySpan<byte> Modem => "docsis3.0"u8;
    private static ReadOnlySpan<byte> Router => "eRouter1.0"u8;

    /// <summary>What the packet alone tells. False: the client is in class DROP.</summary>
    public static bool TryByPacket(ref Exchange4 x)
    {
        x.Classes.Clear();
        x.Classes.Add(BuiltInClass.All);
        if (x.Message.IsBootp) x.Classes.Add(BuiltInClass.Bootp);
        if (x.Config.Classes.Vendors && !x.VendorClass.IsEmpty) AddVendor(in x);
        foreach (ServingClass4 tested in x.Config.Classes.Early) Test(ref x, tested);
        return !x.Classes.Contains(BuiltInClass.Drop) || x.Drop(DropReason.DropClass);
    }

    /// <summary>What a global reservation adds that is looked up before the subnet is chosen. False: the client is in class DROP.</summary>
    /// <remarks>Of a client without one nothing is known yet: its subnet may have a reservation for it.</remarks>
    public static bool TryByEarlyReservation(ref Exchange4 x)
    {
        if (x.Config.EarlyGlobalReservations) x.EarlyReservation = x.Config.Reservations.FindGlobal(in x);
        if (x.EarlyReservation is { } early) AddReserved(in x, early);
        x.EarlyClasses = x.Classes.Count;
        return x.EarlyReservation is null || TryDependent(ref x);
    }

    /// <summary>What the reservation adds, and the classes that depend on it. False: the client is in class DROP.</summary>
    public static bool TryByReservation(ref Exchange4 x)
    {
        // Classes that depend on reservations are found again: now all of these are known.
        x.Classes.KeepFirst(x.EarlyClasses);
        if (!x.IsKnown) x.Classes.Add(BuiltInClass.Unknown);
        else if (x.Reservation is { } reservation) AddReserved(in x, reservation);
        else x.Classes.Add(BuiltInClass.Known);
        return TryDependent(ref x);
    }

    private static void AddReserved(scoped in Exchange4 x, ServingReservation reservation)
    {
        x.Classes.Add(BuiltInClass.Known);
        foreach (int index in reservation.Classes) x.Classes.Add(index);
    }

    private static bool TryDependent(ref Exchange4 x)
    {
        foreach (ServingClass4 tested in x.Config.Classes.Late) Test(ref x, tested);
        return !x.Classes.Contains(BuiltInClass.Drop) || x.Drop(DropReason.DropClass);
    }

    /// <summary>What the reservation of the subnet adds that the client was moved to within its network; it shapes the reply alone.</summary>
    public static void ByMove(scoped in Exchange4 x)
    {
        if (x.Reservation is { } reservation) AddReserved(in x, reservation);
    }

    /// <summary>The classes that the place asks for: the pool's, the subnet's, the network's.</summary>
    public static void ByPlace(ref Exchange4 x, ServingPool? pool)
    {
        if (pool is not null) Add(ref x, pool.Additional.AsSpan());
        Add(ref x, x.Subnet.Additional.AsSpan());
        if (x.Subnet.Network is { } network) Add(ref x, network.Additional.AsSpan());

        static void Add(ref Exchange4 x, ReadOnlySpan<int> asked)
        {
            ExpressionPacket4 packet = new(in x, x.Classes.Members);
            x.Config.Classes.AddAsked(ref packet, asked, x.Classes, x.Scratch.Class);
        }
    }

    private static void Test(ref Exchange4 x, ServingClass4 tested)
    {
        ExpressionPacket4 packet = new(in x, x.Classes.Members);
        x.Config.Classes.Test(ref packet, tested, x.Classes, x.Scratch.Class);
    }

    private static void AddVendor(scoped in Exchange4 x)
    {
        ReadOnlySpan<byte> vendor = x.VendorClass;
        if (vendor.IndexOf(Modem) >= 0) x.Config.Classes.AddVendor(Modem, x.Classes, x.Scratch.Class);
        if (vendor.IndexOf(Router) >= 0) x.Config.Classes.AddVendor(Router, x.Classes, x.Scratch.Class);
        x.Config.Classes.AddVendor(vendor, x.Classes, x.Scratch.Class);
    }
}
