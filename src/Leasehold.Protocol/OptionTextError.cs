namespace Leasehold.Protocol;

/// <summary>What is wrong with an option's text, and where in it.</summary>
/// <param name="Kind">Whether the text was refused, or only a part of it does nothing.</param>
/// <param name="Field">The value between commas, counted from 1; 0 for the text as a whole.</param>
/// <param name="Position">The first character of that value, counted from 0.</param>
/// <param name="Found">The value as it stands there, without blanks around it.</param>
/// <param name="Expected">What should stand there: "a number from 0 to 255".</param>
public readonly record struct OptionTextError(OptionTextErrorKind Kind, int Field, int Position, string Found, string Expected)
{
    /// <summary>Nothing is wrong.</summary>
    public static readonly OptionTextError None = new(OptionTextErrorKind.None, 0, 0, "", "");

    /// <summary>For a person: "value 2, 'x', is not a number from 0 to 255".</summary>
    public override string ToString() => Kind switch
    {
        OptionTextErrorKind.None => "no error",
        OptionTextErrorKind.Missing => Field == 0 ? $"there is no value; expected {Expected}" : $"value {Field} is missing; expected {Expected}",
        OptionTextErrorKind.Unused => $"value {Field}, '{Found}', is not used: {Expected}",
        OptionTextErrorKind.TooLong => $"the value has {Found} octets; {Expected}",
        _ => Field == 0 ? $"'{Found}' is not {Expected}" : $"value {Field}, '{Found}', is not {Expected}",
    };
}

/// <summary>How text misses an option's format.</summary>
public enum OptionTextErrorKind
{
    None,

    /// <summary>A value is not of its type.</summary>
    Value,

    /// <summary>There is no value, or a record has too few.</summary>
    Missing,

    /// <summary>More octets than an option can carry.</summary>
    TooLong,

    /// <summary>A remark beside a success: the established server takes such text and drops the values after the last that the format has.</summary>
    Unused,
}
