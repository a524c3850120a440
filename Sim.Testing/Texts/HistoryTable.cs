using System.Globalization;
using System.Text;
using Sim.Clock;
using Sim.World;

namespace Sim.Testing;

/// <summary>
/// A history as a table: a column for each task, a row for each invocation and each response, time downwards. A call that
/// nothing comes between is one row.
/// </summary>
internal sealed class HistoryTable
{
    private const int Gap = 3;

    private readonly IReadOnlyList<string> _tasks;
    private readonly bool _hasSteps;
    private readonly List<(long Step, Instant Time, string[] Cells)> _rows = [];

    public HistoryTable(History history)
    {
        _tasks = [.. history.Tasks.Order(StringComparer.Ordinal)];
        _hasSteps = history.Calls.Any(static call => call.Invoked.Step > 0);
        var open = new Call?[_tasks.Count];
        var begins = history.Calls.Select(static call => (At: call.Invoked, Call: call, IsEnd: false));
        var ends = history.Calls.Where(static call => call.Responded is not null)
            .Select(static call => (At: call.Responded!.Value, Call: call, IsEnd: true));
        var moments = begins.Concat(ends).OrderBy(static moment => moment.At.Order).ToList();
        for (var i = 0; i < moments.Count; i++)
        {
            var (at, call, isEnd) = moments[i];
            var column = ColumnOf(call);
            var isOneRow = !isEnd && i + 1 < moments.Count && moments[i + 1].Call == call;
            Add(at, open, column, isOneRow ? $"{Name(call)} → {call.Outcome}" : isEnd ? $"└ {call.Outcome}" : $"┌ {Name(call)}");
            open[column] = isEnd || isOneRow ? null : call;
            i += isOneRow ? 1 : 0;
        }

        if (open.Any(static call => call is not null))
        {
            AddLast(open);
        }
    }

    /// <summary>The table, without a line end.</summary>
    public override string ToString()
    {
        var timeWidth = _rows.Select(static row => row.Time.ToString().Length).Append(4).Max();
        var widths = ColumnWidths.Fit(
            [.. _tasks.Select((task, column) => _rows.Select(row => row.Cells[column].Length).Append(task.Length).Max())],
            WrappedText.Width - (_hasSteps ? 6 + timeWidth : 0), Gap);
        var text = new StringBuilder();
        AppendRow(text, "step", "time".PadRight(timeWidth), _tasks, widths);
        Instant? last = null;
        foreach (var (step, time, cells) in _rows)
        {
            text.Append('\n');
            var shownTime = time == last ? "" : time.ToString();
            AppendRow(text, step == 0 ? "" : step.ToString(CultureInfo.InvariantCulture), shownTime.PadRight(timeWidth), cells, widths);
            last = time;
        }

        return text.ToString();
    }

    private static string Name(Call call) => ValueText.Of(call.Operation);

    private int ColumnOf(Call call) => _tasks.Index().First(task => task.Item == call.Task).Index;

    private void Add(HistoryMoment at, Call?[] open, int column, string cell) =>
        _rows.Add((at.Step, at.Time, [.. open.Select((call, i) => i == column ? cell : call is null ? "" : "│")]));

    // What was never answered is told in a last row.
    private void AddLast(Call?[] open)
    {
        var last = _rows[^1];
        _rows.Add((0, last.Time, [.. open.Select(static call => call is null ? "" : $"… {call.Outcome}")]));
    }

    private void AppendRow(StringBuilder text, string step, string time, IReadOnlyList<string> cells, int[] widths)
    {
        if (_hasSteps)
        {
            text.Append(step.PadLeft(4)).Append("  ").Append(time);
        }

        for (var column = 0; column < cells.Count; column++)
        {
            var (cell, width) = (cells[column], widths[column]);
            text.Append(' ', _hasSteps || column > 0 ? Gap : 0);
            text.Append(CutText.To(width, cell).PadRight(width));
        }

        while (text.Length > 0 && text[^1] == ' ')
        {
            text.Length--;
        }
    }
}
