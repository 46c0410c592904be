using System.Globalization;
using System.Numerics;
using System.Text;
using Leasehold.Engine.Expressions;
using Xunit;

namespace Leasehold.UnitTests.Engine.Expressions;

/// <summary>Expressions by chance: worked out here slowly while their text is made, and by the evaluator.</summary>
public class RandomExpressionTests
{
    [Fact]
    public void Evaluator_agrees_with_a_slow_reference()
    {
        byte[] packet = Packets.V4([53, 1, 1, 12, 3, (byte)'a', (byte)'.', (byte)'B', 60, 0]);
        var random = new Random(7);
        for (int i = 0; i < 5_000; i++)
        {
            if (random.Next(2) == 0)
            {
                (string text, byte[] value) = Octets(random, depth: 4);
                Assert.True(value.AsSpan().SequenceEqual(Packets.Value4(text, packet)), text);
            }
            else
            {
                (string text, bool value) = Boolean(random, depth: 4);
                Assert.True(value == Packets.Holds4(text, packet), text);
            }
        }
    }

    /// <summary>Options whose lengths lie, in any place, with every kind of path into them: an answer, whatever it is, and no exception.</summary>
    [Fact]
    public void Strange_packets_are_looked_into_without_an_exception()
    {
        string[] paths =
        [
            "option[43].option[1]", "option[43].option[1].option[2]", "option[82].option[1]", "option[82].option[1].option[2]", "option[125].option[1]",
            "vendor[*].option[1]", "vendor[1].option[1].option[1]", "option[119]", "option[121]", "option[81]", "option[6]", "option[1]", "option[120]", "option[162]",
        ];
        ValueExpression[] values =
        [
            .. paths.Select(path => Packets.ValueOf($"hexstring({path}.hex, ':') + {path}.text + ifelse({path}.exists, 'y', 'n')")),
            Packets.ValueOf("vendor-class[*].data[1] + vendor-class[1].data + vendor.enterprise + vendor-class.enterprise"),
        ];
        byte[] codes = [1, 6, 43, 81, 82, 119, 120, 121, 124, 125, 162];
        var random = new Random(3);
        ExpressionScratch scratch = new();
        for (int i = 0; i < 3_000; i++)
        {
            List<byte> options = [53, 1, 1];
            for (int option = random.Next(6); option > 0; option--)
            {
                byte[] value = [.. Enumerable.Range(0, random.Next(30)).Select(_ => (byte)(random.Next(3) == 0 ? random.Next(256) : random.Next(4)))];
                options.AddRange([codes[random.Next(codes.Length)], (byte)value.Length, .. value]);
            }

            foreach (ValueExpression value in values) Packets.Value4(value, Packets.V4([.. options]), scratch);
        }
    }

    /// <summary>A value that grows beyond the scratch space is empty, and the next expression has all of it again.</summary>
    [Fact]
    public void Values_that_do_not_fit_are_empty()
    {
        byte[] packet = Packets.V4([53, 1, 1, 12, 255, .. Enumerable.Repeat((byte)'x', 255)]);
        ValueExpression large = Packets.ValueOf($"hexstring({string.Join(" + ", Enumerable.Repeat("option[12].hex", 40))}, ':')");
        ValueExpression small = Packets.ValueOf("'a' + 'b'");
        ExpressionScratch scratch = new();
        Assert.Equal([], Packets.Value4(large, packet, scratch));
        Assert.Equal("ab"u8.ToArray(), Packets.Value4(small, packet, scratch));
        Assert.True(Packets.Holds4($"hexstring(option[12].hex, '{new string('-', 1000)}') == ''", packet));
        Assert.False(Packets.Holds4($"match('x*', {string.Join(" + ", Enumerable.Repeat("option[12].hex", 17))})", packet));
    }

    private static (string Text, byte[] Value) Octets(Random random, int depth)
    {
        switch (depth == 0 ? random.Next(4) : random.Next(12))
        {
            case 0:
                string literal = new([.. Enumerable.Range(0, random.Next(5)).Select(_ => "aB.é"[random.Next(4)])]);
                return ($"'{literal}'", Encoding.UTF8.GetBytes(literal));
            case 1:
                byte[] hex = new byte[1 + random.Next(4)];
                random.NextBytes(hex);
                return ($"0x{Convert.ToHexString(hex)}", hex);
            case 2:
                return ("option[12].hex", "a.B"u8.ToArray());
            case 3:
                return random.Next(2) == 0 ? ("option[60].hex", []) : ("option[99].text", []);
            case 4:
                (string left, byte[] first) = Octets(random, depth - 1);
                (string right, byte[] second) = Octets(random, depth - 1);
                return random.Next(2) == 0 ? ($"concat({left}, {right})", [.. first, .. second]) : ($"({left} + {right})", [.. first, .. second]);
            case 5:
                return Substring(random, depth);
            case 6:
                (string condition, bool holds) = Boolean(random, depth - 1);
                (string then, byte[] yes) = Octets(random, depth - 1);
                (string otherwise, byte[] no) = Octets(random, depth - 1);
                return ($"ifelse({condition}, {then}, {otherwise})", holds ? yes : no);
            case 7:
                (string operand, byte[] octets) = Octets(random, depth - 1);
                return ($"hexstring({operand}, '-')", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(octets).Chunk(2).Select(pair => new string(pair)).DefaultIfEmpty("").Aggregate((a, b) => $"{a}-{b}")));
            case 8:
                (operand, octets) = Octets(random, depth - 1);
                return ($"lcase({operand})", [.. octets.Select(o => o is >= 65 and <= 90 ? (byte)(o + 32) : o)]);
            case 9:
                (operand, octets) = Octets(random, depth - 1);
                string[] parts = Encoding.Latin1.GetString(octets).Split('.', 'B');
                int field = random.Next(5);
                return ($"split({operand}, '.B', {field})", octets.Length > 0 && field >= 1 && field <= parts.Length ? Encoding.Latin1.GetBytes(parts[field - 1]) : []);
            case 10:
                (string number, BigInteger? value) = Number(random, depth - 1);
                return ($"int32totext({number})", value is { } fits && fits >= int.MinValue && fits <= int.MaxValue ? Encoding.ASCII.GetBytes(fits.ToString(CultureInfo.InvariantCulture)) : []);
            default:
                (number, value) = Number(random, depth - 1);
                return ($"({number} * 1 + '')", value is { } written ? Written(written) : []);
        }
    }

    private static (string Text, byte[] Value) Substring(Random random, int depth)
    {
        (string operand, byte[] octets) = Octets(random, depth - 1);
        int start = random.Next(-6, 7);
        int? length = random.Next(4) == 0 ? null : random.Next(-6, 7);
        int from = start < 0 ? start + octets.Length : start;
        byte[] value = [];
        if (from >= 0 && from < octets.Length)
        {
            value = length is null ? octets[from..]
                : length >= 0 ? [.. octets.Skip(from).Take(length.Value)]
                : [.. octets.Take(from).TakeLast(-length.Value)];
        }

        return ($"substring({operand}, {start}, {(length is { } count ? count : "all")})", value);
    }

    private static (string Text, bool Value) Boolean(Random random, int depth)
    {
        switch (depth == 0 ? random.Next(2) : random.Next(9))
        {
            case 0:
                return ("option[12].exists", true);
            case 1:
                return ("option[99].exists", false);
            case 2:
                (string left, bool first) = Boolean(random, depth - 1);
                (string right, bool second) = Boolean(random, depth - 1);
                return ($"({left} and {right})", first && second);
            case 3:
                (left, first) = Boolean(random, depth - 1);
                (right, second) = Boolean(random, depth - 1);
                return ($"({left} or {right})", first || second);
            case 4:
                (left, first) = Boolean(random, depth - 1);
                return ($"not {left}", !first);
            case 5:
                (left, byte[] one) = Octets(random, depth - 1);
                (right, byte[] other) = random.Next(2) == 0 ? (left, one) : Octets(random, depth - 1);
                bool equal = one.AsSpan().SequenceEqual(other);
                return random.Next(2) == 0 ? ($"({left} == {right})", equal) : ($"({left} != {right})", !equal);
            case 6:
                (left, one) = Octets(random, depth - 1);
                (right, other) = Octets(random, depth - 1);
                return ($"{left} in ({right}, 'a', {right})", one.AsSpan().SequenceEqual(other) || one is [(byte)'a']);
            default:
                (left, BigInteger? smaller) = Number(random, depth - 1);
                (right, BigInteger? greater) = Number(random, depth - 1);
                return random.Next(4) switch
                {
                    0 => ($"({left} < {right})", smaller < greater),
                    1 => ($"({left} >= {right})", smaller >= greater),
                    2 => ($"({left} == {right})", smaller == greater),
                    _ => ($"({left} in (0, {right}))", smaller is not null && (smaller == 0 || smaller == greater)),
                };
        }
    }

    private static (string Text, BigInteger? Value) Number(Random random, int depth)
    {
        switch (depth == 0 ? random.Next(2) : random.Next(9))
        {
            case 0:
                int small = random.Next(-3, 4);
                return ($"{small}", small);
            case 1:
                return random.Next(2) == 0 ? ("pkt4.hlen", 6) : ($"{long.MaxValue}", long.MaxValue);
            case 2:
                (string operand, byte[] octets) = Octets(random, depth - 1);
                return ($"length({operand})", octets.Length);
            case 3:
                (operand, octets) = Octets(random, depth - 1);
                BigInteger unsigned = new(octets, isUnsigned: true, isBigEndian: true);
                return ($"uint({operand})", octets.Length is >= 1 and <= 8 ? InRange(unsigned) : null);
            case 4:
                (operand, octets) = Octets(random, depth - 1);
                BigInteger signed = new(octets, isUnsigned: false, isBigEndian: true);
                return ($"int({operand})", octets.Length is >= 1 and <= 8 ? signed : null);
            case 5:
                (operand, BigInteger? negated) = Number(random, depth - 1);
                return ($"-({operand})", InRange(-negated));
            default:
                (string left, BigInteger? first) = Number(random, depth - 1);
                (string right, BigInteger? second) = Number(random, depth - 1);
                (string third, BigInteger? last) = Number(random, depth - 1);
                (char symbol, BigInteger? result) = random.Next(3) switch
                {
                    0 => ('*', first * second),
                    1 => ('/', second.IsZero() ? null : first / second),
                    _ => ('%', second.IsZero() ? null : first % second),
                };
                return random.Next(2) == 0
                    ? ($"({left} {symbol} {right} - {third})", InRange(InRange(result) - last))
                    : ($"({left} {symbol} {right} + {third})", InRange(InRange(result) + last));
        }
    }

    private static BigInteger? InRange(BigInteger? value) => value is { } number && number >= long.MinValue && number <= long.MaxValue ? number : null;

    private static byte[] Written(BigInteger value)
    {
        int width = value >= 0 && value <= uint.MaxValue ? 4 : 8;
        byte[] octets = value.ToByteArray(isBigEndian: true);
        byte fill = value < 0 ? (byte)255 : (byte)0;
        byte[] whole = [.. Enumerable.Repeat(fill, 8), .. octets];
        return whole[^width..];
    }
}

file static class Zero
{
    public static bool IsZero(this BigInteger? value) => value is { IsZero: true };
}
