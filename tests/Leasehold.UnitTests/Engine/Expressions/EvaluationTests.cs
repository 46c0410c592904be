using Leasehold.Engine.Expressions;
using Leasehold.Engine.V4;
using Xunit;

namespace Leasehold.UnitTests.Engine.Expressions;

/// <summary>What evaluation costs, and what it tells of itself.</summary>
public class EvaluationTests
{
    private static readonly byte[] Packet = Packets.V4(
    [
        53, 1, 1, 12, 4, (byte)'H', (byte)'o', (byte)'s', (byte)'t', 60, 2, (byte)'a', (byte)'b', 60, 1, (byte)'c',
        82, 6, 1, 4, (byte)'p', (byte)'o', (byte)'r', (byte)'t', 6, 8, 192, 0, 2, 1, 192, 0, 2, 2, 119, 3, 1, (byte)'a', 0,
        124, 9, 0, 0, 0, 9, 4, 3, (byte)'d', (byte)'o', (byte)'c', 125, 8, 0, 0, 0, 9, 3, 1, 1, 5,
    ]);

    [Theory]
    [InlineData("option[60].hex == 'abc' and not option[61].exists or member('a')")]
    [InlineData("match('ho.*', lcase(option[12].text))")]
    [InlineData("pkt4.giaddr in (10.0.0.0/8, 192.0.2.1) and not pkt4.mac in (0x02, 'a')")]
    [InlineData("pkt4.msgtype in (1, 3) and uint(relay4[1].hex) % 7 >= 0 and length(option[12].hex) * 2 == 8")]
    [InlineData("vendor[9].option[1].exists and vendor-class[*].data == 'doc' and number('12') + vendor.enterprise == 21")]
    [InlineData("hexstring(pkt4.mac, ':') == '02:00:5e:10:00:ab' and split(pkt.iface + '.x', '.', 1) + substring(option[60].hex, -2, all) == 'eth0bc'")]
    [InlineData("option[6].text == '192.0.2.1,192.0.2.2' and option[119].text == 'a.' and relay4[1].text == '706F7274' and option[53].text == '1'")]
    [InlineData("pkt4.transid + option[9].hex == 0x12345678 and addrtotext(pkt.src) == '192.0.2.99' and addrtotext(2001:db8::1) == '2001:db8::1'")]
    [InlineData("int8totext(-3) + uint32totext(pkt.len) + ifelse(known, 'k', ucase('u')) == '-3301U'")]
    public void Evaluation_allocates_nothing(string text)
    {
        Condition condition = Packets.Condition(text);
        ExpressionScratch scratch = new();
        Exchange4 x = new(Packets.Nothing, Packets.Leases, new Scratch4(classes: 0), Packets.Datagram(Packet), default);
        Assert.True(x.TryParse());

        // The runtime itself may allocate while it makes faster code, and patterns while they learn; the least of some rounds is what evaluation needs.
        long least = long.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            int held = 0;
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                ExpressionPacket4 packet = new(in x, classes: default);
                if (condition.Holds(ref packet, scratch)) held++;
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(100, held);
        }

        Assert.Equal(0, least);
    }

    /// <summary>The highest trees that the parser makes, on a stack that is smaller than any thread of the program has.</summary>
    [Theory]
    [InlineData("ifelse(known or unknown and '' + ", " == '', 'a', '')")]
    [InlineData("int8totext(1 - 2 * (3 - ", " - 4))")]
    [InlineData("substring('b' + ", ", 0 - 0 * 1, all)")]
    public void Highest_expression_fits_a_small_stack(string before, string after)
    {
        string text = "";
        bool isNumber = before.StartsWith("int", StringComparison.Ordinal);
        for (int depth = 0; depth < (isNumber ? 16 : 99); depth++) text = $"{before}{(isNumber ? "length(" : "")}{(text.Length == 0 ? "'c'" : text)}{(isNumber ? ")" : "")}{after}";
        byte[]? value = null;
        Thread small = new(() => value = Packets.Value4(text, Packet), maxStackSize: 1024 * 1024);
        small.Start();
        small.Join();
        Assert.NotNull(value);
    }

    [Fact]
    public void Observer_sees_every_part_that_is_worked_out()
    {
        Seen seen = new();
        Exchange4 x = new(Packets.Nothing, Packets.Leases, new Scratch4(classes: 0), Packets.Datagram(Packet), default);
        Assert.True(x.TryParse());
        ExpressionPacket4 packet = new(in x, classes: default);

        Assert.True(Packets.Condition("option[61].exists or uint(option[53].hex) < 2 or known").Holds(ref packet, new(), seen));
        Assert.Equal<string[]>(
            [
                "option[61].exists: False", "option[53].hex: 01", "uint(option[53].hex): 1", "2: 2", "uint(option[53].hex) < 2: True",
                "option[61].exists or uint(option[53].hex) < 2 or known: True",
            ],
            [.. seen.Parts]);

        seen.Parts.Clear();
        Assert.False(Packets.Condition("not 1 != 2").Holds(ref packet, new(), seen));
        Assert.Equal<string[]>(["1: 1", "2: 2", "1 != 2: True", "not 1 != 2: False"], [.. seen.Parts]);

        seen.Parts.Clear();
        Assert.Equal(3, Packets.ValueOf("substring ( option[60].hex, uint(''), all ) + option[60].hex").Evaluate(ref packet, new(), seen).Length);
        Assert.Equal<string[]>(
            [
                "option[60].hex: 616263", "'': ", "uint(''): none", "substring ( option[60].hex, uint(''), all ): ", "option[60].hex: 616263",
                "substring ( option[60].hex, uint(''), all ) + option[60].hex: 616263",
            ],
            [.. seen.Parts]);
    }

    private sealed class Seen : IExpressionObserver
    {
        public List<string> Parts { get; } = [];

        public void SawBoolean(ReadOnlySpan<char> part, bool value) => Parts.Add($"{part}: {value}");

        public void SawOctets(ReadOnlySpan<char> part, ReadOnlySpan<byte> value) => Parts.Add($"{part}: {Convert.ToHexStringLower(value)}");

        public void SawNumber(ReadOnlySpan<char> part, long? value) => Parts.Add($"{part}: {(value is { } number ? number : "none")}");
    }
}
