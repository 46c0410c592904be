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
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool plain = rune.Value == '\n' || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            BrokenRule.Unless(plain && rune.Value != 0xFFFD, "what is shown has no control characters", $"U+{rune.Value:X4} in {text.Length} characters");
        }
    }
}
