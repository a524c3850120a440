namespace Sim.Core;

/// <summary>
/// The future of work that an executor runs. The work is done anywhere, its outcome comes back to the loop as a
/// thread-safe call (rule 24). Cancelling keeps work from starting; what runs already goes on, and its failure is reported.
/// </summary>
internal sealed class ExecutorWork<T> : Future<T>, IExecutorWork
{
    private const int Waiting = 0, Begun = 1, Revoked = 2;

    private readonly LoopExecutors _executors;
    private readonly string _name;
    private ExecutionContext? _flow;
    private Func<T>? _function;
    private int _stage;
    private T? _result;
    private Exception? _failure;

    public ExecutorWork(LoopExecutors executors, Func<T> function, string name, ExecutionContext? flow, bool isForDefault)
        : base(executors.Loop)
    {
        (_executors, _function, _name, _flow) = (executors, function, name, flow);
        IsForDefault = isForDefault;
    }

    public bool IsForDefault { get; }

    public LinkedListNode<IExecutorWork>? Place { get; set; }

    string INamedWork.WorkName => _name;

    /// <summary>For the executor: any thread, and only the first call counts.</summary>
    public void Run()
    {
        if (Interlocked.CompareExchange(ref _stage, Begun, Waiting) != Waiting)
        {
            return;
        }

        try
        {
            if (_flow is null)
            {
                _result = _function!();
            }
            else
            {
                ExecutionContext.Run(_flow, static work => ((ExecutorWork<T>)work!).RunFunction(), this);
            }
        }
#pragma warning disable CA1031 // Whatever the work throws is its outcome: it belongs to those who wait.
        catch (Exception failure)
        {
            _failure = failure;
        }
#pragma warning restore CA1031

        (_function, _flow) = (null, null);
        _executors.Return(this);
    }

    public override bool Cancel()
    {
        if (!base.Cancel())
        {
            return false;
        }

        if (Interlocked.CompareExchange(ref _stage, Revoked, Waiting) == Waiting)
        {
            (_function, _flow) = (null, null);
            _executors.Remove(this);
        }

        return true;
    }

    public void TakeOutcome()
    {
        var failure = Interlocked.Exchange(ref _failure, null);
        if (HasEnded)
        {
            if (failure is not (null or OperationCanceledException))
            {
                _executors.ReportLate(failure, _name);
            }
        }
        else if (failure is null)
        {
            Succeed(_result!);
        }
        else if (failure is OperationCanceledException cause)
        {
            CancelCause = cause;
            Finish(FutureState.Cancelled);
        }
        else
        {
            Fail(failure);
        }
    }

    public Exception? TakeFailure() =>
        Interlocked.Exchange(ref _failure, null) is { } failure and not OperationCanceledException ? failure : null;

    internal override string Describe() => $"work {_name} in an executor";

    private protected override void CheckSettable() =>
        throw new InvalidStateException($"The outcome of work {_name} is what it returns or throws: it cannot be set from outside, as was tried {Places.Here()}. "
            + "For an outcome of your own make a future with CreateFuture.");

    private void RunFunction() => _result = _function!();
}
