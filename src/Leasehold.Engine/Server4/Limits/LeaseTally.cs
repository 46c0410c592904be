using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Leasehold.Leases;

namespace Leasehold.Engine.V4;

/// <summary>How many leases and offers the clients of each limited class and of each relay port have, by what stands in their user contexts.</summary>
/// <remarks>So the counts are right after a restart, and after a batch that could not be stored, too.</remarks>
internal sealed class LeaseTally
{
    private const int MaxRelayInfo = 2048;

    private readonly (byte[] Name, int Index)[] classes;
    private readonly int[] byClass;
    private readonly bool countsPorts;
    private readonly Dictionary<ulong, int> byPort = [];
    private readonly byte[] relayInfo = new byte[MaxRelayInfo];

    /// <param name="limited">Names of the limited classes and their numbers.</param>
    public LeaseTally(IEnumerable<(string Name, int Index)> limited, bool countsPorts)
    {
        classes = [.. limited.Select(one => (Encoding.UTF8.GetBytes(JsonEncodedText.Encode(one.Name).ToString()), one.Index))];
        byClass = new int[classes.Length == 0 ? 0 : classes.Max(one => one.Index) + 1];
        this.countsPorts = countsPorts;
    }

    /// <summary>Limited classes: the names as they stand in a user context, and their numbers.</summary>
    public ReadOnlySpan<(byte[] Name, int Index)> Classes => classes;

    public bool IsNeeded => classes.Length > 0 || countsPorts;

    public int OfClass(int index) => byClass[index];

    public int OfPort(ulong port) => byPort.GetValueOrDefault(port);

    /// <summary>Counts a lease, or no longer; for <see cref="LeaseTable4.Watch"/>.</summary>
    public void Count(ReadOnlySpan<byte> userContext, uint subnetId, int difference)
    {
        try
        {
            JsonMembers members = new(userContext);
            while (members.MoveNext())
            {
                if (members.Name.SequenceEqual("ISC"u8)) CountIsc(members.Value, subnetId, difference);
            }
        }
        catch (JsonException)
        {
            // Another program's text: it names no class.
        }
    }

    private void CountIsc(ReadOnlySpan<byte> isc, uint subnetId, int difference)
    {
        JsonMembers members = new(isc);
        while (members.MoveNext())
        {
            if (classes.Length > 0 && members.Name.SequenceEqual("client-classes"u8)) CountClasses(members.Value, difference);
            else if (countsPorts && members.Name.SequenceEqual("relay-agent-info"u8)) CountPort(members.Value, subnetId, difference);
        }
    }

    private void CountClasses(ReadOnlySpan<byte> list, int difference)
    {
        Utf8JsonReader reader = new(list);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.String) continue;
            foreach ((byte[] name, int index) in classes)
            {
                if (reader.ValueSpan.SequenceEqual(name)) byClass[index] += difference;
            }
        }
    }

    private void CountPort(ReadOnlySpan<byte> relay, uint subnetId, int difference)
    {
        JsonMembers members = new(relay);
        while (members.MoveNext())
        {
            if (!members.Name.SequenceEqual("sub-options"u8) || !TryHex(members.Value, out int length)) continue;
            ulong port = RelayPort.Of(relayInfo.AsSpan(0, length), subnetId);
            if (port == 0) return;
            ref int count = ref CollectionsMarshal.GetValueRefOrAddDefault(byPort, port, out _);
            count += difference;
            if (count == 0) byPort.Remove(port);
            return;
        }
    }

    /// <summary>"0x0102" with its quotes.</summary>
    private bool TryHex(ReadOnlySpan<byte> text, out int length)
    {
        length = 0;
        if (text.Length < 4 || !text.StartsWith("\"0x"u8)) return false;
        ReadOnlySpan<byte> digits = text[3..^1];
        for (int i = 0; i + 1 < digits.Length && length < relayInfo.Length; i += 2)
        {
            if (!Utf8Parser.TryParse(digits.Slice(i, 2), out byte octet, out int read, 'X') || read != 2) return false;
            relayInfo[length++] = octet;
        }

        return true;
    }
}
