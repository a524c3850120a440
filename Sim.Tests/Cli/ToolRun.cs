using System.Diagnostics;
using System.Text.RegularExpressions;
using Sim.Cli;

namespace Sim.Tests;

/// <summary>One call of the tool: what it wrote and how it ended.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    /// <summary>This assembly, as a target.</summary>
    public static string Target { get; } = typeof(CliScenarios).Assembly.Location;

    /// <summary>Calls the tool in this process; <c>fuzz</c> without a corpus, unless one is named.</summary>
    public static ToolRun InProcess(params string[] args)
    {
        if (args is ["fuzz", _, ..] && !args.Any(static arg => arg.StartsWith("--corpus", StringComparison.Ordinal)))
        {
            args = ["fuzz", args[1], "--no-corpus", .. args[2..]];
        }

        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exitCode = SimTool.Run(args, output, error);
        return new ToolRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Calls the tool as a user does, in a process of its own.</summary>
    public static ToolRun InChildProcess(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SimTool).Assembly.Location, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ToolRun(process.ExitCode, output.ReplaceLineEndings("\n"), error.GetAwaiter().GetResult().ReplaceLineEndings("\n"));
    }

    /// <summary>The arguments of the one line in the output that begins with <c>sim replay</c>, as a shell would split it.</summary>
    public string[] PrintedReplay()
    {
        var line = Regex.Matches(Output, @"^  sim (replay .+)$", RegexOptions.Multiline).Single().Groups[1].Value;
        return [.. Regex.Matches(line, """
            "([^"]*)"|(\S+)
            """).Select(static word => word.Groups[1].Success ? word.Groups[1].Value : word.Value)];
    }

    /// <summary>The hash of the one trace in the output.</summary>
    public string PrintedHash() => Regex.Matches(Output, "^Trace .*hash ([0-9a-f]{16})", RegexOptions.Multiline).Single().Groups[1].Value;
}
