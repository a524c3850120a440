using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Sim.Testing;

namespace Sim.Cli;

/// <summary>What is wrong with a command line, in one line that names the nearest word that would be right.</summary>
internal static class UsageError
{
    /// <summary>The message; null when the command line makes sense.</summary>
    public static string? In(ParseResult parsed, IReadOnlyList<string> args)
    {
        // The parser takes what a switch cannot be for an argument.
        foreach (var arg in args.TakeWhile(static arg => arg != "--"))
        {
            var end = arg.IndexOf('=', StringComparison.Ordinal);
            if (end > 0 && KnownOptions(parsed.CommandResult).FirstOrDefault(option => option.Name == arg[..end])
                is { } known && known.ValueType == typeof(bool))
            {
                return $"{known.Name} takes no value: leave '{OneLine.Of(arg[end..])}' away.";
            }
        }

        var command = parsed.CommandResult.Command;
        // The parser takes an unknown option for an argument where arguments are expected.
        var unknown = parsed.UnmatchedTokens.Concat(Arguments(parsed)).FirstOrDefault(static token => token.StartsWith('-'));
        if (unknown is not null)
        {
            unknown = OneLine.Of(unknown.Split('=')[0]);
            return $"There is no option '{unknown}'. {NearestWord.Hint(unknown, Options(parsed.CommandResult))}";
        }

        if (parsed.UnmatchedTokens.Count > 0)
        {
            var extra = parsed.UnmatchedTokens[0];
            return command is RootCommand
                ? $"There is no command '{extra}'. {NearestWord.Hint(extra, Commands(command))}"
                : $"'{extra}' is too much: the form is {Form(command)}.";
        }

        if (parsed.Action is HelpAction || parsed.Errors.Count == 0)
        {
            return null;
        }

        return parsed.Errors[0].SymbolResult switch
        {
            CommandResult { Command: RootCommand } when parsed.CommandResult.Command is RootCommand =>
                $"A command is missing. {NearestWord.Hint("", Commands(command))}",
            ArgumentResult { Parent: CommandResult, Tokens.Count: 0 } missing =>
                $"<{missing.Argument.Name}> is missing: the form is {Form(command)}.",
            OptionResult option => OfOption(option, parsed.Errors[0].Message),
            _ => OneLine.Of(parsed.Errors[0].Message),
        };
    }

    /// <summary>The command line that says what would make sense.</summary>
    public static string Help(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "sim --help" : $"sim {parsed.CommandResult.Command.Name} --help";

    // What the parser has to say of an option in its own words is not said in ours, nor always in one line.
    private static string OfOption(OptionResult result, string message)
    {
        var option = result.Option;
        var words = option is IWordOption { Words: var known } ? $" {NearestWord.Hint("", known)}" : "";
        return result.Tokens.Count == 0 ? $"{option.Name} needs a value: {option.Name} {option.HelpName}.{words}"
            : result.IdentifierTokenCount > 1 && option.Arity.MaximumNumberOfValues == 1
                ? $"{option.Name} is given {result.IdentifierTokenCount} times: once is enough."
            : OneLine.Of(message);
    }

    private static IEnumerable<string> Arguments(ParseResult parsed) =>
        parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(static argument => argument.Tokens).Select(static token => token.Value);

    private static IEnumerable<string> Commands(Command command) =>
        command.Subcommands.Select(static known => known.Name).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Options(CommandResult result) =>
        KnownOptions(result).Select(static option => option.Name).Order(StringComparer.Ordinal);

    private static IEnumerable<Option> KnownOptions(CommandResult result) =>
        result.Command.Options.Concat((result.Parent as CommandResult)?.Command.Options.Where(static option => option.Recursive) ?? []);

    private static string Form(Command command) => $"sim {command.Name} {string.Join(' ', command.Arguments.Select(static argument =>
        argument.Arity switch
        {
            { MaximumNumberOfValues: > 1 } => $"[<{argument.Name}>…]",
            { MinimumNumberOfValues: 0 } => $"[<{argument.Name}>]",
            _ => $"<{argument.Name}>",
        }))}";
}
