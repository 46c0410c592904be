namespace Leasehold.Fuzz.Mutation;

/// <summary>How inputs of a target are built, and so what is changed in them.</summary>
internal enum Shape
{
    /// <summary>A DHCPv4 message: fixed fields, then options of code, length and value.</summary>
    Message4,

    /// <summary>A DHCPv6 message: a header, then options that hold options.</summary>
    Message6,

    /// <summary>Text of words, numbers and brackets.</summary>
    Text,

    /// <summary>Lines of values between commas, below a header.</summary>
    Lines,

    /// <summary>Octets in blocks with lengths of 32 bits.</summary>
    Blocks,

    /// <summary>Several DHCPv4 messages, one after the other.</summary>
    Conversation,
}
