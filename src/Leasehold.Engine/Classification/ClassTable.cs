using System.Collections.Immutable;
using System.Text;
using Leasehold.Configuration.Model;
using Leasehold.Engine.Expressions;

namespace Leasehold.Engine.Classification;

/// <summary>The numbers of the classes that every configuration has.</summary>
internal static class BuiltInClass
{
    public const int All = 0;
    public const int Known = 1;
    public const int Unknown = 2;
    public const int Bootp = 3;
    public const int Drop = 4;
    public const int SkipDdns = 5;

    /// <summary>By number.</summary>
    public static readonly ImmutableArray<string> Names = ["ALL", "KNOWN", "UNKNOWN", "BOOTP", "DROP", "SKIP_DDNS"];
}

/// <summary>Every class that the configuration names, by number, and in which order the defined ones are looked at.</summary>
/// <typeparam name="TClass">What a family needs of a class.</typeparam>
internal sealed class ClassTable<TClass>
    where TClass : ServingClass
{
    /// <summary>Before a client's vendor class in the name of the class that the client is in by it.</summary>
    public const string VendorPrefix = "VENDOR_CLASS_";

    /// <summary>Before the name of a template class, an underline and the value of its expression.</summary>
    public const string SpawnPrefix = "SPAWN_";

    private readonly Dictionary<string, int> indices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> byText;
    private readonly HashSet<int> late = [BuiltInClass.Known, BuiltInClass.Unknown];
    private readonly bool[] shapesOptions;
    private readonly TClass?[] defined;

    /// <param name="make">Makes a class of its definition, its number, and what tells the numbers of others by their names.</param>
    public ClassTable(ClassUses uses, Func<ClientClass, int, Func<string, int>, TClass> make)
    {
        byText = indices.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (string name in BuiltInClass.Names) IndexOf(name);
        foreach (ClientClass definition in uses.Definitions) IndexOf(definition.Name);
        foreach (string name in uses.Definitions.SelectMany(static c => c.Test?.ClassNames ?? [])) IndexOf(name);
        foreach (string name in uses.Others) IndexOf(name);
        foreach (string name in uses.Rules.SelectMany(static rules => rules.Only.Concat(rules.Additional))) IndexOf(name);
        foreach (string name in uses.Reserved) late.Add(IndexOf(name));
        int[] tags = [.. uses.Options.SelectMany(static option => option.Classes).Distinct().Select(IndexOf)];

        defined = new TClass?[indices.Count];
        foreach (ClientClass definition in uses.Definitions) defined[IndexOf(definition.Name)] ??= make(definition, IndexOf(definition.Name), Resolve);
        (Early, Late) = Order(uses.Definitions);
        shapesOptions = [.. Enumerable.Range(0, Count).Select(i => defined[i]?.Definition.Options.IsEmpty == false || tags.Contains(i))];
        Vendors = indices.Keys.Any(static name => name.StartsWith(VendorPrefix, StringComparison.Ordinal));
    }

    public int Count => indices.Count;

    /// <summary>Looked at before the subnet is chosen.</summary>
    public ImmutableArray<TClass> Early { get; }

    /// <summary>Looked at when the reservation is known: they depend on it.</summary>
    public ImmutableArray<TClass> Late { get; }

    /// <summary>Some class is named after a vendor class.</summary>
    public bool Vendors { get; }

    /// <summary>The definition; null for a class without.</summary>
    public TClass? Find(int index) => defined[index];

    /// <summary>The class carries options, or options are for its members only.</summary>
    public bool ShapesOptions(int index) => shapesOptions[index];

    /// <summary>The number of a name that the configuration uses; −1 for others.</summary>
    public int Resolve(string name) => indices.GetValueOrDefault(name, -1);

    public ClassGuard Guard(ClassRules rules) => new([.. rules.Only.Select(Resolve)], rules.Only.Any(name => late.Contains(Resolve(name))));

    public ImmutableArray<int> Additional(ClassRules rules) => [.. rules.Additional.Select(Resolve)];

    /// <summary>Adds a class where the packet fulfils its test, and what a template makes of the packet.</summary>
    public void Test<TPacket>(scoped ref TPacket packet, TClass tested, ClassSet classes, ClassScratch scratch)
        where TPacket : IExpressionPacket, allows ref struct
    {
        if (tested.Condition is { } condition)
        {
            if (condition.Holds(ref packet, scratch.Expression)) classes.Add(tested.Index);
            return;
        }

        ReadOnlySpan<byte> value = tested.Template is { } template ? template.Evaluate(ref packet, scratch.Expression) : default;
        if (value.IsEmpty) return;
        if (TryFind(SpawnPrefix, tested.Definition.Name, value, scratch, out int spawned)) classes.Add(spawned);
        classes.Add(tested.Index);
    }

    /// <summary>Adds the classes that a place asks for.</summary>
    public void AddAsked<TPacket>(scoped ref TPacket packet, ReadOnlySpan<int> asked, ClassSet classes, ClassScratch scratch)
        where TPacket : IExpressionPacket, allows ref struct
    {
        foreach (int index in asked)
        {
            // A class without an expression is for everybody who is served here.
            if (Find(index) is not { } definition) continue;
            if (definition.Definition.Test is null) classes.Add(index);
            else Test(ref packet, definition, classes, scratch);
        }
    }

    /// <summary>Adds the class that is named after a vendor class, where the configuration knows it.</summary>
    public void AddVendor(ReadOnlySpan<byte> vendor, ClassSet classes, ClassScratch scratch)
    {
        if (TryFind(VendorPrefix, "", vendor, scratch, out int index)) classes.Add(index);
    }

    /// <summary>Looks for a class by the parts of its name. False for names that the configuration does not know, which change nothing.</summary>
    private bool TryFind(string prefix, string name, scoped ReadOnlySpan<byte> value, ClassScratch scratch, out int index)
    {
        Span<char> text = scratch.Name;
        int length = prefix.Length + name.Length + (name.Length == 0 ? 0 : 1);
        if (length + value.Length > text.Length)
        {
            index = -1;
            return false;
        }

        prefix.CopyTo(text);
        name.CopyTo(text[prefix.Length..]);
        if (name.Length > 0) text[length - 1] = '_';
        length += Encoding.Latin1.GetChars(value, text[length..]);
        return byText.TryGetValue(text[..length], out index);
    }

    private int IndexOf(string name)
    {
        if (!indices.TryGetValue(name, out int index)) indices.Add(name, index = indices.Count);
        return index;
    }

    /// <summary>A definition that names a late class is late itself, and so are those that name it.</summary>
    private (ImmutableArray<TClass> Early, ImmutableArray<TClass> Late) Order(ImmutableArray<ClientClass> definitions)
    {
        var early = ImmutableArray.CreateBuilder<TClass>();
        var afterwards = ImmutableArray.CreateBuilder<TClass>();
        foreach (ClientClass definition in definitions)
        {
            bool isLate = (definition.Test?.ClassNames ?? []).Any(name => late.Contains(Resolve(name)));
            if (isLate) late.Add(Resolve(definition.Name));
            if (definition.Test is null || definition.OnlyInAdditionalList || Find(Resolve(definition.Name)) is not { } serving) continue;
            if (isLate) afterwards.Add(serving);
            else early.Add(serving);
        }

        return (early.ToImmutable(), afterwards.ToImmutable());
    }
}
