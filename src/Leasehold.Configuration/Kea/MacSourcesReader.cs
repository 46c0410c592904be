using System.Collections.Immutable;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>"mac-sources": where a client's hardware address is looked for, in order.</summary>
internal static class MacSourcesReader
{
    private static readonly ImmutableArray<(string Word, MacSource? Value)> Words =
    [
        ("any", null),
        ("raw", MacSource.Raw),
        ("duid", MacSource.Duid),
        ("ipv6-link-local", MacSource.LinkLocal),
        ("client-link-addr-option", MacSource.ClientLinkLayerAddress),
        ("rfc6939", MacSource.ClientLinkLayerAddress),
        ("remote-id", MacSource.RemoteId),
        ("rfc4649", MacSource.RemoteId),
        ("subscriber-id", MacSource.SubscriberId),
        ("rfc4580", MacSource.SubscriberId),
        ("docsis-cmts", MacSource.DocsisCmts),
        ("docsis-modem", MacSource.DocsisModem),
    ];

    /// <summary>Reads the list; every source once, and "any" written out.</summary>
    public static ImmutableArray<MacSource> Read(ConfigNode value, Reading reading)
    {
        var found = ImmutableArray.CreateBuilder<MacSource>();
        ConfigList? list = reading.List(value);
        ImmutableArray<(string, (string Word, MacSource? Value))> choices = [.. Words.Select(word => (word.Word, word))];
        foreach (ConfigNode item in list?.Items ?? [])
        {
            if (reading.OneOf(item, choices.AsSpan()) is not { } chosen) continue;
            if (chosen.Value is not { } source) found.AddRange(MacSourceOrder.Any.Where(other => !found.Contains(other)));
            else if (found.Contains(source)) reading.Error(item.Position, $"{chosen.Word} is named twice", "remove one");
            else found.Add(source);
        }

        if (list is { Items.Length: 0 })
            reading.Error(value.Position, "without a source no client would have a hardware address", "name one, or remove the key");
        return found.Count > 0 ? found.DrainToImmutable() : MacSourceOrder.Any;
    }
}
