using System.Text.RegularExpressions;

namespace Sim.Tests;

/// <summary>The architecture document promises A1 to A12, and names for each promise a test that exists.</summary>
internal static partial class InvariantTable
{
    public const int Count = 12;

    /// <param name="document">Each invariant begins a list item, a table row or a paragraph: <c>A1</c>, bold or not.</param>
    /// <param name="testExists">Whether a class has a test method of that name.</param>
    public static IEnumerable<Finding> Check(SourceFile document, Func<string, string, bool> testExists)
    {
        var entries = Entry().Matches(document.Text).ToLookup(match => match.Groups["number"].Value);
        foreach (var number in Enumerable.Range(1, Count).Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)))
        {
            var tests = entries[number].SelectMany(entry => Test().Matches(entry.Value)).ToList();
            if (!entries[number].Any())
            {
                yield return new(document.Path, $"does not name invariant A{number}");
            }
            else if (tests.Count == 0)
            {
                yield return new(document.Path, $"names no test for invariant A{number}: write `Class.Method` beside it");
            }

            foreach (var test in tests.Where(test => !testExists(test.Groups["class"].Value, test.Groups["method"].Value)))
            {
                yield return new(document.Path, $"says that {test.Value.Trim('`')} guards A{number}, but there is no such test");
            }
        }
    }

    // From the number to the next blank line, list item or row.
    [GeneratedRegex(@"^[ \t]*(?:[-*|][ \t]*)?(?:\*\*)?A(?<number>\d+)\b.*(?:\n(?![ \t]*(?:[-*|]|\n|\*\*A\d|A\d|#)).+)*", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"`(?<class>\w*(?:Tests|Properties|Laws))\.(?<method>\w+)`")]
    private static partial Regex Test();
}
