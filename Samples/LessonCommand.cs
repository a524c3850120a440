using Sim.Testing;

namespace Samples;

/// <summary>The command line of the samples: <c>[name | all] [--real] [--verbose]</c>.</summary>
public static class LessonCommand
{
    private const int Success = 0;
    private const int UsageError = 2;
    private const string All = "all";
    private const string ListHint = "'dotnet run --project Samples' tells what each shows.";

    private static readonly string[] _options = ["--real", "--verbose", "--help"];

    /// <summary>Plays what <paramref name="args"/> ask for.</summary>
    /// <returns>The exit code: 0, or 2 for a command line that makes no sense.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        var options = args.Where(static arg => arg.StartsWith('-')).ToList();
        var names = args.Where(static arg => !arg.StartsWith('-')).ToList();
        if (options.Find(static option => !_options.Contains(option)) is { } unknown)
        {
            error.WriteLine($"There is no option '{unknown}'. {NearestWord.Hint(unknown, _options)} {ListHint}");
            return UsageError;
        }

        if (names.Count == 0 || options.Contains("--help"))
        {
            List(output);
            return Success;
        }

        var known = LessonCatalog.All.Select(static lesson => lesson.Name).Append(All).ToList();
        if (names.Find(name => !known.Contains(name)) is { } stranger)
        {
            error.WriteLine($"There is no lesson '{stranger}'. {NearestWord.Hint(stranger, known)} {ListHint}");
            return UsageError;
        }

        var time = options.Contains("--real") ? LessonTime.Real : LessonTime.Virtual;
        var stage = new Stage(time, output, options.Contains("--verbose") ? error : TextWriter.Null);
        var lessons = names.Contains(All) ? LessonCatalog.All : [.. names.Select(static name => LessonCatalog.Find(name)!)];
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

    private static void List(TextWriter output)
    {
        var width = LessonCatalog.All.Max(static lesson => lesson.Name.Length);
        output.WriteLine("dotnet run --project Samples -- <name> [--real] [--verbose]");
        output.WriteLine();
        foreach (var lesson in LessonCatalog.All)
        {
            output.WriteLine($"  {lesson.Name.PadRight(width)}  {lesson.Summary}");
        }

        output.WriteLine($"  {All.PadRight(width)}  every lesson, one after the other");
        output.WriteLine();
        output.WriteLine("Lessons play on virtual time and do not wait; with --real they take the seconds they name. They print the same.");
        output.WriteLine("--verbose tells on standard error what differs: which time, which poller.");
    }
}
