using System.Text.RegularExpressions;

namespace Sim.Tests;

/// <summary>The picture of the loop cannot lie: its numbered steps are the methods that one iteration calls, in order.</summary>
internal static partial class LoopSteps
{
    public static IEnumerable<Finding> Check(SourceTree tree)
    {
        var body = tree.Under("Sim.Core/Loop").Where(file => file.Name.StartsWith("EventLoop.", StringComparison.Ordinal))
            .Select(file => Body().Match(file.Code)).FirstOrDefault(match => match.Success);
        if (body is null)
        {
            yield return new("Sim.Core/Loop/EventLoop.cs", "has no method RunOnce with a body");
            yield break;
        }

        if (tree.Find("docs/the-loop.md") is not { } document)
        {
            yield return new("docs/the-loop.md", "is missing: it holds the steps of one iteration");
            yield break;
        }

        var called = Call().Matches(body.Groups["body"].Value).Select(match => match.Groups["name"].Value).ToList();
        var told = Step().Matches(document.Text).Select(match => match.Groups["name"].Value).ToList();
        if (!told.SequenceEqual(called))
        {
            yield return new(document.Path, $"tells the steps {string.Join(", ", told)}; RunOnce calls {string.Join(", ", called)}");
        }
    }

    [GeneratedRegex(@"\bvoid\s+RunOnce\s*\(\s*\)\s*\{(?<body>(?:[^{}]|(?<open>\{)|(?<-open>\}))*)\}")]
    private static partial Regex Body();

    [GeneratedRegex(@"(?<![\w.]|\bnew\s+)(?<name>[A-Z]\w*)\s*\(")]
    private static partial Regex Call();

    [GeneratedRegex(@"^\d+\.\s+(?:\*\*)?`(?<name>\w+)(?:\([^`]*\))?`", RegexOptions.Multiline)]
    private static partial Regex Step();
}
