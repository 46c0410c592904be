using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Leasehold.Configuration.Expressions;
using Leasehold.Configuration.Model;
using Leasehold.Protocol;

namespace Leasehold.UnitTests.Configuration;

/// <summary>A model as text, one value a line; what is not given is left out.</summary>
internal static class ModelDump
{
    public static string Of(Dhcp4Config config)
    {
        var text = new StringBuilder();
        Write(text, config, "");
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
            if (value is NameParameters4 names && names == NameParameters4.None) continue;
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
            case string or bool or byte or int or uint or long or double or Enum or Ipv4 or Ipv4Prefix or Ipv4Range or Lifetime or RateLimit:
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
            case Parameters4 or NameParameters4 or FlexOption4 or ClassRules or ClientClass or SharedNetwork4 or OptionData or OptionDefinition or Subnet4 or Pool4 or Reservation4 or LoggerConfig or LogOutput
                or InterfacesConfig or InterfaceSelector or LeaseDatabaseConfig or ExpiredLeasesConfig or Compatibility4
                or ProbeParameters or Limits or FloodProtection or SanityChecks:
                text.Append(indent).AppendLine(name);
                Write(text, value, indent + "  ");
                break;
            default:
                throw new InvalidOperationException($"the dump does not know {value.GetType()}");
        }
    }
}
