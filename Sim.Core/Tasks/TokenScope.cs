namespace Sim.Core;

/// <summary>
/// A stretch of code that a token may end: as long as it runs, the token asks its task to stop, and at the end that request
/// is taken back and becomes an <see cref="OperationCanceledException"/> with the token, unless somebody else asked too.
/// </summary>
internal sealed class TokenScope
{
    private readonly EventLoop _loop = EventLoop.RequireRunning();
    private readonly ILoopTask _task;
    private readonly int _requestsBefore;
    private bool _isAsked;
    private bool _isLeft;

    private TokenScope()
    {
        _task = TaskContext.RunningOn(_loop)?.Task ?? throw new LoopException(
            $"A token asks its task to stop, and there is no task {Places.Here()}: use it inside an async method that runs as a task.");
        _requestsBefore = _task.CancelRequests;
    }

    /// <summary>Runs <paramref name="body"/> in the current task; not at all if the token is cancelled already.</summary>
    public static async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> body, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var scope = new TokenScope();
        var link = token.UnsafeRegister(static state => ((TokenScope)state!).Ask(), scope);
        try
        {
            var result = await body();
            scope.Leave(link);
            return result;
        }
        catch (OperationCanceledException stopped)
        {
            if (scope.Leave(link))
            {
                throw new OperationCanceledException($"The wait of task {scope._task.Name} was ended {Places.Here()} by its token.", stopped, token);
            }

            throw;
        }
        catch
        {
            scope.Leave(link);
            throw;
        }
    }

    // Any thread.
    private void Ask()
    {
        if (!_loop.IsOnLoopThread)
        {
            _loop.TryCallSoonThreadSafe(Ask);
        }
        else if (!_isLeft && !_isAsked)
        {
            _isAsked = true;
            _task.Cancel();
        }
    }

    /// <summary>Ends the stretch.</summary>
    /// <returns>Whether the token was the only one who asked.</returns>
    private bool Leave(CancellationTokenRegistration link)
    {
        _isLeft = true;
        link.Unregister();
        return _isAsked && _task.Uncancel() <= _requestsBefore;
    }
}
