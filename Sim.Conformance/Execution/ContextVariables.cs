namespace Sim.Conformance;

/// <summary>
/// The context variables of a program. Python shares a task's context with the coroutines that it awaits and copies it for
/// tasks and callbacks; an <c>AsyncLocal</c> does not show a change in a callee to its caller. So the execution context
/// carries a reference to a table, and a new flow gets a copy of the table.
/// </summary>
internal sealed class ContextVariables
{
    private static readonly AsyncLocal<ContextVariables?> _current = new();

    // Looked up, never iterated but to be copied.
    private readonly Dictionary<string, object?> _values;

    private ContextVariables(Dictionary<string, object?> values) => _values = values;

    /// <summary>The variables of the code that runs.</summary>
    public static ContextVariables Current => _current.Value ??= new ContextVariables([]);

    public object? this[string name]
    {
        get => _values.GetValueOrDefault(name, 0L);
        set => _values[name] = value;
    }

    /// <summary>Runs <paramref name="program"/> with no variable set.</summary>
    public static void RunFresh(Action program)
    {
        var before = _current.Value;
        _current.Value = new ContextVariables([]);
        try
        {
            program();
        }
        finally
        {
            _current.Value = before;
        }
    }

    /// <summary>Runs <paramref name="start"/>, which captures the execution context, so that what it starts has a copy.</summary>
    public static T Branch<T>(Func<T> start)
    {
        var before = Current;
        _current.Value = new ContextVariables(new Dictionary<string, object?>(before._values));
        try
        {
            return start();
        }
        finally
        {
            _current.Value = before;
        }
    }
}
