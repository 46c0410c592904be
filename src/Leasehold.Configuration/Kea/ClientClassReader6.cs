using Leasehold.Configuration.Expressions;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>An element of "client-classes" of the DHCPv6 server.</summary>
internal static class ClientClassReader6
{
    /// <summary>The keys of a class.</summary>
    public static readonly KeyTable<ClientClass6> Keys = new("a client class")
    {
        { "name", "The class's name.", static (c, v, r) => r.TextOrNothing(v) is { } name ? c with { Name = name } : c },
        {
            "test", "Who is in the class: an expression that is true or false.",
            static (c, v, r) => c with { Test = ClientClassReader4.Text(v, r) is { } text ? ExpressionParser.ParseCondition(text, r, r.Family.Expressions) : null }
        },
        {
            "template-test", "An expression whose value makes a class of its own: SPAWN_name_value.",
            static (c, v, r) => c with
            {
                Test = ClientClassReader4.Text(v, r) is { } text ? ExpressionParser.ParseValue(text, r, r.Family.Expressions) : null,
                IsTemplate = true,
            }
        },
        {
            "only-in-additional-list", "Looked at only where evaluate-additional-classes names it. Default false.",
            static (c, v, r) => c with { OnlyInAdditionalList = r.Boolean(v) ?? false }
        },
        {
            "only-if-required", "The older name of only-in-additional-list.",
            static (c, v, r) => c with { OnlyInAdditionalList = r.Boolean(v) ?? false }
        },
        {
            "option-data", "Options for the clients of the class.",
            static (c, v, r) => c with { Options = OptionDataReader.ReadAll(v, r) },
            OptionDataReader.Keys, true
        },
        ParameterRows6.OfClasses<ClientClass6>(static c => c.Parameters, static (c, p) => c with { Parameters = p }),
    };

    /// <summary>Reads a class; null when it has no usable name.</summary>
    public static ClientClass6? Read(ConfigMap map, Reading reading)
    {
        ClientClass6 found = Keys.Read(new ClientClass6 { Name = "", Origin = reading.OriginOf(map) }, map, reading);
        return ClientClassReader4.IsUsable(found, map, reading) ? found with { Parameters = ParameterRows6.Complete(found.Parameters, map, reading) } : null;
    }
}
