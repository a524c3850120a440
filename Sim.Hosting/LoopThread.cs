using Sim.Core;

namespace Sim.Hosting;

/// <summary>The thread that runs the loop of a host, from its start to its close.</summary>
internal sealed class LoopThread
{
    private readonly EventLoop _loop;
    private readonly Action<Exception?> _onUnexpectedEnd;

    // Who waits for these goes on elsewhere, never on the loop's thread.
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isAsked;

    /// <param name="loop">A loop that does not run.</param>
    /// <param name="onUnexpectedEnd">Told, on the loop's thread, when the loop fails, or stops though nobody has asked for it.</param>
    public LoopThread(EventLoop loop, Action<Exception?> onUnexpectedEnd)
    {
        _loop = loop;
        _onUnexpectedEnd = onUnexpectedEnd;
        loop.CallSoonThreadSafe(_begun.SetResult);
#pragma warning disable RS0030 // A real loop needs a thread to run on, and no thread of the pool for the life of a host.
        new Thread(Run) { Name = loop.Options.Name, IsBackground = true }.UnsafeStart();
#pragma warning restore RS0030
    }

    /// <summary>Done when the loop runs. Fails if it could not.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Whether the loop has ended and is closed.</summary>
    public bool HasEnded => _ended.Task.IsCompleted;

    /// <summary>Asks the loop to stop and waits until its tasks have ended and it is closed.</summary>
    /// <param name="patience">Ends the wait; the loop goes on ending.</param>
    public Task StopAsync(CancellationToken patience)
    {
        if (!_isAsked)
        {
            _isAsked = true;
            try
            {
                _loop.CallSoonThreadSafe(_loop.Stop);
            }
            catch (LoopClosedException)
            {
                // It has ended by itself, and that was told.
            }
        }

        return _ended.Task.WaitAsync(patience);
    }

    private void Run()
    {
        try
        {
            _loop.RunForever();
            if (!_isAsked)
            {
                _onUnexpectedEnd(null);
            }

            _loop.ShutDown();
        }
#pragma warning disable CA1031 // Whatever ends the loop is told, and does not bring the process down from here.
        catch (Exception failure)
        {
            _begun.TrySetException(failure);
            _onUnexpectedEnd(failure);
        }
#pragma warning restore CA1031
        finally
        {
            _loop.Close();
            _ended.SetResult();
        }
    }
}
