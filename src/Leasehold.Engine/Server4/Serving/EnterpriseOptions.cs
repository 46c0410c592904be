namespace Leasehold.Engine.V4;

/// <summary>The options of one enterprise for option 125 (RFC 3925 §4).</summary>
/// <param name="number">The enterprise number.</param>
/// <param name="data">The sub-options, one after the other; at most 255 octets.</param>
/// <param name="persistent">Sub-options that are sent also to a client that asks for others.</param>
/// <param name="isForAll">The administrator gave option 125 this number: clients that ask for 125 get it without naming the enterprise.</param>
internal sealed class EnterpriseOptions(uint number, byte[] data, OptionCodes persistent, bool isForAll)
{
    public uint Number { get; } = number;
    public ReadOnlySpan<byte> Data => data;
    public OptionCodes Persistent { get; } = persistent;
    public bool IsForAll { get; } = isForAll;
}
