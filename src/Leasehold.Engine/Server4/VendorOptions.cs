using Leasehold.Protocol;
using Leasehold.Protocol.V4.Options;

namespace Leasehold.Engine.V4;

/* RFC 3925 §4
   +-----------------------+----------+--------------------------------------+
   | enterprise-number (4) | data-len | { subopt-code (1), len (1), value }  |  again for each enterprise
   +-----------------------+----------+--------------------------------------+   */

/// <summary>Option 125 for one client: of the enterprises that have options those that the client names in its own option 124 or 125.</summary>
internal static class VendorOptions
{
    /// <summary>CableLabs, whose devices list in sub-option 1 which sub-options they want (CL-SP-CANN-DHCP-Reg).</summary>
    private const uint CableLabs = 4491;

    private const byte OptionRequest = 1;

    /// <summary>The option's value; empty when there is nothing for this client.</summary>
    public static ReadOnlySpan<byte> For(scoped in Exchange4 x, OptionSet4 options)
    {
        WireWriter writer = new(x.Scratch.VendorAnswer);
        foreach (EnterpriseOptions enterprise in options.Enterprises)
        {
            bool asks = VendorBlocks.TryFind(x.VendorIdentifyingOptions, enterprise.Number, out ReadOnlySpan<byte> wanted);
            if (!asks && !enterprise.IsForAll && !VendorBlocks.TryFind(x.VendorIdentifyingClass, enterprise.Number, out _)) continue;
            ReadOnlySpan<byte> list = enterprise.Number == CableLabs ? RequestList(wanted) : default;
            Write(ref writer, enterprise, list);
        }

        return writer.Written;
    }

    private static void Write(ref WireWriter writer, EnterpriseOptions enterprise, scoped ReadOnlySpan<byte> list)
    {
        int length = 0;
        SubOptionReader4 counted = new(enterprise.Data);
        while (counted.TryRead(out byte code, out ReadOnlySpan<byte> value))
        {
            if (IsWanted(enterprise, list, code)) length += 2 + value.Length;
        }

        if (length == 0) return;
        writer.WriteUInt32(enterprise.Number);
        writer.WriteByte((byte)length);
        SubOptionReader4 written = new(enterprise.Data);
        while (written.TryRead(out byte code, out ReadOnlySpan<byte> value))
        {
            if (!IsWanted(enterprise, list, code)) continue;
            writer.WriteByte(code);
            writer.WriteByte((byte)value.Length);
            writer.WriteOctets(value);
        }
    }

    private static bool IsWanted(EnterpriseOptions enterprise, scoped ReadOnlySpan<byte> list, byte code) =>
        list.IsEmpty || list.Contains(code) || enterprise.Persistent.Contains(code);

    private static ReadOnlySpan<byte> RequestList(ReadOnlySpan<byte> data)
    {
        SubOptionReader4 subOptions = new(data);
        while (subOptions.TryRead(out byte code, out ReadOnlySpan<byte> value))
        {
            if (code == OptionRequest) return value;
        }

        return default;
    }
}
