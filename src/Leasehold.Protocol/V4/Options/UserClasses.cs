namespace Leasehold.Protocol.V4.Options;

/* RFC 3004 §4
    Code   Len   Value
   +-----+-----+---------------------  . . .  --+
   | 77  |  N  | User Class Data ('Len' octets) |
   +-----+-----+---------------------  . . .  --+
    each: | UC_Len_i (1, not 0) | User_Class_Data_i |   */

/// <summary>Walks the classes of option 77, and the class data of one block of option 124, which has the same form.</summary>
/// <remarks>Many clients send one bare string in option 77. A value that is not all classes, to its last octet, is taken as that.</remarks>
public ref struct UserClasses
{
    private readonly ReadOnlySpan<byte> octets;
    private int position;

    /// <param name="value">The option's value, joined by RFC 3396.</param>
    public UserClasses(ReadOnlySpan<byte> value)
    {
        octets = value;
        IsBare = !IsStructured(value);
    }

    /// <summary>True when the value is one string without a length.</summary>
    public bool IsBare { get; }

    /// <summary>Takes the next class, its length not included. False at the end.</summary>
    public bool TryRead(out ReadOnlySpan<byte> userClass)
    {
        userClass = default;
        if (position >= octets.Length) return false;
        if (IsBare)
        {
            userClass = octets;
            position = octets.Length;
            return true;
        }

        userClass = octets.Slice(position + 1, octets[position]);
        position += 1 + octets[position];
        return true;
    }

    private static bool IsStructured(ReadOnlySpan<byte> value)
    {
        int at = 0;
        while (at < value.Length)
        {
            // RFC 3004 §4: "UC_Len_i ... MUST be non-zero".
            if (value[at] == 0) return false;
            at += 1 + value[at];
        }

        return at == value.Length;
    }
}
