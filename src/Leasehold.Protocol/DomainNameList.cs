using System.Buffers;
using System.Buffers.Binary;

namespace Leasehold.Protocol;

/// <summary>Walks names that stand one after the other and may point to each other (RFC 3397 §2).</summary>
/// <param name="value">The whole value of the option, joined by RFC 3396: pointers count from its start.</param>
/// <param name="scratch">At least 255 octets, where a name with pointers is put together.</param>
public ref struct DomainNameList(ReadOnlySpan<byte> value, Span<byte> scratch)
{
    // RFC 1035 §4.1.4: a pointer has 14 bits.
    private const int MaxTarget = 0x3FFF;

    private readonly ReadOnlySpan<byte> octets = value;
    private readonly Span<byte> scratch = scratch;
    private int position;

    /// <summary>Why the walk ended early; None when it reached the end. The offset counts from the start of the value.</summary>
    public WireError Error { get; private set; }

    /// <summary>Takes the next name. False at the end and at an error.</summary>
    /// <param name="name">A part of the value or of scratch: it lasts until the next one is taken.</param>
    public bool TryRead(out DomainName name)
    {
        name = default;
        if (Error.Kind != WireErrorKind.None || position >= octets.Length) return false;
        if (DomainName.TryRead(octets, ref position, allowRelative: false, scratch, out name, out WireError error)) return true;
        Error = error;
        return false;
    }

    /// <summary>Adds a name to a list, the longest end that an earlier name has as a pointer.</summary>
    /// <param name="list">The list so far; it starts at the first octet of the option's value.</param>
    /// <param name="name">An absolute name.</param>
    public static void Append(ArrayBufferWriter<byte> list, DomainName name)
    {
        ReadOnlySpan<byte> labels = name.Labels;
        for (int at = 0; at < labels.Length && labels[at] != 0; at += 1 + labels[at])
        {
            int target = Find(list.WrittenSpan, labels[at..]);
            if (target < 0) continue;
            list.Write(labels[..at]);
            BinaryPrimitives.WriteUInt16BigEndian(list.GetSpan(2), (ushort)(0xC000 | target));
            list.Advance(2);
            return;
        }

        list.Write(labels);
    }

    // The place of the first label that starts the wanted end of a name; -1 when there is none. Letters compare as they are: a list keeps its case.
    private static int Find(ReadOnlySpan<byte> list, ReadOnlySpan<byte> wanted)
    {
        Span<byte> room = stackalloc byte[DomainName.MaxLength];
        int next = 0;
        while (next < list.Length)
        {
            int start = next;
            if (!DomainName.TryRead(list, ref next, allowRelative: false, room, out _, out _)) return -1;
            for (int at = start; at < next && at <= MaxTarget && list[at] is > 0 and < 0xC0; at += 1 + list[at])
            {
                int end = at;
                if (DomainName.TryRead(list, ref end, allowRelative: false, room, out DomainName tail, out _) && tail.Labels.SequenceEqual(wanted)) return at;
            }
        }

        return -1;
    }
}
