using System.Text;

namespace Leasehold.Fuzz.Mutation;

/// <summary>Changes of a lease file by its lines and the values between commas.</summary>
internal static class LineChanges
{
    private static readonly string[] Values =
    [
        "", "0", "1", "2", "3", "4", "5", "-1", "255", "256", "4294967295", "4294967296", "4611686018427387903", "9223372036854775807", "007", "+1", " 1",
        "192.0.2.1", "0.0.0.0", "255.255.255.255", "192.0.2.256", "2001:db8::1", "2001:db8::/56", "::", "::ffff:192.0.2.1", "02:00:5e:10:00:01", "00", "00:00:00", "0", "zz", "ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff",
        "host.example.org", "&#x2c", "&#x0a&#x0d", "&#x", "&#xzz", "&amp", "{ }", "{ \"a\": 1 }", "{\"ISC\":{\"relay-agent-info\":\"0x0104\"}}", "{\"leasehold\":{\"htype\":6}}", "[", "\u00e9", "a b", "\0",
    ];

    public static byte[] Change(byte[] input, byte[] other, Random random)
    {
        // One character an octet, so that nothing is lost.
        List<string> lines = [.. Encoding.Latin1.GetString(input).Split('\n')];
        string[] theirs = Encoding.Latin1.GetString(other).Split('\n');
        int line = random.Next(lines.Count);
        switch (random.Next(9))
        {
            case 0:
                lines.RemoveAt(line);
                break;
            case 1:
                lines.Insert(line, lines[line]);
                break;
            case 2:
                lines.Insert(line, theirs[random.Next(theirs.Length)]);
                break;
            case 3:
                (lines[0], lines[line]) = (theirs[0], lines[line]);
                break;
            default:
                lines[line] = ChangeLine(lines[line], theirs[random.Next(theirs.Length)], random);
                break;
        }

        return Encoding.Latin1.GetBytes(string.Join('\n', lines));
    }

    private static string ChangeLine(string line, string other, Random random)
    {
        List<string> values = [.. line.Split(',')];
        string[] theirs = other.Split(',');
        int at = random.Next(values.Count);
        switch (random.Next(8))
        {
            case 0:
                values.RemoveAt(at);
                break;
            case 1:
                values.Insert(at, Value());
                break;
            case 2:
                int with = random.Next(values.Count);
                (values[at], values[with]) = (values[with], values[at]);
                break;
            case 3 when at < theirs.Length:
                values[at] = theirs[at];
                break;
            case 4:
                byte[] octets = OctetChanges.Change(Encoding.Latin1.GetBytes(values[at]), Encoding.Latin1.GetBytes(theirs[^1]), random);
                values[at] = Encoding.Latin1.GetString(octets);
                break;
            case 5:
                values[at] = string.Concat(Enumerable.Repeat($"{values[at]}:", 1 + random.Next(random.Next(4) == 0 ? 300 : 4))).TrimEnd(':');
                break;
            default:
                values[at] = Value();
                break;
        }

        return string.Join(',', values);

        string Value() => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(Values[random.Next(Values.Length)]));
    }
}
