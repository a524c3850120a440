using System.CommandLine;
using System.CommandLine.Parsing;

namespace Sim.Cli;

/// <summary>Arguments and options that several commands have.</summary>
internal static class SharedOptions
{
    public static Argument<string> Target() => new("target") { Description = "An assembly, a project file, or the folder of a project." };

    /// <summary>Names of scenarios of a target, which a shell can complete if the target is built.</summary>
    public static Argument<string[]> Scenarios(Argument<string> target)
    {
        var names = new Argument<string[]>("scenario")
        {
            Description = "Which scenarios; all of the target by default.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        names.CompletionSources.Add(context => Completions.OfScenarios(context.ParseResult.GetValue(target)));
        return names;
    }

    public static Argument<string> Line() => new("line") { Description = "The replay line, as a failure prints it." };

    public static Option<string[]> Filter() => new("--filter")
    {
        HelpName = "GLOB",
        Description = "Only scenarios whose names match: * stands for any letters, ? for one. May be given several times.",
        DefaultValueFactory = static _ => [],
    };

    public static Option<bool> Json() => new("--json")
    {
        Description = "Write one JSON document to standard output, and everything else to standard error.",
    };

    public static Option<string?> Corpus(string description)
    {
        var corpus = new Option<string?>("--corpus") { HelpName = "DIR", Description = description };
        corpus.Validators.Add(static result =>
        {
            // An empty name would be the current folder, and all text files in it corpora.
            if (result is { Implicit: false, Tokens: [var name] } && (string.IsNullOrWhiteSpace(name.Value) || File.Exists(name.Value)))
            {
                result.AddError(File.Exists(name.Value)
                    ? $"--corpus '{name.Value}' is a file: name a folder, which need not exist."
                    : "--corpus is empty: name a folder, which need not exist.");
            }
        });
        return corpus;
    }

    /// <summary>A filter beside names would be a riddle.</summary>
    public static void RefuseBoth(Command command, Argument<string[]> names, Option<string[]> filter) => command.Validators.Add(result =>
    {
        if (IsGiven(result, filter) && result.GetResult(names) is { Tokens.Count: > 0 })
        {
            result.AddError("--filter means nothing beside scenario names: leave one of them away.");
        }
    });

    /// <summary>Whether an option stands on the command line.</summary>
    public static bool IsGiven(SymbolResult result, Option option) => result.GetResult(option) is { Implicit: false };
}
