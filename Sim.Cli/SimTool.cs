using System.CommandLine;
using System.CommandLine.Completions;
using Sim.Testing;

namespace Sim.Cli;

/// <summary>
/// The tool <c>sim</c> as a function: arguments in, texts and an exit code out. One call at a time: while scenarios run,
/// the process's console belongs to them.
/// </summary>
public static class SimTool
{
    /// <summary>Runs one command line.</summary>
    /// <param name="args">The arguments, without the name of the tool.</param>
    /// <param name="output">Takes the results.</param>
    /// <param name="error">Takes progress and errors.</param>
    /// <param name="cancellationToken">Ends the search after the current run; what was found is printed.</param>
    /// <returns>
    /// 0 when all is as expected; 1 for a failure that nobody expected, a planted bug not found or a replay that still fails;
    /// 2 for a command line or a target that makes no sense; 130 when interrupted before all was decided;
    /// 141 when nobody reads the results any more.
    /// </returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        var verbose = new Option<bool>("--verbose")
        {
            Description = "Show the stack trace of an error of the tool itself.",
            Recursive = true,
        };
        var root = CommandTree.Create(new ToolConsole(output, error), verbose, cancellationToken);
        // Without response files: a target may begin with an @.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (parsed.GetResult(root.Directives.OfType<SuggestDirective>().Single()) is null && UsageError.In(parsed, args) is { } message)
        {
            return Fail(error, $"{message} Try: {UsageError.Help(parsed)}");
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception refused) when (refused is ToolException or ScenarioException or BrokenHarnessException)
        {
            return Fail(error, refused.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            error.WriteLine("sim: interrupted before all was decided.");
            return ExitCode.Interrupted;
        }
        catch (ClosedPipeException)
        {
            return ExitCode.ClosedPipe;
        }
        catch (Exception ours)
        {
            var show = parsed.GetValue(verbose);
            Fail(error, $"this is a bug of sim, please report it: {ours.GetType().Name}: {ours.Message}{(show ? "" : " (--verbose shows where)")}");
            if (show)
            {
                error.WriteLine(ours);
            }

            return ExitCode.Usage;
        }
    }

    private static int Fail(TextWriter error, string message)
    {
        error.WriteLine($"sim: {OneLine.Of(message)}");
        return ExitCode.Usage;
    }
}
