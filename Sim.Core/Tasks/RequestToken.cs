namespace Sim.Core;

/// <summary>
/// The token view of a request to stop, for .NET code: made when somebody asks for it. What a registration throws is reported
/// and keeps nobody else from being told. Loop thread only.
/// </summary>
internal struct RequestToken
{
    private CancellationTokenSource? _source;

    /// <summary>The token; cancelled already if the request has come.</summary>
    public CancellationToken Get(bool isRequested)
    {
        _source ??= new CancellationTokenSource();
        if (isRequested)
        {
            _source.Cancel();
        }

        return _source.Token;
    }

    /// <summary>The request has come.</summary>
    public readonly void Cancel(EventLoop loop, string task)
    {
        try
        {
            _source?.Cancel();
        }
        catch (AggregateException errors)
        {
            foreach (var error in errors.InnerExceptions)
            {
                loop.CallExceptionHandler(new LoopError("Exception in a callback of the task's cancellation token", error, loop.Time, task));
            }
        }
    }
}
