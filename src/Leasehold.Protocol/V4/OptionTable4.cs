using System.Collections.Immutable;

namespace Leasehold.Protocol.V4;

/// <summary>Every DHCPv4 option that has a name: the standard ones of the JSON dialect, and others that packets carry.</summary>
/// <remarks>A row a plain option. An option with structure of its own also has a reader in Options/.</remarks>
public static partial class OptionTable4
{
    // dhcpd's name: the same as the dialect's.
    private const string Same = "=";

    private static readonly OptionIndex Index = new(
    [
        .. Basic(),
        .. Extended(),
        .. Undefined(),
        .. RelayAgent(),
        .. CableLabs(),
        .. Vendors(),
    ]);

    private static readonly OptionRow?[] ByCode = [.. Enumerable.Range(0, 256).Select(code => Index.Find(OptionSpace.Dhcp4, (uint)code))];

    /// <summary>All rows of all DHCPv4 spaces.</summary>
    public static ImmutableArray<OptionRow> Rows => Index.Rows;

    /// <summary>The option of a message. Null when the code has no name.</summary>
    public static OptionRow? Find(byte code) => ByCode[code];

    /// <summary>An option by its code in a space. Null when there is none; look at <see cref="OptionRow.IsStandard"/>.</summary>
    public static OptionRow? Find(string space, uint code) => Index.Find(space, code);

    /// <summary>An option by the dialect's name of today or of an older version. Null when there is none; look at <see cref="OptionRow.IsStandard"/>.</summary>
    /// <param name="space">A space of <see cref="OptionSpace"/>.</param>
    /// <param name="name">Exactly as configured; names are case-sensitive.</param>
    public static OptionRow? Find(string space, string name) => Index.Find(space, name);

    /// <summary>An option by dhcpd's name, without dhcpd's space. Null when there is none.</summary>
    /// <param name="space">"dhcp4" for dhcpd's "dhcp", the relay agent's space for its "agent".</param>
    public static OptionRow? FindDhcpd(string space, string name) => Index.FindDhcpd(space, name);

    private static OptionRow Row(byte code, string name, string? dhcpd, OptionFormat format, string source) => new()
    {
        Space = OptionSpace.Dhcp4,
        Code = code,
        Name = name,
        DhcpdName = dhcpd == Same ? name : dhcpd,
        Format = format,
        Source = source,
    };
}
