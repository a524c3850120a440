using System.CommandLine;
using System.Reflection;
using Sim.Testing;

namespace Sim.Cli;

/// <summary>What the user named, opened: an assembly with its scenarios.</summary>
internal sealed class Target
{
    private readonly string _name;
    private readonly IReadOnlyList<string> _leftOut;
    private readonly ToolConsole _console;

    private Target(string name, string file, IReadOnlyList<Scenario> scenarios, IReadOnlyList<string> leftOut, ToolConsole console)
    {
        _name = name;
        CorpusFolder = Path.Combine(TargetFile.ProjectFolder(file), ".sim", "corpus");
        Scenarios = scenarios;
        _leftOut = leftOut;
        _console = console;
    }

    /// <summary>All of them, by name; at least one.</summary>
    public IReadOnlyList<Scenario> Scenarios { get; }

    /// <summary>The target as a word on a command line, as the user wrote it.</summary>
    public string Word => ShellWord.Of(_name);

    /// <summary>The target, as the user wrote it.</summary>
    public string Name => _name;

    /// <summary>Tests that only their own runner can run: a sentence for each.</summary>
    public IReadOnlyList<string> LeftOut => _leftOut;

    /// <summary>Where the failures of its scenarios are kept: beside its project.</summary>
    public string CorpusFolder { get; }

    /// <summary>Opens the target of a command line, whose results are a document if that was asked.</summary>
    /// <exception cref="ToolException">There is no such target, it does not build, or it holds no scenarios.</exception>
    public static Target Open(
        ParseResult parsed, Argument<string> target, Option<bool> json, ToolConsole console, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(json))
        {
            console.TellJson();
        }

        return Open(parsed.GetRequiredValue(target), console, cancellationToken);
    }

    /// <summary>Opens a target; builds it if it is a project.</summary>
    /// <param name="name">An assembly, a project file, or the folder of a project.</param>
    /// <param name="console">Told that a build begins; gets the compiler's errors.</param>
    /// <param name="cancellationToken">Ends a build.</param>
    /// <exception cref="ToolException">There is no such target, it does not build, or it holds no scenarios.</exception>
    public static Target Open(string name, ToolConsole console, CancellationToken cancellationToken)
    {
        var file = TargetFile.Find(name);
        var assembly = file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? file : ProjectBuild.Make(file, console, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var scenarios = In(TargetLoadContext.Load(assembly), name, out var leftOut);
        var copies = new TargetCopies(() => In(TargetLoadContext.Load(assembly), name, out _));
        return scenarios.Count > 0
            ? new Target(name, file, [.. scenarios.Select(copies.Offer)], leftOut, console)
            : throw new ToolException(leftOut.Count > 0
            ? $"'{name}' holds no scenarios that sim can run: {leftOut[0]}"
            : $"'{name}' holds no scenarios: put [Scenario] on a public static async method, or [SimTest] on an NUnit test.");
    }

    /// <summary>The scenario with a name.</summary>
    /// <exception cref="ScenarioException">There is none.</exception>
    public Scenario Find(string name) => ScenarioCatalog.Find(Scenarios, name);

    /// <summary>The scenarios with these names, each once, in this order; all that match a filter when no name is given.</summary>
    /// <exception cref="ScenarioException">There is none with such a name, or none matches.</exception>
    public IReadOnlyList<Scenario> Select(IReadOnlyList<string> names, IReadOnlyList<string> filters)
    {
        if (filters.Count > 0)
        {
            return ScenarioFilter.Select(Scenarios, filters);
        }

        if (names.Count > 0)
        {
            return [.. names.Distinct(StringComparer.Ordinal).Select(name => ScenarioCatalog.Find(Scenarios, name))];
        }

        // Who asks for all is told what is missing.
        foreach (var reason in _leftOut)
        {
            _console.Error.WriteLine($"left out: {reason}");
        }

        return Scenarios;
    }

    private static IReadOnlyList<Scenario> In(Assembly assembly, string name, out IReadOnlyList<string> leftOut)
    {
        try
        {
            return ScenarioCatalog.In(assembly, out leftOut);
        }
        catch (Exception error) when (error is ReflectionTypeLoadException or TypeLoadException or FileNotFoundException or FileLoadException)
        {
            var cause = error is ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } ? first : error;
            throw new ToolException(
                $"'{name}' cannot be read: {OneLine.Of(cause.Message)} What it needs must lie beside it: name its project instead, or publish it.", error);
        }
    }
}
