using System.CommandLine;
using Sim.Testing;

namespace Sim.Cli;

/// <summary><c>sim corpus</c>: the failures that are kept, and what they are worth today.</summary>
internal static class CorpusCommand
{
    private const string Add = "add";

    private static readonly string[] _actions = ["list", "show", "prune", "clear", Add];

    public static Command Create(ToolConsole console, CancellationToken cancellationToken)
    {
        var target = SharedOptions.Target();
        var action = new Argument<string>("action")
        {
            Description = "list (what is kept, and whether it still fails), show (the same in full), prune "
                + "(drop what does not fail any more), clear (drop all), add (keep a line).",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = static _ => _actions[0],
        };
        action.CompletionSources.Add(_actions);
        var line = new Argument<string?>("line") { Description = "With add: the replay line to keep.", Arity = ArgumentArity.ZeroOrOne };
        var corpus = SharedOptions.Corpus("The folder of the corpus; .sim/corpus beside the project by default.");
        var json = SharedOptions.Json();
        var command = new Command("corpus", "Look at the failures that are kept, and tidy them up.") { target, action, line, corpus, json };
        action.Validators.Add(result =>
        {
            if (result.Tokens is [var word, ..] && !_actions.Contains(word.Value))
            {
                result.AddError($"'{word.Value}' is nothing to do with a corpus. {NearestWord.Hint(word.Value, _actions)}");
            }
        });
        command.Validators.Add(result =>
        {
            var given = result.GetResult(line) is { Tokens.Count: > 0 };
            if (result.GetResult(action) is not { Errors: not null, Tokens: [{ Value: Add }, ..] } == given)
            {
                result.AddError(given
                    ? "A replay line means something behind add only."
                    : "add needs a replay line: sim corpus <target> add <line>.");
            }
        });
        command.SetAction(parsed =>
        {
            var added = parsed.GetValue(line) is { } text ? ReplayLine.Parse(text) : null;
            var opened = Target.Open(parsed, target, json, console, cancellationToken);
            var folder = new FailureCorpusFolder(parsed.GetValue(corpus) ?? opened.CorpusFolder, opened.Scenarios);
            using var quiet = BodyConsole.Discard();
            Act(opened, folder, parsed.GetRequiredValue(action), added, console);
            return ExitCode.AsExpected;
        });
        return command;
    }

    private static void Act(Target target, FailureCorpusFolder folder, string action, ReplayLine? added, ToolConsole console)
    {
        IReadOnlyList<CorpusEntry> entries, dropped = [];
        switch (action)
        {
            case Add:
                entries = [folder.Add(added!)];
                console.WriteResult(CorpusText.OfAdded(entries[0]), good: null);
                break;
            case "prune" or "clear":
                entries = action == "prune" ? folder.Prune() : folder.Clear();
                dropped = action == "prune" ? [.. entries.Where(static entry => !entry.IsAlive)] : entries;
                console.WriteResult(CorpusText.OfDropped(entries, dropped), good: null);
                break;
            default:
                entries = [.. folder.Review()];
                console.WriteResult(CorpusText.Of(folder.Path, entries, target.Word, inFull: action == "show"), good: null);
                break;
        }

        console.WriteJson(() => ReportJson.OfCorpus(target.Name, folder.Path, action, entries, dropped));
    }
}
