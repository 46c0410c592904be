using System.Collections.Immutable;
using System.Text;
using Leasehold.Configuration.Model;
using Leasehold.Engine.Classification;
using Leasehold.Engine.Expressions;
using Leasehold.Protocol;

namespace Leasehold.Engine.V4;

/// <summary>An action on an option, as packets need it.</summary>
internal sealed class ServingFlexOption
{
    /// <summary>Values of text that are remembered with their octets; a network has few, and a stranger must not fill the memory.</summary>
    private const int MaxEncoded = 1024;

    private readonly Dictionary<byte[], byte[]> encoded = new(OctetsComparer.Instance);
    private readonly ImmutableArray<int> classes;
    private readonly ValueExpression? value;
    private readonly Condition? condition;

    public ServingFlexOption(FlexOption4 option, ClassTable<ServingClass4> classes)
    {
        Option = option;
        this.classes = [.. option.Classes.Select(classes.Resolve)];
        value = option.Value is { } octets ? new(octets, classes.Resolve) : null;
        condition = option.Condition is { } test ? new(test, classes.Resolve) : null;
    }

    public FlexOption4 Option { get; }

    /// <summary>The client is in all classes that the action is for.</summary>
    public bool IsFor(ClassSet members)
    {
        foreach (int index in classes)
        {
            if (!members.Contains(index)) return false;
        }

        return true;
    }

    public bool Removes(scoped in Exchange4 x)
    {
        ExpressionPacket4 packet = new(in x, x.Classes.Members);
        return condition?.Holds(ref packet, x.Scratch.Class.Expression) == true;
    }

    /// <summary>What is put in; empty for nothing.</summary>
    public ReadOnlySpan<byte> Value(scoped in Exchange4 x)
    {
        ExpressionPacket4 packet = new(in x, x.Classes.Members);
        ReadOnlySpan<byte> found = value is null ? default : value.Evaluate(ref packet, x.Scratch.Class.Expression);
        return found.IsEmpty || Option.Format is not { } format ? found : Encoded(format, found);
    }

    /// <summary>The octets of a text. One that the type cannot be made from gives nothing.</summary>
    private ReadOnlySpan<byte> Encoded(OptionFormat format, ReadOnlySpan<byte> text)
    {
        if (encoded.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(text, out byte[]? known)) return known;
        if (encoded.Count == MaxEncoded) encoded.Clear();
        bool made = OptionEncoder.TryEncode(format, Encoding.UTF8.GetString(text), out ImmutableArray<byte> octets, out _);
        byte[] found = made ? [.. octets] : [];
        encoded.Add(text.ToArray(), found);
        return found;
    }
}
