namespace Sim.Core;

/// <summary>
/// Names for the tasks of one loop. A task is named after the call in its source text (<c>() => WithdrawAsync(70)</c>
/// gives <c>WithdrawAsync</c>), the second of that name <c>WithdrawAsync-2</c>, and so on: the same in every run.
/// </summary>
internal sealed class TaskNames
{
    private static readonly LoopLocal<TaskNames> _local = new(static _ => new TaskNames());

    // Looked up, never iterated.
    private readonly Dictionary<string, Stem> _stems = new(StringComparer.Ordinal);

    // Tasks are often made in a loop: the same expression, a literal, many times over.
    private string? _lastExpression;
    private Stem? _lastStem;

    public static TaskName Next(EventLoop loop, string? name, string? expression) =>
        name is null ? _local[loop].Unique(expression) : new TaskName(name, 0);

    private TaskName Unique(string? expression)
    {
        if (_lastStem is not { } stem || !ReferenceEquals(expression, _lastExpression))
        {
            var text = MethodIn(expression) ?? "Task";
            if (!_stems.TryGetValue(text, out stem))
            {
                _stems[text] = stem = new Stem(text);
            }

            (_lastExpression, _lastStem) = (expression, stem);
        }

        stem.Count++;
        return new TaskName(stem.Text, stem.Count == 1 && stem.Text != "Task" ? 0 : stem.Count);
    }

    // "() => account.WithdrawAsync(70)", "async () => await WorkAsync()", "WorkAsync": the last name before the first call.
    private static string? MethodIn(string? expression)
    {
        if (expression is null)
        {
            return null;
        }

        var text = expression.AsSpan();
        var arrow = text.IndexOf("=>");
        text = (arrow < 0 ? text : text[(arrow + 2)..]).TrimStart();
        if (text.StartsWith("await "))
        {
            text = text[6..].TrimStart();
        }

        var end = 0;
        var start = 0;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '.'))
        {
            start = text[end] == '.' ? end + 1 : start;
            end++;
        }

        return end > start && (end == text.Length || text[end] is '(' or '<') ? text[start..end].ToString() : null;
    }

    /// <summary>A name and how many tasks have it.</summary>
    private sealed class Stem(string text)
    {
        public string Text => text;

        public int Count { get; set; }
    }
}
