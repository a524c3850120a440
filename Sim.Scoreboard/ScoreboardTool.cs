using System.CommandLine;

namespace Sim.Scoreboard;

/// <summary>The scoreboard as a function: arguments in, a table and an exit code out. 0 = measured; 2 = refused.</summary>
internal static class ScoreboardTool
{
    public const int Measured = 0;
    public const int Refused = 2;

    private const string Description =
        """
        Counts the schedules that each strategy needs to find the bugs of well-known programs. Without arguments: all of
        them, in some minutes. Exit codes: 0 measured, 2 refused.
        """;

    private static readonly Option<string?> _programs = new("--programs") { Description = "These only, by name.", HelpName = "a,b" };
    private static readonly Option<string?> _strategies = new("--strategies") { Description = "These only, by name (pct:3) or title (PCT3).", HelpName = "x,y" };
    private static readonly Option<int> _trials = new("--trials") { Description = "How often each strategy starts anew.", HelpName = "N", DefaultValueFactory = _ => new BoardOptions().Trials };
    private static readonly Option<int> _cap = new("--cap") { Description = "After how many schedules a trial gives up.", HelpName = "N", DefaultValueFactory = _ => new BoardOptions().Cap };
    private static readonly Option<int> _workers = new("--workers") { Description = "How many threads; the figures do not depend on it.", HelpName = "N", DefaultValueFactory = _ => new BoardOptions().Workers };

    private static readonly Option<string?> _rules = new("--rules")
    {
        Description = "Count steps as others do: an experiment of docs/scoreboard.md, by name.",
        HelpName = "NAME",
    };

    private static readonly Option<bool> _write = new("--write") { Description = "Write docs/scoreboard.md too. All programs and strategies only." };
    private static readonly Option<string?> _to = new("--to") { Description = "Where to write the page instead.", HelpName = "FILE" };

    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand(Description) { _programs, _strategies, _trials, _cap, _workers, _rules, _write, _to };
        root.SetAction(parsed => Act(parsed, output, error));
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
        {
            return Refuse(error, parsed.Errors[0].Message);
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (ScoreboardException refused)
        {
            return Refuse(error, refused.Message);
        }
    }

    private static int Act(ParseResult parsed, TextWriter output, TextWriter error)
    {
        var page = Page(parsed);
        var variant = parsed.GetValue(_rules) is { } name ? RulesOf(name) : null;
        var programs = BugPrograms.Under(variant?.Rules ?? StepRules.Ours);
        var columns = Column.All.Select(column => variant?.Adapt(column) ?? column).ToList();
        var options = new BoardOptions
        {
            Programs = Chosen(parsed.GetValue(_programs), programs, static program => [program.Name], "program"),
            Columns = Chosen(parsed.GetValue(_strategies), columns, static column => [column.Title, column.Strategy], "strategy"),
            Trials = AtLeastOne(parsed.GetValue(_trials), "--trials"),
            Cap = AtLeastOne(parsed.GetValue(_cap), "--cap"),
            Workers = AtLeastOne(parsed.GetValue(_workers), "--workers"),
        };
        var board = Board.Measure(options);
        output.Write(BoardText.Write(board));
        if (page is not null)
        {
            File.WriteAllText(page, BoardDocument.Write(board, VariantBoard.MeasureAll(options)));
        }

        return Measured;
    }

    private static Variant RulesOf(string name) => Variants.All.FirstOrDefault(one => one.Name == name)
        ?? throw new ScoreboardException($"There is no set of rules '{name}'. "
            + $"There are: {string.Join(", ", Variants.All.Select(static one => one.Name))}.");

    // Refused before the measurement, not after it.
    private static string? Page(ParseResult parsed)
    {
        if (parsed.GetValue(_to) is { } file)
        {
            if (parsed.GetValue(_rules) is not null)
            {
                throw new ScoreboardException("A page has all sets of rules: leave --rules away.");
            }

            var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
            return Directory.Exists(folder) && !Directory.Exists(file) ? file
                : throw new ScoreboardException($"--to '{file}' is not a file in a folder that exists.");
        }

        if (!parsed.GetValue(_write))
        {
            return null;
        }

        if (parsed.GetValue(_programs) is not null || parsed.GetValue(_strategies) is not null || parsed.GetValue(_rules) is not null)
        {
            throw new ScoreboardException("--write is for the whole board: leave --programs, --strategies and --rules away, or name another page with --to.");
        }

        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Simulation.sln")))
            {
                return Path.Combine(folder.FullName, "docs", "scoreboard.md");
            }
        }

        throw new ScoreboardException("--write needs the repository: run it inside, or name a page with --to.");
    }

    private static IReadOnlyList<T> Chosen<T>(string? names, IReadOnlyList<T> all, Func<T, string[]> namesOf, string kind) =>
        names is null ? all : [.. names.Split(',', StringSplitOptions.TrimEntries).Select(name =>
            all.FirstOrDefault(one => namesOf(one).Contains(name, StringComparer.OrdinalIgnoreCase))
            ?? throw new ScoreboardException($"There is no {kind} '{name}'. There are: {string.Join(", ", all.Select(one => namesOf(one)[^1]))}."))];

    private static int AtLeastOne(int value, string option) =>
        value >= 1 ? value : throw new ScoreboardException($"{option} must be at least 1, not {value}.");

    private static int Refuse(TextWriter error, string message)
    {
        error.WriteLine($"scoreboard: {message}");
        return Refused;
    }
}
