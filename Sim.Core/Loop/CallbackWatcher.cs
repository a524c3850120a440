namespace Sim.Core;

/// <summary>A reader or a writer: a user's callback, which becomes ready with the handle (rule 27).</summary>
internal sealed class CallbackWatcher(Action callback, ExecutionContext? flow) : HandleWatcher, INamedWork
{
    private static readonly Action<object?> _runner = static watcher => ((CallbackWatcher)watcher!)._callback?.Invoke();

    private readonly string _name = CodeNames.OfDelegate(callback);
    private Action? _callback = callback;

    public string WorkName => _name;

    public override void OnReady(EventLoop loop) => loop.Enqueue(_runner, this, loop.CallbackContext, flow);

    // Also when it is ready already.
    public override void Cancel() => _callback = null;
}
