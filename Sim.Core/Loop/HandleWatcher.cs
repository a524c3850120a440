namespace Sim.Core;

/// <summary>A callback for one direction of one handle.</summary>
internal sealed class HandleWatcher(Action callback, ExecutionContext? flow) : INamedWork
{
    private readonly string _name = CodeNames.OfDelegate(callback);
    private Action? _callback = callback;

    /// <summary>For the ready queue.</summary>
    public static Action<object?> Runner { get; } = static watcher => ((HandleWatcher)watcher!)._callback?.Invoke();

    public string WorkName => _name;

    public ExecutionContext? Flow { get; } = flow;

    public void Cancel() => _callback = null;
}
