using System.Text;
using Leasehold.Configuration.Expressions;
using Leasehold.Configuration.Model;
using Leasehold.Engine;
using Leasehold.Engine.Expressions;
using Leasehold.Engine.V4;
using Leasehold.Fuzz.Driving;
using Leasehold.Fuzz.Mutation;
using Leasehold.Leases;
using Leasehold.Protocol;

namespace Leasehold.Fuzz.Targets;

/// <summary>Expressions: the text is read in both families, and what was understood is worked out for DHCPv4 packets.</summary>
internal sealed class ExpressionTarget : Target
{
    private static readonly string[] Examples =
    [
        "option[60].text == 'PXEClient' and not member('KNOWN')", "substring(option[61].hex, 1, all) == 0x02005e100001", "option[82].option[1].exists or relay4[2].hex == 'x'",
        "hexstring(pkt4.mac, ':') + '-' + pkt.iface", "split(option[12].hex, '.', 2) in ('a', 'b', lcase('C'))", "match('^a.*[0-9]+$', option[12].text)",
        "ifelse(vendor[4491].option[1].exists, vendor.enterprise, vendor-class[*].data[0])", "uint8totext(pkt4.hlen) == '6'", "int32totext(0xffffffff) == '-1'",
        "(pkt4.secs * 3 - 4) % 7 >= length(option[55].hex) / 2", "addrtotext(pkt4.giaddr) == '192.0.2.1'", "concat(option[119].text, option[121].text)", "ucase(option[81].text)",
        "relay6[0].option[18].hex == 'eth0'", "pkt6.transid == 5 and relay6[-1].peeraddr == 2001:db8::1", "-(-1) == +1 and 0x == ''", "int(option[57].hex) > 1200",
    ];

    private static readonly ServedInterface Link = new(2, "eth0", [Ipv4.Parse("192.0.2.1")]);

    private readonly LeaseTable4 leases = new();
    private readonly ServingConfig nothing;
    private readonly ExpressionScratch scratch = new();
    private readonly List<byte[]> packets = [];

    public ExpressionTarget()
    {
        nothing = new(new Dhcp4Config(), leases, Server4Ports.Standard, new Random(1));
        packets.Add(Packet([53, 1, 1, 12, 3, (byte)'a', (byte)'.', (byte)'b', 57, 2, 5, 0xdc, 60, 9, .. "PXEClient"u8, 61, 7, 1, 2, 0, 0x5e, 0x10, 0, 1, 82, 8, 1, 2, (byte)'c', (byte)'d', 2, 2, 0, 6]));
        packets.Add(Packet([53, 1, 3, 43, 6, 1, 4, 2, 2, 9, 9, 124, 9, 0, 0, 0x11, 0x8b, 4, .. "data"u8, 125, 10, 0, 0, 0x11, 0x8b, 5, 1, 3, 1, 1, 7, 119, 4, 1, (byte)'a', 0xc0, 0, 121, 5, 0, 192, 0, 2, 1]));
        packets.Add(Packet([53, 1, 1, 12, 255, .. Enumerable.Repeat((byte)'x', 255), 82, 3, 1, 200, 1, 125, 5, 0, 0, 0, 1, 255, 81, 2, 4, 63]));
    }

    public override string Name => "expressions";

    public override string About => "expressions: reading never throws, errors lie in the text, what is read is worked out without an exception, always the same";

    public override Shape Shape => Shape.Text;

    public override int MaxLength => 2048;

    public override IEnumerable<byte[]> Seeds(string tests) => Examples.Select(Encoding.UTF8.GetBytes);

    public override void Run(ReadOnlySpan<byte> input, Reached reached)
    {
        string text = Encoding.UTF8.GetString(input);
        foreach (ExpressionFamily family in (ExpressionFamily[])[ExpressionFamily.V4, ExpressionFamily.V6])
        {
            bool isCondition = ExpressionParser.TryParseCondition(text, family, out BooleanExpression? condition, out ExpressionError wrong);
            bool isValue = ExpressionParser.TryParseValue(text, family, out OctetsExpression? value, out ExpressionError error);
            Judge(text, isCondition, wrong, reached);
            Judge(text, isValue, error, reached);
            reached.Add($"{family}", isCondition ? 1 : 0, isValue ? 1 : 0);
            if (family != ExpressionFamily.V4) continue;
            if (condition is not null) Evaluate(new Condition(condition, static name => name.Length & 3), reached);
            if (value is not null) Evaluate(new ValueExpression(value, static name => name.Length & 3), reached);
        }
    }

    private static void Judge(string text, bool read, ExpressionError error, Reached reached)
    {
        if (read) return;
        BrokenRule.Unless(error.Offset >= 0 && error.Offset <= text.Length, "an error is inside the text", $"{error}");
        BrokenRule.Unless(!string.IsNullOrEmpty(error.Message), "an error has words");
        reached.AddMessage("error", error.Message);
        reached.AddSize("offset", error.Offset);
    }

    private void Evaluate(Condition condition, Reached reached)
    {
        Collect(condition.Expression.Root, reached);
        foreach (byte[] packet in packets)
        {
            Exchange4 x = new(nothing, leases, new Scratch4(classes: 0), Arrived(packet), default);
            BrokenRule.Unless(x.TryParse(), "the packets are well-formed");
            ExpressionPacket4 seen = new(in x, [5UL]);
            bool holds = condition.Holds(ref seen, scratch);
            reached.Add("holds", holds ? 1 : 0);
            BrokenRule.Unless(holds == condition.Holds(ref seen, scratch), "a condition has one answer for a packet");
        }
    }

    private void Evaluate(ValueExpression value, Reached reached)
    {
        Collect(value.Expression.Root, reached);
        foreach (byte[] packet in packets)
        {
            Exchange4 x = new(nothing, leases, new Scratch4(classes: 0), Arrived(packet), default);
            BrokenRule.Unless(x.TryParse(), "the packets are well-formed");
            ExpressionPacket4 seen = new(in x, [5UL]);
            byte[] first = value.Evaluate(ref seen, scratch).ToArray();
            reached.AddSize("octets", first.Length);
            BrokenRule.Unless(first.Length <= ExpressionScratch.Size, "a value is not longer than its space", $"{first.Length}");
            BrokenRule.Unless(value.Evaluate(ref seen, scratch).SequenceEqual(first), "a value is the same for the same packet");
        }
    }

    // Which kinds of parts a tree has: the text of records names them.
    private static void Collect(ExpressionNode root, Reached reached)
    {
        string[] words = $"{root}".Split(' ');
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i].EndsWith("Node", StringComparison.Ordinal)) reached.Add(words[i], i < 2 ? 1 : 0);
        }
    }

    private static Datagram Arrived(byte[] packet) =>
        new() { Payload = packet, Source = Ipv4.Parse("192.0.2.99"), Destination = Ipv4.Broadcast, Interface = Link };

    private static byte[] Packet(byte[] options)
    {
        byte[] fields = new byte[236];
        (fields[0], fields[1], fields[2], fields[9]) = (1, 1, 6, 7);
        (fields[24], fields[27], fields[28], fields[33]) = (10, 1, 2, 1);
        return [.. fields, 0x63, 0x82, 0x53, 0x63, .. options, 255];
    }
}
