using System.CommandLine;
using System.Text;
using Sim.Testing;
using Sim.World;

namespace Sim.Cli;

/// <summary><c>sim trace</c>: writes what a run does, to be read or drawn.</summary>
internal static class TraceCommand
{
    private static readonly (string Word, TraceFormat Format)[] _formats =
    [
        ("text", TraceFormat.Text), ("html", TraceFormat.Html), ("perfetto", TraceFormat.Perfetto), ("mermaid", TraceFormat.Mermaid),
    ];

    public static Command Create(ToolConsole console, CancellationToken cancellationToken)
    {
        var target = SharedOptions.Target();
        var what = new Argument<string>("run")
        {
            Description = "The name of a scenario, or a replay line: a failing run is shown "
                + "beside the nearest one that holds (html, perfetto).",
        };
        what.CompletionSources.Add(context => Completions.OfScenarios(context.ParseResult.GetValue(target)));
        var seed = NumberOption.Seed("For a scenario: the seed that decides; 0 is first in, first out.");
        var strategy = new StrategyOption();
        var format = new WordOption<TraceFormat>(
            "--format", "text; html (a page for a browser); perfetto (for ui.perfetto.dev); "
            + "mermaid (a sequence diagram). Default: text.",
            _formats);
        var output = new Option<string?>("--output") { HelpName = "FILE", Description = "Where to; standard output by default." };
        var command = new Command("trace", "Write what a run does: as text, as an HTML page, for Perfetto, or as a Mermaid diagram.")
        {
            target, what, seed, strategy, format, output,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(what) is { Tokens: [var word] } && IsLine(word.Value)
                && ((Option[])[seed, strategy]).FirstOrDefault(option => SharedOptions.IsGiven(result, option)) is { } given)
            {
                result.AddError($"{given.Name} means nothing beside a replay line, which has all decisions in it: leave one of them away.");
            }
        });
        command.SetAction(parsed =>
        {
            var named = parsed.GetRequiredValue(what);
            var line = IsLine(named) ? ReplayLine.Parse(named) : null;
            using var file = OutputFile.Open(output.Name, parsed.GetValue(output));
            var opened = Target.Open(parsed.GetRequiredValue(target), console, cancellationToken);
            var scenario = opened.Find(line?.Scenario ?? named);
            using (BodyConsole.Discard())
            {
                var run = line is null
                    ? scenario.Run(Campaign.StrategyOf(scenario, parsed.GetValue(seed), strategy.Read(parsed)))
                    : Replay(scenario, line, console);
                var written = Write(scenario, run, opened.Word, parsed.GetValue(format), cancellationToken);
                if (file is null)
                {
                    console.Output.Write(Encoding.UTF8.GetString(written));
                }
                else
                {
                    file.Stream.Write(written);
                    file.Complete();
                    console.Error.WriteLine($"{scenario.Name} {(run.Passed ? "holds" : "fails")}: written to {parsed.GetValue(output)}");
                }
            }

            return ExitCode.AsExpected;
        });
        return command;
    }

    // What no name of a scenario looks like.
    private static bool IsLine(string text) => text.Contains('@', StringComparison.Ordinal) && text.Contains(':', StringComparison.Ordinal);

    private static RunReport Replay(Scenario scenario, ReplayLine line, ToolConsole console)
    {
        var replay = ReplayReport.Make(scenario, line);
        if (!replay.IsIdentical)
        {
            console.Error.WriteLine(replay.Compare());
        }

        return replay.Run;
    }

    private static byte[] Write(
        Scenario scenario, RunReport run, string target, TraceFormat format, CancellationToken cancellationToken)
    {
        if (format == TraceFormat.Text)
        {
            return Encoding.UTF8.GetBytes($"{run.Trace}\n");
        }

        using var stream = new MemoryStream();
        // A diagram has room for one run only.
        var timeline = Timeline.Of(scenario, run, target, format == TraceFormat.Mermaid ? null : scenario.Explain(run, cancellationToken));
        switch (format)
        {
            case TraceFormat.Html:
                TimelinePage.Write(timeline, stream);
                break;
            case TraceFormat.Perfetto:
                ChromeTraceFile.Write(timeline, stream);
                break;
            default:
                return Encoding.UTF8.GetBytes(MermaidDiagram.Of(timeline));
        }

        return stream.ToArray();
    }
}
