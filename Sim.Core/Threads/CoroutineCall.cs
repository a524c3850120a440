namespace Sim.Core;

/// <summary>
/// A coroutine handed to a loop from any thread, and the task of .NET through which that thread sees how it ends.
/// </summary>
internal sealed class CoroutineCall<T> : ICoroutineCall, INamedWork
{
    private static readonly Action<object?> _start = static call => ((CoroutineCall<T>)call!).Start();

    private readonly TaskCompletionSource<T> _outcome;
    private readonly EventLoop _loop;
    private readonly Func<LoopTask<T>> _create;
    private readonly CancellationToken _token;
    private LinkedListNode<ICoroutineCall>? _place;
    private CancellationTokenRegistration _link;
    private LoopTask<T>? _task;

    private CoroutineCall(EventLoop loop, string name, Func<LoopTask<T>> create, CancellationToken token)
    {
        (_loop, _create, _token) = (loop, create, token);
        WorkName = name;
        // Who waits for it on another thread goes on there, never inside of the loop's step. Who waits for it on the loop must
        // not come by way of the thread pool, as WaitAsync and WhenAll otherwise would.
        _outcome = new(loop.IsOnLoopThread ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public string WorkName { get; }

    public static Task<T> Make(EventLoop loop, string name, Func<LoopTask<T>> create, CancellationToken token)
    {
        loop.CheckOpen();
        var call = new CoroutineCall<T>(loop, name, create, token);
        call._place = CoroutineCalls.Of(loop).Add(call);
        loop.CallSoonThreadSafe(_start, call);
        return call._outcome.Task;
    }

    public void Abandon() => _outcome.TrySetException(CoroutineCalls.Closed(_loop));

    private void Start()
    {
        if (_token.IsCancellationRequested)
        {
            CoroutineCalls.Of(_loop).Remove(_place!);
            _outcome.TrySetCanceled(_token);
            return;
        }

        try
        {
            _task = _create();
        }
#pragma warning disable CA1031 // A task factory that fails is a failure of the call, whatever it throws.
        catch (Exception failure)
        {
            CoroutineCalls.Of(_loop).Remove(_place!);
            _outcome.TrySetException(failure);
            return;
        }
#pragma warning restore CA1031

        _task.AddDoneCallback(TakeOutcome);
        _link = _token.UnsafeRegister(_ => Stop(), null);
    }

    // A token may be cancelled on any thread, also after the loop has closed: whoever waits was told that.
    private void Stop() => _loop.CallHereOrSoon(() => _task?.Cancel());

    private void TakeOutcome(Future ended)
    {
        _link.Unregister();
        CoroutineCalls.Of(_loop).Remove(_place!);
        // The failure is carried to where it is waited for.
        ended.IsExceptionRetrieved = true;
        if (ended.WasCancelled)
        {
            _outcome.TrySetCanceled(_token.IsCancellationRequested ? _token : ended.CreateCancelled().CancellationToken);
        }
        else if (ended.ExceptionUnmarked is { } failure)
        {
            _outcome.TrySetException(failure);
        }
        else
        {
            _outcome.TrySetResult(_task!.Result);
        }
    }
}
