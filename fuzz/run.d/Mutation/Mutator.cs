namespace Leasehold.Fuzz.Mutation;

/// <summary>Makes a new input of an old one: mostly by its structure, sometimes blindly.</summary>
internal sealed class Mutator(Shape shape, int maxLength, Random random)
{
    private const int MaxChanges = 6;

    /// <param name="parent">The input to change; stays as it is.</param>
    /// <param name="others">Inputs to take parts from.</param>
    public byte[] Mutate(byte[] parent, IReadOnlyList<byte[]> others)
    {
        byte[] changed = parent;
        int changes = 1;
        while (changes < MaxChanges && random.Next(2) == 0) changes++;
        for (int i = 0; i < changes; i++)
        {
            byte[] other = others.Count == 0 ? parent : others[random.Next(others.Count)];
            changed = Change(changed, other);
            if (changed.Length > maxLength) changed = changed[..maxLength];
        }

        return changed;
    }

    private byte[] Change(byte[] input, byte[] other)
    {
        if (random.Next(4) == 0) return OctetChanges.Change(input, other, random);
        return shape switch
        {
            Shape.Message4 => OptionChanges4.Change(input, other, random),
            Shape.Message6 => OptionChanges6.Change(input, other, random),
            Shape.Text => TextChanges.Change(input, other, random),
            Shape.Lines => LineChanges.Change(input, other, random),
            Shape.Conversation => ConversationChanges.Change(input, other, random),
            _ => OctetChanges.Change(input, other, random),
        };
    }
}
