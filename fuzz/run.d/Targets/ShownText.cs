using System.Buffers;
using System.Globalization;
using System.Text;
using Leasehold.Fuzz.Driving;

namespace Leasehold.Fuzz.Targets;

/// <summary>What is shown to a person on a terminal.</summary>
internal static class ShownText
{
    /// <summary>Nothing that a stranger sent may move the cursor or turn the direction of the text.</summary>
    public static void MustBePlain(string text)
    {
        for (ReadOnlySpan<char> rest = text; !rest.IsEmpty;)
        {
            bool valid = Rune.DecodeFromUtf16(rest, out Rune rune, out int used) == OperationStatus.Done;
            bool plain = valid && (rune.Value == '\n' || Rune.GetUnicodeCategory(rune) is not (
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));
            BrokenRule.Unless(plain, "what is shown has no control characters", $"U+{(int)rest[0]:X4} in {text.Length} characters");
            rest = rest[used..];
        }
    }
}
