using System.Buffers.Binary;

namespace Leasehold.Protocol.V4;

/// <summary>Writes a DHCPv4 message into octets of the caller: fixed fields at any time, options in order.</summary>
/// <remarks>
/// Overflow is sticky: an option that does not fit is left out whole and <see cref="Overflowed"/> stays true.
/// Room for END is always kept. RFC 2131 §2, RFC 3396 §6 (values above 255 octets are split).
/// </remarks>
public ref struct Dhcp4Writer
{
    /// <summary>Many clients and relays refuse less than BOOTP's 300 octets (RFC 1542 §2.1).</summary>
    public const int MinimumLength = 300;

    private readonly Span<byte> octets;
    private int limit;
    private int length;

    /// <summary>Starts a message, all fixed fields zero.</summary>
    /// <param name="destination">At least 300 octets; its length is the first limit.</param>
    public Dhcp4Writer(Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, MinimumLength, nameof(destination));
        octets = destination;
        limit = destination.Length;
        octets[..MinimumLength].Clear();
        BinaryPrimitives.WriteUInt32BigEndian(octets[Dhcp4Message.FixedLength..], Dhcp4Message.MagicCookie);
        length = Dhcp4Message.FixedLength + 4;
    }

    /// <summary>The largest message, in octets, at least 300: what the client can take (option 57) without IP and UDP headers.</summary>
    public int Limit
    {
        readonly get => limit;
        set => limit = Math.Clamp(value, MinimumLength, octets.Length);
    }

    /// <summary>True from the first option that did not fit.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Octets left for options, END kept.</summary>
    public readonly int Room => limit - length - 1;

    public Op4 Op { set => octets[0] = (byte)value; }
    public byte Hops { set => octets[3] = value; }
    public uint Xid { set => BinaryPrimitives.WriteUInt32BigEndian(octets[4..], value); }
    public ushort Secs { set => BinaryPrimitives.WriteUInt16BigEndian(octets[8..], value); }
    public ushort Flags { set => BinaryPrimitives.WriteUInt16BigEndian(octets[10..], value); }
    public Ipv4 Ciaddr { set => value.Write(octets[12..]); }
    public Ipv4 Yiaddr { set => value.Write(octets[16..]); }
    public Ipv4 Siaddr { set => value.Write(octets[20..]); }
    public Ipv4 Giaddr { set => value.Write(octets[24..]); }

    /// <summary>htype, hlen and chaddr.</summary>
    public HardwareAddress Chaddr
    {
        set
        {
            octets[1] = value.Type;
            octets[2] = value.Length;
            octets.Slice(28, HardwareAddress.MaxLength).Clear();
            value.Octets.CopyTo(octets[28..]);
        }
    }

    /// <summary>sname, 64 octets, zero after the value. False, and nothing written, when the value has more.</summary>
    public readonly bool TrySetSname(ReadOnlySpan<byte> value) => TrySetField(octets.Slice(44, 64), value);

    /// <summary>file, 128 octets, zero after the value. False, and nothing written, when the value has more.</summary>
    public readonly bool TrySetFile(ReadOnlySpan<byte> value) => TrySetField(octets.Slice(108, 128), value);

    /// <summary>Adds an option whose value is at most 255 octets in one piece, a longer one in several (RFC 3396 §6).</summary>
    /// <returns>False, and nothing written, when it does not fit; <see cref="Overflowed"/> is set.</returns>
    public bool Add(byte code, scoped ReadOnlySpan<byte> value)
    {
        int pieces = Math.Max(1, (value.Length + 254) / 255);
        if (value.Length + (2 * pieces) > Room)
        {
            Overflowed = true;
            return false;
        }

        do
        {
            int size = Math.Min(255, value.Length);
            octets[length] = code;
            octets[length + 1] = (byte)size;
            value[..size].CopyTo(octets[(length + 2)..]);
            length += 2 + size;
            value = value[size..];
        }
        while (!value.IsEmpty);
        return true;
    }

    public bool Add(byte code, byte value) => Add(code, [value]);

    public bool Add(byte code, Ipv4 value) => Add(code, value.Value);

    public bool Add(byte code, Lifetime value) => Add(code, value.Seconds);

    public bool Add(byte code, uint value)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(four, value);
        return Add(code, four);
    }

    /// <summary>Writes END and PAD up to 300 octets.</summary>
    /// <returns>The message's length in octets.</returns>
    public int Finish()
    {
        octets[length++] = OptionCode4.End;
        if (length < MinimumLength)
        {
            octets[length..MinimumLength].Clear();
            length = MinimumLength;
        }

        return length;
    }

    private static bool TrySetField(Span<byte> field, ReadOnlySpan<byte> value)
    {
        if (value.Length > field.Length) return false;
        field.Clear();
        value.CopyTo(field);
        return true;
    }
}
