namespace Sim.Core;

/// <summary>
/// Names for the tasks of one loop. A task is named after the call in its source text (<c>() => WithdrawAsync(70)</c>
/// gives <c>WithdrawAsync</c>), the second of that name <c>WithdrawAsync-2</c>, and so on: the same in every run.
/// </summary>
internal sealed class TaskNames
{
    private static readonly LoopLocal<TaskNames> _local = new(static _ => new TaskNames());

    // Looked up, never iterated.
    private readonly Dictionary<string, int> _used = new(StringComparer.Ordinal);

    public static string Next(EventLoop loop, string? name, string? expression) =>
        name ?? _local[loop].Unique(MethodIn(expression) ?? "Task");

    private string Unique(string stem)
    {
        var count = _used[stem] = _used.GetValueOrDefault(stem) + 1;
        return count == 1 && stem != "Task" ? stem : $"{stem}-{count}";
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
}
