using System.Text.Json;

namespace Leasehold.Engine;

/// <summary>Walks the members of a JSON map in UTF-8, without making objects of it.</summary>
/// <remarks>What is no map has no members. <see cref="JsonException"/> where the text is no JSON.</remarks>
internal ref struct JsonMembers
{
    private readonly ReadOnlySpan<byte> json;
    private readonly bool isMap;
    private Utf8JsonReader reader;

    public JsonMembers(ReadOnlySpan<byte> json)
    {
        this.json = json;
        reader = new(json);
        isMap = !json.IsEmpty && reader.Read() && reader.TokenType == JsonTokenType.StartObject;
    }

    /// <summary>The name as it stands, without its quotes.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Name, colon and value.</summary>
    public ReadOnlySpan<byte> Member { get; private set; }

    public bool MoveNext()
    {
        if (!isMap || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName) return false;
        Name = reader.ValueSpan;
        int start = (int)reader.TokenStartIndex;
        reader.Read();
        int value = (int)reader.TokenStartIndex;
        reader.Skip();
        int end = (int)reader.BytesConsumed;
        Value = json[value..end];
        Member = json[start..end];
        return true;
    }
}
