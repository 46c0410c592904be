using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Leasehold.Configuration.Expressions;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Model;
using Leasehold.Protocol;

namespace Leasehold.UnitTests.Configuration;

/// <summary>A model as text, one value a line; what is not given is left out.</summary>
internal static class ModelDump
{
    /// <summary>The models of a file; that of DHCPv6 under a line of its own where the file has both.</summary>
    public static string Of(ConfigFile file)
    {
        var text = new StringBuilder();
        if (file.Dhcp4?.Config is { } dhcp4) Write(text, dhcp4, "");
        if (file is { Dhcp4.Config: not null, Dhcp6.Config: not null }) text.AppendLine("--- DHCPv6");
        if (file.Dhcp6?.Config is { } dhcp6) Write(text, dhcp6, "");
        return text.ToString();
    }

    private static void Write(StringBuilder text, object record, string indent)
    {
        foreach (PropertyInfo property in record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.Name is "Origin" or "Warnings" or "EqualityContract" or nameof(Dhcp4Config.AllSubnets) || property.GetIndexParameters().Length > 0) continue;
            object? value = property.GetValue(record);
            if (value is ClassRules { Only.IsEmpty: true, Additional.IsEmpty: true } || (value is Parameters4 given && record is Pool4 && given == Parameters4.None)) continue;
            if (value is ProbeParameters { } probe && record is not Dhcp4Config && probe == ProbeParameters.None) continue;
            if (Equals(value, FloodProtection.None) || Equals(value, new SanityChecks())) continue;
            if ((value is Parameters6 nothing && nothing == Parameters6.None) || (value is NameParameters names && names == NameParameters.None)) continue;
            if (value is null || (value is IEnumerable items and not string && !items.GetEnumerator().MoveNext())) continue;
            WriteValue(text, property.Name, value, indent);
        }
    }

    private static void WriteValue(StringBuilder text, string name, object value, string indent)
    {
        switch (value)
        {
            case ImmutableArray<byte> octets:
                text.Append(indent).Append(name).Append(": ").AppendLine(HexText.Format(octets.AsSpan(), ' '));
                break;
            case IEnumerable list and not string:
                foreach (object item in list) WriteValue(text, name, item, indent);
                break;
            case string or bool or byte or int or uint or ushort or long or double or Enum or Lifetime or RateLimit:
            case Ipv4 or Ipv4Prefix or Ipv4Range or Ipv6 or Ipv6Prefix or Ipv6Range:
                text.Append(indent).Append(name).Append(": ").AppendLine(FormattableString.Invariant($"{value}"));
                break;
            case OptionFormat format:
                text.Append(indent).Append(name).Append(": ").AppendLine(format.ToString());
                break;
            case HostnameCharSet set:
                text.Append(indent).Append(name).Append(": ").AppendLine(set.Pattern);
                break;
            case Expression expression:
                text.Append(indent).Append(name).Append(": ").AppendLine(expression.Text);
                break;
            case Parameters4 or NameParameters or FlexOption4 or ClassRules or ClientClass or SharedNetwork4 or OptionData or OptionDefinition or Subnet4 or Pool4 or Reservation4 or LoggerConfig or LogOutput
                or InterfacesConfig or InterfaceSelector or LeaseDatabaseConfig or ExpiredLeasesConfig or Compatibility4
                or ProbeParameters or Limits or FloodProtection or SanityChecks:
            case Parameters6 or SharedNetwork6 or Subnet6 or Pool6 or PdPool6 or Reservation6 or ReservedPrefix6
                or InterfacesConfig6 or InterfaceSelector6 or ServerIdConfig:
                text.Append(indent).AppendLine(name);
                Write(text, value, indent + "  ");
                break;
            default:
                throw new InvalidOperationException($"the dump does not know {value.GetType()}");
        }
    }
}
