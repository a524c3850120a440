using System.CommandLine;

namespace Sim.Conformance;

/// <summary>
/// The comparison with CPython as a function: arguments in, texts and an exit code out. 0 = equal or printed; 1 = a
/// difference; 2 = a command line, a program or a machine on which nothing can be compared.
/// </summary>
internal static class ConformTool
{
    public const int Equal = 0;
    public const int Different = 1;
    public const int Refused = 2;

    private const string Description =
        """
        Holds the loop against CPython's asyncio, tick for tick. Without arguments: the thousand golden programs.
        With files: prints the traces of their programs (docs/conformance.md). Exit codes: 0 equal, 1 a difference, 2 refused.
        """;

    private static readonly Argument<string[]> _files = new("file") { Description = "Files of programs to run; - is standard input.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<bool> _noIterations = new("--no-iter") { Description = "Leave the numbers of iterations out." };
    private static readonly Option<bool> _compare = new("--compare") { Description = "The two files are traces, expected and actual: compare them." };
    private static readonly Option<long?> _fuzz = new("--fuzz") { Description = "Generate so many programs and compare with the CPython of this machine.", HelpName = "N" };
    private static readonly Option<long> _seed = new("--seed") { Description = "Which programs to generate.", HelpName = "S", DefaultValueFactory = _ => 1 };
    private static readonly Option<string?> _profile = new("--profile") { Description = "Generate programs about this only.", HelpName = "P" };
    private static readonly Option<string?> _python = new("--python") { Description = "The CPython to compare with, 3.13 or newer.", HelpName = "PATH" };

    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        _profile.AcceptOnlyFromAmong([.. Profiles.Names, Profiles.Everything]);
        var root = new RootCommand(Description) { _files, _noIterations, _compare, _fuzz, _seed, _profile, _python };
        root.SetAction(parsed => Act(parsed, output, error));
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
        {
            return Refuse(error, WithoutTypeNames(string.Join(' ', parsed.Errors[0].Message.Split((char[])['\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries))));
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception refused) when (refused is ProgramFormatException or ToolException)
        {
            return Refuse(error, refused.Message);
        }
    }

    private static int Act(ParseResult parsed, TextWriter output, TextWriter error)
    {
        var files = parsed.GetValue(_files)!;
        var noIterations = parsed.GetValue(_noIterations);
        if (files.FirstOrDefault(static file => file.Length > 1 && file[0] == '-') is { } option)
        {
            throw new ToolException($"There is no option '{option}'.");
        }

        if (parsed.GetValue(_fuzz) is { } count)
        {
            if (count < 1)
            {
                throw new ToolException($"--fuzz {count} compares nothing: give the number of programs to make, 1 or more.");
            }

            return Fuzz(count, parsed.GetValue(_seed), parsed.GetValue(_profile), parsed.GetValue(_python), output, error);
        }

        if (parsed.GetValue(_compare))
        {
            return files is [var expected, var actual]
                ? Compare(ReadTraces(expected), ReadTraces(actual), noIterations, output)
                : throw new ToolException("--compare takes two files, the expected and the actual traces.");
        }

        if (files.Length > 0)
        {
            return Print(files, noIterations, output);
        }

        output.WriteLine($"Golden programs against {GoldenSet.Version}:");
        return Compare(GoldenSet.Traces(), new LoopUnderTest().Run(GoldenSet.Programs()), noIterations, output);
    }

    // The parser of the command line speaks of types of .NET, which say nothing to who types numbers.
    private static string WithoutTypeNames(string message) =>
        message.IndexOf(" as expected type ", StringComparison.Ordinal) is >= 0 and var at ? $"{message[..at]}: a whole number is expected." : message;

    private static int Print(string[] files, bool noIterations, TextWriter output)
    {
        // All are read before the first is run: a mistake in the last one is no half of a result.
        foreach (var program in files.SelectMany(file => ProgramReader.ReadFile(file, OpFamilies.All.Forms)).ToList())
        {
            var trace = LoopUnderTest.Run(program);
            output.Write(TraceFile.Write(noIterations ? trace.WithoutIterations() : trace));
        }

        return Equal;
    }

    private static IReadOnlyList<ProgramTrace> ReadTraces(string file) =>
        TraceFile.ReadFile(file) is { Count: > 0 } traces ? traces : throw new ToolException($"{file}: there is no trace in it.");

    private static int Compare(IReadOnlyList<ProgramTrace> expected, IReadOnlyList<ProgramTrace> actual, bool noIterations, TextWriter output)
    {
        var comparison = noIterations
            ? new TraceComparison([.. expected.Select(trace => trace.WithoutIterations())], [.. actual.Select(trace => trace.WithoutIterations())])
            : new TraceComparison(expected, actual);
        output.Write(comparison.Describe());
        return comparison.IsEqual ? Equal : Different;
    }

    private static int Fuzz(long count, long seed, string? profile, string? path, TextWriter output, TextWriter error)
    {
        var python = Python.Find(path);
        var name = $"CPython {python.Version}";
        var report = new FuzzCampaign(name, new Oracle(python), new LoopUnderTest()).Run(count, seed, profile, error.WriteLine);
        output.Write(report ?? $"{TraceComparison.Count(count)} of seed {seed}, {(count == 1 ? "" : "all ")}equal to {name}\n");
        return report is null ? Equal : Different;
    }

    private static int Refuse(TextWriter error, string message)
    {
        error.WriteLine($"conform: {message}");
        return Refused;
    }
}
