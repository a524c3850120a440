using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>
/// One direction of a socket under the poller. It stays watched between waits, so that a connection that waits for each
/// message tells the kernel once; when it is ready and nobody wants to know, the watching ends. Loop thread only.
/// </summary>
/// <param name="loop">The loop.</param>
/// <param name="handle">The socket's handle.</param>
/// <param name="isWrite">Which direction.</param>
/// <param name="isWanted">Whether somebody waits.</param>
/// <param name="wake">Lets that one go on.</param>
internal sealed class SocketWatch(EventLoop loop, SafeHandle handle, bool isWrite, Func<bool> isWanted, Action wake)
{
    private Action? _onReady;
    private bool _isWatched;
    private long _triedIn = -1;

    /// <summary>Watches from now on. To be called right after a try that would have blocked.</summary>
    public void Begin()
    {
        _triedIn = loop.Iteration;
        if (_isWatched)
        {
            return;
        }

        _onReady ??= OnReady;
        if (isWrite)
        {
            loop.AddWriter(handle, _onReady);
        }
        else
        {
            loop.AddReader(handle, _onReady);
        }

        _isWatched = true;
    }

    /// <summary>Watches no more. To be called before the handle is closed.</summary>
    public void End()
    {
        if (!_isWatched)
        {
            return;
        }

        _isWatched = false;
        if (isWrite)
        {
            loop.RemoveWriter(handle);
        }
        else
        {
            loop.RemoveReader(handle);
        }
    }

    private void OnReady()
    {
        if (_triedIn == loop.Iteration)
        {
            // Found by the poll of this iteration, before the try. What is ready still, the next poll finds again.
            return;
        }

        if (isWanted())
        {
            wake();
        }
        else
        {
            End();
        }
    }
}
