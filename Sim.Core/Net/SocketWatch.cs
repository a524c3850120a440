using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>
/// One direction of a socket under the poller. It stays watched between waits, so that a connection that waits for each
/// message tells the kernel once; when it is ready and nobody wants to know, the watching ends. Who waits is woken right after
/// the poll, without a callback in between: its step runs in the same iteration. Loop thread only.
/// </summary>
/// <param name="loop">The loop.</param>
/// <param name="handle">The socket's handle.</param>
/// <param name="direction">Which direction.</param>
/// <param name="isWanted">Whether somebody waits.</param>
/// <param name="wake">Lets that one go on: later, in a step of its own.</param>
internal sealed class SocketWatch(EventLoop loop, SafeHandle handle, PollInterest direction, Func<bool> isWanted, Action wake)
    : HandleWatcher
{
    private bool _isWatched;

    /// <summary>Watches from now on.</summary>
    public void Begin()
    {
        if (!_isWatched)
        {
            loop.Watch(handle, direction, this);
            _isWatched = true;
        }
    }

    /// <summary>Watches no more. To be called before the handle is closed.</summary>
    public void End()
    {
        if (_isWatched)
        {
            _isWatched = false;
            loop.Unwatch(handle, direction);
        }
    }

    /// <inheritdoc/>
    public override void OnReady(EventLoop loop)
    {
        if (isWanted())
        {
            wake();
        }
        else
        {
            End();
        }
    }

    /// <inheritdoc/>
    public override void Cancel() => _isWatched = false;
}
