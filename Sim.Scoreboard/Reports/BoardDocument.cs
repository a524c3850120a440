using System.Globalization;
using System.Text;

namespace Sim.Scoreboard;

/// <summary>A board as the page <c>docs/scoreboard.md</c>.</summary>
internal static class BoardDocument
{
    public static string Write(Board board, IReadOnlyList<VariantBoard> variants)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"""
            # Scoreboard

            How many schedules each strategy makes of a program until its bug shows. Written by `./dev scoreboard --write`; do not
            edit it by hand. {board.Options.Trials} trials with other seeds, each gives up after {board.Options.Cap:N0} schedules. A figure is the mean of the
            trials that have found the bug, in brackets how many did if not all. Seeds and programs are fixed, so everything but the
            speeds comes out the same on every machine and with any number of workers.

            ## Ours

            Tasks and events (steps of tasks) count the main task.


            """);
        PageTable.Write(text, ["program", "tasks", "events", .. board.Options.Columns.Select(static column => column.Title)], board.Rows.Select(static row =>
            (string[])[$"`{row.Program.Name}`", Figures.Whole(row.Size.Tasks), Figures.Whole(row.Size.Events), .. row.Cells.Select(Figures.Mean)]));
        text.Append(BoardRemarks.WhatIsAStep);
        text.Append(BoardRemarks.WhatNeedsTime);
        text.Append(
            """
            ## Beside others

            Ours : theirs, and in italics the quotient: below 1 we need fewer schedules. The figures of the others:

            - *SURW artifact*: recomputed from the published raw results of the paper on selectively uniform random walk, 20 trials,
              cap 10,000; pthread programs.
            - *Shuttle*: the programs rebuilt with tasks, mutexes and sequentially consistent atomics of Shuttle 0.9, 20 seeds, cap
              10,000. For the philosophers there is one range for 3, 5 and 7 of them; its upper end stands here.

            """);
        foreach (var published in (PublishedTable[])[Published.Artifact, Published.Shuttle])
        {
            WriteComparison(text, board, published);
        }

        text.Append(BoardRemarks.WhyTheyDiffer);
        VariantSection.Write(text, board, variants);
        text.Append(BoardRemarks.WhatIsLeft);
        text.Append(
            """
            ## Shrinking

            The first failure of each strategy: how many decisions differ from first in, first out when it is found, and how many when it
            is shrunk. None of those that are left can go: the test `ShrinkingTests.EveryDecisionThatIsLeft_IsNeeded` tries each. Runs and
            time are the most of all strategies, on the machine of this run, all cores at work.


            """);
        PageTable.Write(text, ["program", .. board.Options.Columns.Select(static column => column.Title), "runs", "seconds"], board.Rows.Select(Shrunk));
        text.Append('\n');
        text.Append(
            """
            ## Speed

            Schedules in a second and worker, on the machine of this run; they differ from run to run. A trial that is over after a
            few schedules says little.


            """);
        PageTable.Write(text, ["program", .. board.Options.Columns.Select(static column => column.Title)], board.Rows.Select(static row =>
            (string[])[$"`{row.Program.Name}`", .. row.Cells.Select(Figures.Speed)]));
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static string[] Shrunk(Row row) =>
    [
        $"`{row.Program.Name}`",
        .. row.Shrinks.Select(static shrink => shrink is { } one ? $"{one.Before} → {one.After}{(one.IsMinimal ? "" : ", not minimal")}" : "-"),
        Figures.Whole(row.Shrinks.Max(static shrink => shrink?.Runs ?? 0)),
        row.Shrinks.Max(static shrink => shrink?.Elapsed ?? default).TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture),
    ];

    private static void WriteComparison(StringBuilder text, Board board, PublishedTable published)
    {
        var columns = board.Options.Columns.Index().Where(column => published.Titles.Contains(column.Item.Title)).ToList();
        var rows = board.Rows.Where(row => published.Titles.Any(title => published.Find(row.Program.Name, title) is not null)).ToList();
        text.Append(CultureInfo.InvariantCulture, $"\n### {published.Source}\n\n");
        PageTable.Write(text, ["program", .. columns.Select(static column => column.Item.Title)], rows.Select(row =>
            (string[])[$"`{row.Program.Name}`", .. columns.Select(column =>
                published.Find(row.Program.Name, column.Item.Title) is { } theirs ? Figures.Beside(row.Cells[column.Index], theirs) : "-")]));
        text.Append("\nAt least as good is: found in as many trials, and by no more schedules.\n\n");
        foreach (var (index, column) in columns)
        {
            var pairs = rows.Select(row => (row.Program.Name, Cell: row.Cells[index], Theirs: published.Find(row.Program.Name, column.Title)))
                .Where(static pair => pair.Theirs is not null).ToList();
            var atLeastAsGood = pairs.Count(static pair => IsAtLeastAsGood(pair.Cell, pair.Theirs!));
            var off = pairs.Where(static pair => !pair.Theirs!.IsNear(pair.Cell))
                .Select(static pair => $"`{pair.Name}`").ToList();
            text.Append(CultureInfo.InvariantCulture,
                $"- {column.Title}: at least as good in {atLeastAsGood} of {pairs.Count}. Off by more than {PublishedCell.Factor}, either way: {(off.Count == 0 ? "none" : string.Join(", ", off))}\n");
        }
    }

    private static bool IsAtLeastAsGood(Cell ours, PublishedCell theirs) =>
        ours.Found * 20 >= theirs.Found * ours.Trials.Count && (theirs.Mean is null || theirs.RatioOf(ours) <= 1);
}
