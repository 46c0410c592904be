using Leasehold.Protocol.V4;

namespace Leasehold.Engine.V4;

/// <summary>The vendor information of a BOOTP reply (RFC 1497): what is configured, and nothing that only DHCP knows.</summary>
internal static class BootpOptions
{
    /// <summary>The first option of DHCP itself (RFC 2132 §9).</summary>
    private const byte FirstOfDhcp = 50;

    /// <summary>The last option of DHCP itself in a row.</summary>
    private const byte LastOfDhcp = 61;

    /// <summary>A BOOTP client cannot ask. These are what RFC 1497 knows, the likeliest to be needed first: 64 octets are soon full.</summary>
    private static ReadOnlySpan<byte> Offered => [OptionCode4.Routers, OptionCode4.DomainNameServers, OptionCode4.HostName, 17, OptionCode4.DomainName, 2, 4, 7, 13, 14, 16, 18, 5, 8, 9, 10, 11];

    /// <summary>The largest reply. RFC 951 §3: the vendor area has 64 octets; a client that sends more takes more.</summary>
    public static int Largest(scoped in Exchange4 x) => Math.Max(Dhcp4Writer.MinimumLength, x.Message.Octets.Length);

    /// <summary>The option is sent to every BOOTP client where it is configured.</summary>
    public static bool Offers(byte code) => Offered.Contains(code);

    public static void Write(ref Exchange4 x, ref Dhcp4Writer writer)
    {
        OptionSet4 options = ReplyOptions.OptionsFor(in x);
        FlexOptions.Apply(in x, options);
        OptionCodes done = OptionCodes.Of(OptionCode4.RelayAgentInformation, OptionCode4.RapidCommit);
        for (byte code = FirstOfDhcp; code <= LastOfDhcp; code++) done.Add(code);
        ReplyOptions.Write(in x, ref writer, options, [OptionCode4.SubnetMask], ref done);
        ReplyOptions.Write(in x, ref writer, options, Offered, ref done);
        ReplyOptions.Write(in x, ref writer, options, options.AlwaysSent.AsSpan(), ref done);
        ReplyOptions.Write(in x, ref writer, options, x.Scratch.Changes.Codes, ref done);
    }
}
