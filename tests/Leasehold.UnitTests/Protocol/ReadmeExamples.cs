using System.Collections.Immutable;
using Leasehold.Protocol;
using Leasehold.Protocol.Link;
using Leasehold.Protocol.V4;
using Leasehold.Protocol.V4.Options;
using Xunit;

namespace Leasehold.UnitTests.Protocol;

/// <summary>The examples of the library's README, word for word, and what they do.</summary>
public class ReadmeExamples
{
    [Fact]
    public void Every_example_of_the_readme_stands_in_this_file()
    {
        string source = Squeeze(Read("Protocol/ReadmeExamples.cs"));
        string[] blocks = [.. Read("Protocol/README.md").Split("```csharp\n").Skip(1).Select(part => part.Split("```")[0])];
        Assert.Equal(5, blocks.Length);
        Assert.All(blocks, block => Assert.Contains(Squeeze(block), source, StringComparison.Ordinal));
    }

    [Fact]
    public void A_message_is_read()
    {
        Assert.Equal("Discover from 02:00:5e:10:00:01 (\"box\")", Describe(PacketFile.Read("v4/discover-udhcpc.pkt")));
        Assert.Equal("dropped: option longer than its field at octet 252", Describe(PacketFile.Read("v4/option-past-end.pkt")));
    }

    [Fact]
    public void A_message_is_written()
    {
        byte[] buffer = new byte[576];
        Assert.Equal(300, Acknowledge(PacketFile.Read("v4/discover-udhcpc.pkt"), buffer));
        Assert.Equal("35 01 05 36 04 c0 00 02 01 33 04 00 00 0e 10 ff", Octets.Show(buffer.AsSpan(240, 16)));
    }

    [Fact]
    public void An_option_is_encoded_and_shown() => Assert.Equal("121 (RFC 3442): 10.0.0.0/8 - 192.0.2.1", Encode());

    [Fact]
    public void A_circuit_is_found()
    {
        Assert.True(Dhcp4Message.TryParse(PacketFile.Read("v4/discover-relayed.pkt"), out Dhcp4Message message, out _));
        Assert.Equal("\"eth0\"", Circuit(message, new byte[300]));
    }

    [Fact]
    public void A_frame_is_made()
    {
        string frame = Frame([1, 2], new(1), new(2), [2, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0, 2]);
        Assert.StartsWith("02 00 00 00 00 01 02 00 00 00 00 02 08 00 45 00 00 1e", frame, StringComparison.Ordinal);
        Assert.EndsWith("01 02", frame, StringComparison.Ordinal);
    }

    private static string Describe(ReadOnlySpan<byte> payload)
    {
        if (!Dhcp4Message.TryParse(payload, out Dhcp4Message message, out WireError error))
        {
            return $"dropped: {error}";
        }

        Span<byte> scratch = stackalloc byte[1500];
        string host = message.TryGetOption(OptionCode4.HostName, scratch, out ReadOnlySpan<byte> name) ? OptionText.Quote(name) : "nobody";
        return $"{message.MessageType} from {message.Chaddr} ({host})";
    }

    private static int Acknowledge(ReadOnlySpan<byte> payload, Span<byte> buffer)
    {
        Assert.True(Dhcp4Message.TryParse(payload, out Dhcp4Message request, out _));
        Dhcp4Writer writer = new(buffer)
        {
            Op = Op4.BootReply,
            Xid = request.Xid,
            Chaddr = request.Chaddr,
            Yiaddr = Ipv4.Parse("192.0.2.10"),
        };
        writer.Add(OptionCode4.MessageType, (byte)MessageType4.Ack);
        writer.Add(OptionCode4.ServerIdentifier, Ipv4.Parse("192.0.2.1"));
        writer.Add(OptionCode4.LeaseTime, new Lifetime(3600));
        int length = writer.Finish();
        return length;
    }

    private static string Encode()
    {
        OptionRow? row = OptionTable4.Find(OptionSpace.Dhcp4, "classless-static-route");
        if (row is null || !OptionEncoder.TryEncode(row.Format, "10.0.0.0/8 - 192.0.2.1", out ImmutableArray<byte> octets, out OptionTextError problem))
        {
            return "not encoded";
        }

        return $"{row.Code} ({row.Source}): {OptionText.Format(row.Format, octets.AsSpan())}";
    }

    private static string Circuit(Dhcp4Message message, Span<byte> scratch)
    {
        if (!message.TryGetOption(OptionCode4.RelayAgentInformation, scratch, out ReadOnlySpan<byte> value)) return "not relayed";
        RelayAgentInformation relay = new(value);
        return relay.TryGet(RelaySubOption.CircuitId, out ReadOnlySpan<byte> circuit) ? OptionText.Quote(circuit) : "no circuit";
    }

    private static string Frame(ReadOnlySpan<byte> reply, Ipv4 server, Ipv4 client, ReadOnlySpan<byte> chaddr, ReadOnlySpan<byte> ownAddress)
    {
        Span<byte> frame = stackalloc byte[EthernetFrame.HeaderLength + Ipv4Udp.HeadersLength + reply.Length];
        reply.CopyTo(frame[(EthernetFrame.HeaderLength + Ipv4Udp.HeadersLength)..]);
        Ipv4Udp.WriteHeaders(frame[EthernetFrame.HeaderLength..], (server, 67), (client, 68));
        EthernetFrame.WriteHeader(frame, chaddr, ownAddress, EthernetFrame.Ipv4Type);
        return Octets.Show(frame);
    }

    private static string Squeeze(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Read(string name)
    {
        using Stream stream = typeof(ReadmeExamples).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
