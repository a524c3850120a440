using System.Text.RegularExpressions;

namespace Sim.Tests;

/// <summary>Invariants of the architecture that can be seen in the source: A2, A3 and A8.</summary>
internal static partial class SourceInvariants
{
    // A random number for strangers is made of a decision; nothing goes back from it into one.
    private static readonly string[] _viewsOfDecisions = ["Sim.World/Runs/DrawnRandom.cs"];

    /// <summary>A2: the pollers tell the virtual clock what time it is; nobody else does.</summary>
    public static IEnumerable<Finding> MovesTimeOutsideAPoller(SourceTree tree) =>
        Matches(tree.Shipped.Where(file => !file.IsUnder("Sim.Core/IO")), MovesTime(), what => $"calls {what}: only a poller moves time (A2)");

    /// <summary>A3: the core may make a virtual loop; it may not ask whether it is one. A twin says its own name in its own file.</summary>
    public static IEnumerable<Finding> AsksWhetherSimulated(SourceTree tree) =>
        Matches(
            tree.CSharp.Where(file => file.IsUnder("Sim.Core") && file.Folder != "IO" && !file.Name.StartsWith("Virtual", StringComparison.Ordinal)),
            KnowsOfSimulation(),
            what => $"says {what}: the core never asks whether it is simulated (A3)");

    /// <summary>A8: no floating point where decisions are made, nor where time is counted.</summary>
    public static IEnumerable<Finding> CountsInFloatingPoint(SourceTree tree) =>
        Matches(
            tree.CSharp.Where(file => file.Project is "Sim.Clock" or "Sim.Core" or "Sim.World" && !_viewsOfDecisions.Contains(file.Path)),
            FloatingPoint(), what => $"says {what}: time is ticks and a probability is a ratio of integers (A7, A8)");

    private static IEnumerable<Finding> Matches(IEnumerable<SourceFile> files, Regex pattern, Func<string, string> what) =>
        from file in files
        from Match match in pattern.Matches(file.Code)
        select file.Finding(file.LineAt(match.Index), what(match.Value.Trim()));

    // The reader of a pipe is advanced too, over bytes.
    [GeneratedRegex(@"(?<=\.\s*)(?<!\b(?:\w*[rR]eader|Input)\s*\.\s*)Advance(?:To|By)\b")]
    private static partial Regex MovesTime();

    // Constructing is allowed, and naming what constructs; every other mention is knowledge.
    [GeneratedRegex(@"(?<!\bnew\s+|\w)(?:Virtual[A-Z]\w*|Sim[A-Z]\w*|Is(?:Virtual|Simulat)\w*|InSimulation)\b")]
    private static partial Regex KnowsOfSimulation();

    [GeneratedRegex(@"\b(?:double|float|Double|Single|Half)\b(?!\s*\()|(?<![\w.])\d[\d_]*\.\d+|\b\d[\d_]*(?:[fFdD]|[eE][+-]?\d+)\b(?<!\b0x\w*)|\.\s*Total(?:Days|Hours|Minutes|Seconds|Milliseconds|Microseconds|Nanoseconds)\b")]
    private static partial Regex FloatingPoint();
}
