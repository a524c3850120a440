namespace Sim.Core;

/// <summary>A future with a result of type <typeparamref name="T"/>. Loop thread only.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
public class Future<T> : Future
{
    private T? _result;
    private Task<T>? _task;

    /// <summary>A pending future of <paramref name="loop"/>.</summary>
    public Future(EventLoop loop)
        : base(loop)
    {
    }

    /// <summary>The result.</summary>
    /// <exception cref="InvalidStateException">Not done yet: this never waits.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public T Result
    {
        get
        {
            ThrowIfNotSucceeded();
            return _result!;
        }
    }

    /// <summary>Completes it with a result.</summary>
    /// <exception cref="InvalidStateException">It is done already.</exception>
    public void SetResult(T result)
    {
        CheckSettable();
        Succeed(result);
    }

    /// <summary>Completes it with a result unless it is done already.</summary>
    public bool TrySetResult(T result)
    {
        if (HasEnded)
        {
            Loop.NoteUse(this, UseKind.SeeEnded);
            return false;
        }

        SetResult(result);
        return true;
    }

    /// <inheritdoc cref="Future.AddDoneCallback(Action{Future})"/>
    public void AddDoneCallback(Action<Future<T>> callback) => AddUserCallback(callback);

    /// <inheritdoc cref="Future.RemoveDoneCallback(Action{Future})"/>
    public int RemoveDoneCallback(Action<Future<T>> callback) => RemoveUserCallback(callback);

    /// <summary>Suspends the current task until it is done; resumes it through the ready queue.</summary>
    public new FutureAwaiter<T> GetAwaiter() => new(this);

    /// <summary>
    /// This future as a BCL task, for <c>Task.WhenAll</c> and libraries. Its awaiters resume in .NET's order, not in
    /// asyncio's: inside a loop, await the future itself.
    /// </summary>
    public Task<T> AsTask()
    {
        return _task ??= Convert();

        async Task<T> Convert() => await this;
    }

    internal sealed override object? UntypedResult => Result;

    private protected sealed override void CallBack(Delegate callback) => ((Action<Future<T>>)callback)(this);

    private protected void Succeed(T result)
    {
        _result = result;
        Finish(FutureState.Succeeded);
    }
}
