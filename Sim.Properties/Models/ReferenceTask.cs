using Sim.Core;

namespace Sim.Properties;

/// <summary>
/// A task of the reference loop, CPython's <c>Task.__step</c> in short (rules 45 to 60). Its coroutine is an iterator that
/// yields what it awaits, null for a bare yield; a cancellation that is on its way through the coroutine is a flag.
/// </summary>
internal sealed class ReferenceTask : ReferenceFuture
{
    private readonly IEnumerator<ReferenceFuture?> _code;
    private ReferenceFuture? _waitsOn;
    private bool _mustCancel;
    private bool _hasStarted;

    public ReferenceTask(ReferenceLoop loop, Func<ReferenceTask, IEnumerable<ReferenceFuture?>> code)
        : base(loop)
    {
        _code = code(this).GetEnumerator();
        loop.CallSoon(() => Step(null));
    }

    /// <summary>Whether a cancellation is passing through the coroutine.</summary>
    public bool IsThrowing { get; set; }

    public override bool Cancel()
    {
        if (IsDone)
        {
            return false;
        }

        if (_waitsOn?.Cancel() != true)
        {
            _mustCancel = true;
        }

        return true;
    }

    private void Step(ReferenceFuture? awaited)
    {
        var arrived = awaited?.State == FutureState.Succeeded && Loop.Mistake == Mistake.ResultBeatsCancellation;
        IsThrowing = (_mustCancel && !arrived) || (awaited is not null && awaited.State != FutureState.Succeeded);
        _mustCancel = false;
        _waitsOn = null;
        if (IsThrowing && !_hasStarted)
        {
            TryFinish(FutureState.Cancelled);
            return;
        }

        _hasStarted = true;
        if (!_code.MoveNext())
        {
            TryFinish(IsThrowing || _mustCancel ? FutureState.Cancelled : FutureState.Succeeded);
        }
        else if (_code.Current is not { } future)
        {
            Loop.CallSoon(() => Step(null));
        }
        else
        {
            _waitsOn = future;
            future.AddCallback(() => Step(future));
            if (_mustCancel && future.Cancel())
            {
                _mustCancel = false;
            }
        }
    }
}
