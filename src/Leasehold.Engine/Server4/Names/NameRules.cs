using System.Text;
using Leasehold.Configuration.Model;

namespace Leasehold.Engine.V4;

/// <summary>The rules for names at one place, all levels joined.</summary>
internal sealed class NameRules
{
    private readonly NameParameters parameters;
    private readonly bool dnsUpdates;

    /// <param name="parameters">All levels joined, defaults included.</param>
    /// <param name="dnsUpdates">Updates are turned on for the server.</param>
    public NameRules(NameParameters parameters, bool dnsUpdates)
    {
        this.parameters = parameters;
        this.dnsUpdates = dnsUpdates;
        SendsUpdates = dnsUpdates && parameters.SendUpdates == true;
        Replace = parameters.ReplaceClientName ?? ReplaceClientName.Never;
        GeneratedPrefix = Octets(parameters.GeneratedPrefix);
        Suffix = Octets(parameters.QualifyingSuffix);
        CharSet = parameters.CharSet ?? HostnameCharSet.Default;
        CharReplacement = Octets(parameters.CharReplacement);
    }

    public bool SendsUpdates { get; }
    public bool OverridesNoUpdate => parameters.OverrideNoUpdate == true;
    public bool OverridesClientUpdate => parameters.OverrideClientUpdate == true;
    public ReplaceClientName Replace { get; }
    public byte[] GeneratedPrefix { get; }

    /// <summary>Without a dot at either end; empty for none.</summary>
    public byte[] Suffix { get; }

    public HostnameCharSet CharSet { get; }
    public byte[] CharReplacement { get; }

    /// <summary>The rules of an inner place.</summary>
    public NameRules Inside(NameParameters inner) => inner == NameParameters.None ? this : new(inner.Over(parameters), dnsUpdates);

    private static byte[] Octets(string? text) => text is null ? [] : Encoding.ASCII.GetBytes(text);
}
