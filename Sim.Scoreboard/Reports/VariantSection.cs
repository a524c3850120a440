using System.Globalization;
using System.Text;

namespace Sim.Scoreboard;

/// <summary>The experiments as a section of the page.</summary>
internal static class VariantSection
{
    private const string Introduction =
        """

        ## The same programs, counted as others count

        Each reason for a difference is tried: the programs are run under other rules of what a step is, and nothing else is changed.
        Ours → under these rules : theirs, and in italics the quotient of the last two. `--rules NAME` makes an experiment again.

        """;

    public static void Write(StringBuilder text, Board ours, IReadOnlyList<VariantBoard> variants)
    {
        text.Append(Introduction);
        foreach (var variant in variants)
        {
            Write(text, ours, variant.Variant, variant.Board);
        }
    }

    private static void Write(StringBuilder text, Board ours, Variant variant, Board measured)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n### {variant.Name}, beside {variant.Beside.Source}\n\n{variant.Claim}\n\n");
        var (cells, nearBefore, nearNow) = (0, 0, 0);
        PageTable.Write(text, ["program", .. measured.Options.Columns.Select(static column => column.Title)], measured.Rows.Select(row =>
            (string[])[$"`{row.Program.Name}`", .. measured.Options.Columns.Select((column, index) => Compared(row, column.Title, row.Cells[index]))]));
        text.Append(CultureInfo.InvariantCulture,
            $"\nWithin a factor of {PublishedCell.Factor}: {nearNow} of {cells}, under our own rules {nearBefore}.\n");

        string Compared(Row row, string title, Cell cell)
        {
            if (variant.Beside.Find(row.Program.Name, title) is not { } theirs)
            {
                return "-";
            }

            var own = ours.Find(row.Program.Name, title)!;
            cells++;
            nearBefore += theirs.IsNear(own) ? 1 : 0;
            nearNow += theirs.IsNear(cell) ? 1 : 0;
            return $"{Figures.Mean(own)} → {Figures.Beside(cell, theirs)}";
        }
    }
}
