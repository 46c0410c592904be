using System.Buffers.Text;
using Leasehold.Protocol;

namespace Leasehold.Leases.Memfile;

/// <summary>Keeps a hardware type other than Ethernet in the user context, because the lease file has no column for it.</summary>
/// <remarks>
/// The established server reads every hardware address as Ethernet's and carries a user context along, so the type survives
/// moving over and back: <c>{ "leasehold": { "htype": 6 } }</c>.
/// </remarks>
internal static class HardwareTypeContext
{
    /// <summary>How much longer than the context itself the text may be.</summary>
    public const int MaxAdded = 40;

    private static ReadOnlySpan<byte> Member => "\"leasehold\": { \"htype\": "u8;

    /// <summary>Writes the context with the type in it.</summary>
    public static int Write(ReadOnlySpan<byte> context, byte type, Span<byte> destination)
    {
        "{ "u8.CopyTo(destination);
        int length = 2;
        Member.CopyTo(destination[length..]);
        length += Member.Length;
        _ = Utf8Formatter.TryFormat(type, destination[length..], out int digits);
        length += digits;
        " }"u8.CopyTo(destination[length..]);
        length += 2;
        ReadOnlySpan<byte> rest = context.TrimStart((byte)' ');
        rest = rest.IsEmpty || rest[0] != '{' ? default : rest[1..].TrimStart((byte)' ');
        bool alone = rest.IsEmpty || rest[0] == '}';
        ReadOnlySpan<byte> glue = alone ? " }"u8 : ", "u8;
        glue.CopyTo(destination[length..]);
        length += glue.Length;
        if (alone) return length;
        rest.CopyTo(destination[length..]);
        return length + rest.Length;
    }

    /// <summary>Takes the type out of a context.</summary>
    /// <param name="context">Unescaped, in a buffer that may be changed; the context without the type afterwards, empty for none.</param>
    /// <returns>Ethernet when no type stands in it.</returns>
    public static byte Take(ref Span<byte> context)
    {
        int start = context.IndexOf(Member);
        if (start < 0) return HardwareAddress.Ethernet;
        ReadOnlySpan<byte> after = context[(start + Member.Length)..];
        if (!Utf8Parser.TryParse(after, out byte type, out int digits)) return HardwareAddress.Ethernet;
        after = after[digits..];
        if (!after.StartsWith(" }"u8)) return HardwareAddress.Ethernet;
        int end = start + Member.Length + digits + 2;
        if (context[end..].StartsWith(", "u8)) end += 2;
        else if (context[..start].EndsWith(", "u8)) start -= 2;
        context[end..].CopyTo(context[start..]);
        context = context[..(context.Length - (end - start))];
        if (context.IndexOfAnyExcept("{} "u8) < 0) context = default;
        return type;
    }
}
