using System.CommandLine;
using Sim.Testing;

namespace Sim.Cli;

/// <summary><c>sim list</c>: the scenarios of a target.</summary>
internal static class ListCommand
{
    public static Command Create(ToolConsole console, CancellationToken cancellationToken)
    {
        var (target, filter, json) = (SharedOptions.Target(), SharedOptions.Filter(), SharedOptions.Json());
        var corpus = SharedOptions.Corpus("The folder of the failures found before; .sim/corpus beside the project by default.");
        var command = new Command("list", "List the scenarios of a target, what is planted in them, and what is kept of them.")
        {
            target, filter, corpus, json,
        };
        command.SetAction(parsed =>
        {
            var opened = Target.Open(parsed, target, json, console, cancellationToken);
            var scenarios = opened.Select([], parsed.GetValue(filter)!);
            var folder = new FailureCorpusFolder(parsed.GetValue(corpus) ?? opened.CorpusFolder, opened.Scenarios);
            var width = scenarios.Max(static scenario => scenario.Name.Length);
            foreach (var scenario in scenarios)
            {
                var kept = folder.CountOf(scenario.Name);
                var facts = scenario.MustFail is { } planted ? $"planted: {planted}" : kept > 0 ? $"kept: {kept}" : null;
                console.Output.WriteLine(facts is null ? scenario.Name : $"{scenario.Name.PadRight(width)}  {facts}");
            }

            console.WriteJson(() => ReportJson.OfList(opened.Name, scenarios, scenario => folder.CountOf(scenario.Name), opened.LeftOut));
            return ExitCode.AsExpected;
        });
        return command;
    }
}
