using System.Globalization;
using System.Text;
using Sim.Clock;
using Sim.World;

namespace Sim.Testing;

/// <summary>
/// A part of a run as a table: a column for each task, a row for each step, time downwards, as Lincheck shows threads. Tasks
/// that matter less share the last column with callbacks, and long stretches are left out.
/// </summary>
internal sealed class StepTable
{
    private const int Indent = 2;
    private const int WidestColumn = 38;
    private const int MostTasks = 4;
    private const string Others = "others";

    private readonly List<string> _columns;
    private readonly int[] _widths;
    private readonly int _timeWidth;
    private readonly StringBuilder _text = new();
    private Instant? _time;

    /// <summary>A table with columns for the tasks of some rows.</summary>
    /// <param name="rows">All rows that will be shown.</param>
    /// <param name="first">Who has a column in any case.</param>
    public StepTable(IReadOnlyCollection<StepRow> rows, IEnumerable<string> first)
    {
        var tasks = rows.Where(static row => row.IsTask).Select(static row => row.Owner).Distinct().ToList();
        var chosen = first.Where(tasks.Contains).Concat(tasks).Distinct().Take(MostTasks).ToHashSet();
        _columns = [.. tasks.Where(chosen.Contains)];
        if (rows.Any(row => !chosen.Contains(row.Owner)))
        {
            _columns.Add(Others);
        }

        _timeWidth = rows.Select(static row => row.Time.ToString().Length).Append(4).Max();
        _widths = ColumnWidths.Fit(
            [.. _columns.Select((name, column) =>
                rows.Where(row => ColumnOf(row) == column).Select(row => Cell(row).Length).Append(name.Length).Max())],
            WrappedText.Width - Margin, gap: 2, WidestColumn);

        _text.Append(' ', Indent + 2).Append("step  ").Append("time".PadRight(_timeWidth));
        AppendCells(_columns);
    }

    private int Margin => Indent + 2 + 6 + _timeWidth;

    /// <summary>A row; what does not fit into its column goes on below.</summary>
    /// <param name="row">The step.</param>
    /// <param name="mark">One sign before it.</param>
    public void Add(StepRow row, char mark = ' ')
    {
        var column = ColumnOf(row);
        var isFirst = true;
        foreach (var line in WrappedText.Lines(Cell(row), _widths[column], indent: 2))
        {
            var number = isFirst ? row.Number.ToString(CultureInfo.InvariantCulture).PadLeft(4) : "    ";
            var time = isFirst && _time != row.Time ? row.Time.ToString() : "";
            _text.Append('\n').Append(' ', Indent).Append(isFirst ? mark : ' ').Append(' ').Append(number)
                .Append("  ").Append(time.PadRight(_timeWidth));
            AppendCells(Enumerable.Repeat("", column).Append(line));
            isFirst = false;
        }

        _time = row.Time;
    }

    /// <summary>A line over all columns; what does not fit is cut.</summary>
    public void AddLine(string text)
    {
        const int Room = WrappedText.Width - Indent - 2 - 6;
        _text.Append('\n').Append(' ', Indent + 2 + 6).Append(CutText.To(Room, text));
    }

    /// <summary>The table, without a line end.</summary>
    public override string ToString() => _text.ToString();

    private int ColumnOf(StepRow row) => _columns.IndexOf(row.Owner) is >= 0 and var own ? own : _columns.Count - 1;

    private string Cell(StepRow row) => _columns.Contains(row.Owner) ? row.Text : row.TextWithOwner;

    private void AppendCells(IEnumerable<string> cells)
    {
        foreach (var (cell, width) in cells.Zip(_widths))
        {
            _text.Append(' ', 2).Append(CutText.To(width, cell).PadRight(width));
        }

        while (_text[^1] == ' ')
        {
            _text.Length--;
        }
    }
}
