using System.Text;
using Leasehold.Configuration;
using Leasehold.Configuration.Kea;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Xunit;

namespace Leasehold.UnitTests.Configuration;

/// <summary>Reads configurations that stand in a test.</summary>
internal static class Reads
{
    /// <summary>The model of the inside of a Dhcp4 map, which must have no error.</summary>
    public static Dhcp4Config Good(string inside)
    {
        ConfigResult<Dhcp4Config> result = Of(inside);
        Assert.True(result.Config is not null, string.Join('\n', result.Diagnostics));
        return result.Config!;
    }

    /// <summary>The only error or warning of the inside of a Dhcp4 map that has an interface.</summary>
    public static string Complaint(string inside) => Assert.Single(Of(inside).Diagnostics).ToString();

    public static ConfigResult<Dhcp4Config> Of(string inside) =>
        Dhcp4ConfigReader.ReadText($$"""
            { "Dhcp4": { "interfaces-config": { "interfaces": [ "*" ] },
            {{inside}}
            } }
            """);

    /// <summary>The model of the inside of a Dhcp6 map, which must have no error.</summary>
    public static Dhcp6Config Good6(string inside)
    {
        ConfigResult<Dhcp6Config> result = Of6(inside);
        Assert.True(result.Config is not null, string.Join('\n', result.Diagnostics));
        return result.Config!;
    }

    /// <summary>The only error or warning of the inside of a Dhcp6 map that has an interface.</summary>
    public static string Complaint6(string inside) => Assert.Single(Of6(inside).Diagnostics).ToString();

    public static ConfigResult<Dhcp6Config> Of6(string inside) =>
        Dhcp6ConfigReader.ReadText($$"""
            { "Dhcp6": { "interfaces-config": { "interfaces": [ "*" ] },
            {{inside}}
            } }
            """);

    /// <summary>Files by name; all others do not exist.</summary>
    public static FileReader Files(params (string Name, string Text)[] files) => name =>
        files.FirstOrDefault(f => f.Name == name) is { Name: not null } file
            ? FileContent.Of(Encoding.UTF8.GetBytes(file.Text))
            : FileContent.Failed("there is no such file");
}
