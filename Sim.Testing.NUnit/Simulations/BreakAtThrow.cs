using System.Runtime.ExceptionServices;

namespace Sim.Testing.NUnit;

/// <summary>
/// Stops in the debugger where an exception is thrown, before the stack is unwound: the frame that throws is there with its
/// variables. On the thread that made this, once, until it is disposed.
/// </summary>
internal sealed class BreakAtThrow : IDisposable
{
    private readonly IDebuggerPort _debugger;
    private readonly Exception _wanted;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private bool _done;

    /// <summary>Waits for an exception.</summary>
    /// <param name="debugger">Where it is stopped.</param>
    /// <param name="wanted">One like it, of the same type and message.</param>
    public BreakAtThrow(IDebuggerPort debugger, Exception wanted)
    {
        _debugger = debugger;
        _wanted = (wanted as FixtureException)?.InnerException ?? wanted;
        AppDomain.CurrentDomain.FirstChanceException += OnThrown;
    }

    public void Dispose() => AppDomain.CurrentDomain.FirstChanceException -= OnThrown;

    private void OnThrown(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        if (!_done && Environment.CurrentManagedThreadId == _thread && thrown.Exception.GetType() == _wanted.GetType()
            && thrown.Exception.Message == _wanted.Message)
        {
            _done = true;
            _debugger.Break();
        }
    }
}
