namespace Leasehold.Fuzz.Mutation;

/* What a server is fed
   | configuration (1) |, then for each message  | way (1) | time (1) | length (2) | message |   */

/// <summary>Changes of what several clients say: messages that go, come again, change places or are changed themselves.</summary>
internal static class ConversationChanges
{
    /// <summary>Octets before a message: the way it came, the time that passed, its length.</summary>
    public const int Head = 4;

    public static byte[] Change(byte[] input, byte[] other, Random random)
    {
        List<byte[]> messages = Split(input);
        List<byte[]> theirs = Split(other);
        byte configuration = input.Length == 0 ? (byte)0 : input[0];
        if (messages.Count == 0) return other;
        int at = random.Next(messages.Count);
        switch (random.Next(12))
        {
            case 0 when messages.Count > 1:
                messages.RemoveAt(at);
                break;
            case 1:
                messages.Insert(random.Next(messages.Count + 1), messages[at]);
                break;
            case 2 or 3 when theirs.Count > 0:
                messages.Insert(random.Next(messages.Count + 1), theirs[random.Next(theirs.Count)]);
                break;
            case 4:
                int with = random.Next(messages.Count);
                (messages[at], messages[with]) = (messages[with], messages[at]);
                break;
            case 5:
                messages[at][random.Next(2)] = OctetChanges.Octet(random);
                break;
            case 6:
                configuration = (byte)random.Next(4);
                break;
            default:
                byte[] their = theirs.Count == 0 ? messages[at] : theirs[random.Next(theirs.Count)];
                byte[] changed = random.Next(5) == 0
                    ? OctetChanges.Change(messages[at][Head..], their[Head..], random)
                    : OptionChanges4.Change(messages[at][Head..], their[Head..], random);
                messages[at] = Message(messages[at][0], messages[at][1], changed);
                break;
        }

        return [configuration, .. messages.SelectMany(message => message)];
    }

    /// <summary>One message with what stands before it.</summary>
    public static byte[] Message(byte way, byte time, byte[] octets) => [way, time, (byte)(octets.Length >> 8), (byte)octets.Length, .. octets];

    /// <summary>The messages with what stands before each; the last is cut where the input ends.</summary>
    public static List<byte[]> Split(ReadOnlySpan<byte> input)
    {
        List<byte[]> messages = [];
        for (int at = 1; at + Head <= input.Length;)
        {
            int length = Math.Min((input[at + 2] << 8) | input[at + 3], input.Length - at - Head);
            messages.Add(Message(input[at], input[at + 1], input.Slice(at + Head, length).ToArray()));
            at += Head + length;
        }

        return messages;
    }
}
