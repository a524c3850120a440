using Sim.Testing;

namespace Samples;

/// <summary>The command line of the samples: <c>[name | all] [--real] [--verbose]</c>.</summary>
public static class LessonCommand
{
    private const int Success = 0;
    private const int UsageError = 2;
    private const string All = "all";

    private static readonly string[] _options = ["--real", "--verbose", "--help"];

    /// <summary>Plays what <paramref name="args"/> ask for of the catalog.</summary>
    /// <returns>The exit code: 0, or 2 for a command line that makes no sense.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error) =>
        Run(LessonCatalog.All, "Samples", args, output, error);

    /// <summary>Plays what <paramref name="args"/> ask for of some lessons of a project.</summary>
    /// <returns>The exit code: 0, or 2 for a command line that makes no sense.</returns>
    public static int Run(IReadOnlyList<ILesson> catalog, string project, IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        var hint = $"'dotnet run --project {project}' tells what each shows.";
        var options = args.Where(static arg => arg.StartsWith('-')).ToList();
        var names = args.Where(static arg => !arg.StartsWith('-')).ToList();
        if (options.Find(static option => !_options.Contains(option)) is { } unknown)
        {
            error.WriteLine($"There is no option '{unknown}'. {NearestWord.Hint(unknown, _options)} {hint}");
            return UsageError;
        }

        if (names.Count == 0 || options.Contains("--help"))
        {
            List(catalog, project, output);
            return Success;
        }

        var known = catalog.Select(static lesson => lesson.Name).Append(All).ToList();
        if (names.Find(name => !known.Contains(name)) is { } stranger)
        {
            error.WriteLine($"There is no lesson '{stranger}'. {NearestWord.Hint(stranger, known)} {hint}");
            return UsageError;
        }

        var time = options.Contains("--real") ? LessonTime.Real : LessonTime.Virtual;
        var stage = new Stage(time, output, options.Contains("--verbose") ? error : TextWriter.Null);
        var lessons = names.Contains(All) ? catalog : [.. names.Select(name => catalog.First(lesson => lesson.Name == name))];
        foreach (var lesson in lessons)
        {
            if (lessons.Count > 1)
            {
                output.WriteLine($"== {lesson.Name}: {lesson.Summary}");
            }

            stage.Log.WriteLine($"{lesson.Name} on {time.Name} time");
            lesson.Run(stage);
        }

        return Success;
    }

    private static void List(IReadOnlyList<ILesson> catalog, string project, TextWriter output)
    {
        var width = catalog.Max(static lesson => lesson.Name.Length);
        output.WriteLine($"dotnet run --project {project} -- <name> [--real] [--verbose]");
        output.WriteLine();
        foreach (var lesson in catalog)
        {
            output.WriteLine($"  {lesson.Name.PadRight(width)}  {lesson.Summary}");
        }

        output.WriteLine($"  {All.PadRight(width)}  every lesson, one after the other");
        output.WriteLine();
        output.WriteLine("Lessons play on virtual time and do not wait; with --real they take the seconds they name. They print the same.");
        output.WriteLine("--verbose tells on standard error what differs: which time, which poller.");
    }
}
