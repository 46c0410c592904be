using System.Collections.Immutable;
using Leasehold.Configuration.Expressions;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Leasehold.Protocol.V6;

namespace Leasehold.Configuration;

/// <summary>In what the configurations of the two protocols differ where they are otherwise the same.</summary>
internal sealed record Family
{
    public static readonly Family V4 = new()
    {
        Protocol = "DHCPv4",
        Service = "Dhcp4",
        Logger = "kea-dhcp4",
        OptionSpace = Leasehold.Protocol.OptionSpace.Dhcp4,
        GreatestCode = byte.MaxValue,
        GreatestSubOption = byte.MaxValue,
        TupleLengthOctets = 1,
        Expressions = ExpressionFamily.V4,
        VendorOptions = OptionCode4.VendorIdentifyingOptions,
        Unsettable = [OptionCode4.Pad, OptionCode4.End, OptionCode4.MessageType, OptionCode4.Overload],
        ServerOwn =
        [
            OptionCode4.RequestedAddress, OptionCode4.LeaseTime, OptionCode4.ParameterRequestList,
            OptionCode4.MaxMessageSize, OptionCode4.RenewalTime, OptionCode4.RebindingTime, OptionCode4.ClientIdentifier,
            OptionCode4.RelayAgentInformation, OptionCode4.SubnetSelection,
        ],
        Options = OptionTable4.Rows,
        ByCode = OptionTable4.Find,
        ByName = OptionTable4.Find,
        ExampleAddress = "192.0.2.1",
    };

    public static readonly Family V6 = new()
    {
        Protocol = "DHCPv6",
        Service = "Dhcp6",
        Logger = "kea-dhcp6",
        OptionSpace = Leasehold.Protocol.OptionSpace.Dhcp6,
        GreatestCode = ushort.MaxValue,
        GreatestSubOption = ushort.MaxValue,
        TupleLengthOctets = 2,
        Expressions = ExpressionFamily.V6,
        VendorOptions = OptionCode6.VendorOptions,
        OlderVendorSpaces = ["vendor-opts-space", Leasehold.Protocol.OptionSpace.VendorEncapsulated],
        Unsettable = [0],
        ServerOwn =
        [
            OptionCode6.ClientId, OptionCode6.ServerId, OptionCode6.IaNa, OptionCode6.IaTa, OptionCode6.IaAddress, OptionCode6.OptionRequest,
            OptionCode6.ElapsedTime, OptionCode6.RelayMessage, OptionCode6.StatusCode, OptionCode6.RapidCommit, OptionCode6.InterfaceId,
            OptionCode6.IaPd, OptionCode6.IaPrefix,
        ],
        Repeated = [OptionCode6.VendorClass, EncryptedDns],
        RepeatedSpaces = ["s46-cont-mape-options", "s46-cont-mapt-options", "s46-cont-lw-options", "v6-ntp-server-suboptions"],
        Options = OptionTable6.Rows,
        ByCode = OptionTable6.Find,
        ByName = OptionTable6.Find,
        ExampleAddress = "2001:db8::1",
    };

    /// <summary>v6-dnr: each resolver is an option of its own (RFC 9463 §4.1).</summary>
    private const uint EncryptedDns = 144;

    private Family()
    {
    }

    /// <summary>"DHCPv4" or "DHCPv6".</summary>
    public required string Protocol { get; init; }

    /// <summary>The key of the server's map in a file, "Dhcp4" or "Dhcp6".</summary>
    public required string Service { get; init; }

    /// <summary>The root logger by its established name.</summary>
    public required string Logger { get; init; }

    /// <summary>The space of the options that stand in messages.</summary>
    public required string OptionSpace { get; init; }

    public required uint GreatestCode { get; init; }

    /// <summary>Octets that a sub-option holds.</summary>
    public required int GreatestSubOption { get; init; }

    /// <summary>Octets of a tuple's length in options that an administrator defines.</summary>
    public required int TupleLengthOctets { get; init; }

    /// <summary>Whose packets expressions are about.</summary>
    public required ExpressionFamily Expressions { get; init; }

    /// <summary>The option that stands once for each enterprise: its number, then options of the space "vendor-" and the number.</summary>
    public required uint VendorOptions { get; init; }

    /// <summary>Spaces by which the first versions named the sub-options of <see cref="VendorOptions"/>, whatever the enterprise.</summary>
    public ImmutableArray<string> OlderVendorSpaces { get; init; } = [];

    /// <summary>Codes of messages' options that nobody can set.</summary>
    public required ImmutableArray<uint> Unsettable { get; init; }

    /// <summary>Options that the server fills in by itself, whatever is configured.</summary>
    public required ImmutableArray<uint> ServerOwn { get; init; }

    /// <summary>Codes of messages' options that may stand several times in one message, each with its own value.</summary>
    public ImmutableArray<uint> Repeated { get; init; } = [];

    /// <summary>Spaces whose options may stand several times in the option that carries them: rules (RFC 7598 §4.1), time servers (RFC 5908 §4).</summary>
    public ImmutableArray<string> RepeatedSpaces { get; init; } = [];

    /// <summary>The rows of the standard options, and of others that only have a name.</summary>
    public required ImmutableArray<OptionRow> Options { get; init; }

    public required Func<string, uint, OptionRow?> ByCode { get; init; }
    public required Func<string, string, OptionRow?> ByName { get; init; }

    /// <summary>An address as one is written, for messages.</summary>
    public required string ExampleAddress { get; init; }
}
