using Leasehold.Decode;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;
using Xunit;

namespace Leasehold.UnitTests.Protocol.V4;

/// <summary>Every packet of tests/packets/v4 in all its variants.</summary>
public class GoldenPacketTests
{
    [Theory]
    [Packet("v4/*")]
    public void A_packet_is_read_to_its_end_and_not_beyond(string file, PacketVariants variants)
    {
        int count = 0;
        foreach (ReadOnlyMemory<byte> packet in PacketFile.Read(file, variants))
        {
            count++;
            bool parsed = Dhcp4Message.TryParse(packet.Span, out Dhcp4Message message, out WireError error);
            Assert.Equal(parsed, error.Kind == WireErrorKind.None);
            Assert.InRange(error.Offset, 0, packet.Length);
            if (!parsed) continue;

            OptionReader4 options = message.Options;
            int read = 0;
            while (options.TryRead(out byte code, out ReadOnlySpan<byte> value))
            {
                Assert.InRange(code, (byte)1, (byte)254);
                Assert.True(value.IsEmpty || packet.Span.Overlaps(value));
                Assert.InRange(++read, 1, Dhcp4Message.MaxOptions);
                Assert.True(message.TryGetOption(code, new byte[packet.Length], out _));
            }

            Assert.Equal(WireErrorKind.None, options.Error.Kind);
        }

        Assert.True(count > 0 || PacketFile.Read(file).Length < 3);
    }

    [Theory]
    [Packet("v4/*")]
    public void Decode_prints_something_for_every_variant_and_what_is_expected_for_the_packet(string file, PacketVariants variants)
    {
        string expected = PacketFile.Text(Path.ChangeExtension(file, ".txt"));
        foreach (ReadOnlyMemory<byte> packet in PacketFile.Read(file, variants))
        {
            StringWriter output = new();
            MessageText4.Write(packet.Span, output);
            Assert.EndsWith("\n", output.ToString(), StringComparison.Ordinal);
            if (variants is PacketVariants.AsIs or PacketVariants.BetweenGuards) Assert.Equal(expected, output.ToString());
        }
    }

    [Theory]
    [InlineData("v4/discover-udhcpc.pkt")]
    [InlineData("v4/discover-dhcpcd.pkt")]
    [InlineData("v4/discover-windows11.pkt")]
    [InlineData("v4/discover-relayed.pkt")]
    public void A_packet_that_is_cut_inside_an_option_is_refused(string file)
    {
        byte[] packet = PacketFile.Read(file);

        // Without the whole cookie it is a BOOTP message; else it may end before, between and after options.
        HashSet<int> whole = [236, 237, 238, 239];
        int at = 240;
        for (; packet[at] != 255; at += 2 + packet[at + 1]) whole.Add(at);
        for (; at <= packet.Length; at++) whole.Add(at);

        for (int length = 0; length < packet.Length; length++)
        {
            bool parsed = Dhcp4Message.TryParse(packet.AsSpan(0, length), out _, out WireError error);
            Assert.True(parsed == whole.Contains(length), $"cut at {length}: {error}");
        }
    }
}
