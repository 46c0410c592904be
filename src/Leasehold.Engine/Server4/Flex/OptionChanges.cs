namespace Leasehold.Engine.V4;

/// <summary>Options of one reply that are not as the configuration has them: other values, or taken out.</summary>
internal sealed class OptionChanges
{
    private readonly byte[] octets = new byte[2 * Server4.MaxReply];
    // Length −1: taken out.
    private readonly (int Start, int Length)[] values = new (int, int)[256];
    private readonly byte[] order = new byte[256];
    private OptionCodes changed;
    private int count;
    private int used;

    /// <summary>The changed codes, the first changed first.</summary>
    public ReadOnlySpan<byte> Codes => order.AsSpan(0, count);

    public void Clear()
    {
        changed = default;
        count = 0;
        used = 0;
    }

    /// <summary>False for an option that is as configured.</summary>
    /// <param name="isRemoved">It is not sent.</param>
    /// <param name="value">What is sent otherwise; may be empty.</param>
    public bool TryGet(byte code, out bool isRemoved, out ReadOnlySpan<byte> value)
    {
        bool isChanged = changed.Contains(code);
        (int start, int length) = isChanged ? values[code] : default;
        isRemoved = length < 0;
        value = isRemoved ? default : octets.AsSpan(start, length);
        return isChanged;
    }

    /// <summary>Gives an option a value. One that does not fit changes nothing.</summary>
    public void Set(byte code, scoped ReadOnlySpan<byte> value)
    {
        if (value.Length > octets.Length - used) return;
        value.CopyTo(octets.AsSpan(used));
        Change(code, used, value.Length);
        used += value.Length;
    }

    /// <summary>Takes an option out.</summary>
    public void Remove(byte code) => Change(code, start: 0, length: -1);

    private void Change(byte code, int start, int length)
    {
        values[code] = (start, length);
        if (changed.TryAdd(code)) order[count++] = code;
    }
}
