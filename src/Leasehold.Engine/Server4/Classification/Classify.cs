using System.Text;
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
        x.Classes.Add(ClassTable.All);
        if (x.Message.IsBootp) x.Classes.Add(ClassTable.Bootp);
        if (x.Config.Classes.Vendors && !x.VendorClass.IsEmpty) AddVendor(in x);
        foreach (ServingClass tested in x.Config.Classes.Early) Test(ref x, tested);
        return !x.Classes.Contains(ClassTable.Drop) || x.Drop(DropReason.DropClass);
    }

    /// <summary>What the reservation adds, and the classes that depend on it. False: the client is in class DROP.</summary>
    public static bool TryByReservation(ref Exchange4 x)
    {
        x.Classes.Add(x.Reservation is null ? ClassTable.Unknown : ClassTable.Known);
        if (x.Reservation is { } reservation)
        {
            foreach (int index in reservation.Classes) x.Classes.Add(index);
        }

        foreach (ServingClass tested in x.Config.Classes.Late) Test(ref x, tested);
        return !x.Classes.Contains(ClassTable.Drop) || x.Drop(DropReason.DropClass);
    }

    /// <summary>The classes that the place asks for: the pool's, the subnet's, the network's.</summary>
    public static void ByPlace(ref Exchange4 x, ServingPool? pool)
    {
        if (pool is not null) Add(ref x, pool.Additional.AsSpan());
        Add(ref x, x.Subnet.Additional.AsSpan());
        if (x.Subnet.Network is { } network) Add(ref x, network.Additional.AsSpan());

        static void Add(ref Exchange4 x, ReadOnlySpan<int> classes)
        {
            foreach (int index in classes)
            {
                // A class without an expression is for everybody who is served here.
                if (x.Config.Classes.Find(index) is not { } defined) continue;
                if (defined.Definition.Test is null) x.Classes.Add(index);
                else Test(ref x, defined);
            }
        }
    }

    private static void Test(ref Exchange4 x, ServingClass tested)
    {
        ExpressionPacket4 packet = new(in x, x.Classes.Members);
        if (tested.Condition is { } condition)
        {
            if (condition.Holds(ref packet, x.Scratch.Expression)) x.Classes.Add(tested.Index);
            return;
        }

        ReadOnlySpan<byte> value = tested.Template is { } template ? template.Evaluate(ref packet, x.Scratch.Expression) : default;
        if (value.IsEmpty) return;
        if (TryFind(in x, ClassTable.SpawnPrefix, tested.Definition.Name, value, out int spawned)) x.Classes.Add(spawned);
        x.Classes.Add(tested.Index);
    }

    private static void AddVendor(scoped in Exchange4 x)
    {
        ReadOnlySpan<byte> vendor = x.VendorClass;
        if (vendor.IndexOf(Modem) >= 0 && TryFind(in x, ClassTable.VendorPrefix, "", Modem, out int index)) x.Classes.Add(index);
        if (vendor.IndexOf(Router) >= 0 && TryFind(in x, ClassTable.VendorPrefix, "", Router, out index)) x.Classes.Add(index);
        if (TryFind(in x, ClassTable.VendorPrefix, "", vendor, out index)) x.Classes.Add(index);
    }

    /// <summary>Looks for a class by the parts of its name.</summary>
    private static bool TryFind(scoped in Exchange4 x, string prefix, string name, scoped ReadOnlySpan<byte> value, out int index)
    {
        Span<char> text = x.Scratch.ClassName;
        int length = prefix.Length + name.Length + (name.Length == 0 ? 0 : 1);
        if (length + value.Length > text.Length)
        {
            index = -1;
            return false;
        }

        prefix.CopyTo(text);
        name.CopyTo(text[prefix.Length..]);
        if (name.Length > 0) text[length - 1] = '_';
        length += Encoding.Latin1.GetChars(value, text[length..]);
        return x.Config.Classes.TryFind(text[..length], out index);
    }
}
