using Leasehold.Protocol.V6;

namespace Leasehold.Engine.V6;

/// <summary>Option 66 of relays: options for the client that the relay knows and the server does not (RFC 6422).</summary>
internal static class RelaySupplied
{
    /// <summary>The value of an option that a relay supplies and may supply. The server's own value comes before it.</summary>
    /// <remarks>The relay nearest to the client that has it counts: it knows the client best.</remarks>
    public static bool TryFind(scoped in Exchange6 x, ushort wanted, out ReadOnlySpan<byte> value)
    {
        value = default;

        // RFC 6422 §6: "the DHCP server MUST discard any options that appear in the RSOO for which no RSOO-enabled […] is defined".
        if (x.Relays.Count == 0 || !x.Config.RelaySuppliedOptions.Contains(wanted)) return false;
        for (int i = x.Relays.Count - 1; i >= 0; i--)
        {
            if (x.Relays[i].Options.TryFind(OptionCode6.RelaySuppliedOptions, out ReadOnlySpan<byte> supplied)
                && new OptionReader6(supplied).TryFind(wanted, out value)) return true;
        }

        return false;
    }
}
