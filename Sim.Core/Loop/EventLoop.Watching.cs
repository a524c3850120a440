using System.Runtime.InteropServices;

namespace Sim.Core;

/// <content>Readers and writers: callbacks for handles that become ready.</content>
public partial class EventLoop
{
    // Looked up by handle, never iterated: the order of callbacks is the order of the poll.
    private readonly Dictionary<SafeHandle, HandleWatch> _watches = [];

    /// <summary>Whether nothing tells of a handle that it is ready, but sockets tell of operations that are over.</summary>
    internal bool UsesCompletions => _poller.UsesCompletions;

    /// <summary>
    /// Runs <paramref name="callback"/> in every iteration in which a read from <paramref name="handle"/> would not block.
    /// One reader for each handle: adding another replaces it (rule 27).
    /// </summary>
    /// <exception cref="NotSupportedException">The loop's poller cannot watch this kind of handle.</exception>
    public void AddReader(SafeHandle handle, Action callback) => AddCallback(handle, PollInterest.Read, callback);

    /// <summary>Stops watching for reads; a callback that is ready already does not run.</summary>
    /// <returns>Whether there was a reader.</returns>
    public bool RemoveReader(SafeHandle handle) => Unwatch(handle, PollInterest.Read);

    /// <summary>
    /// Runs <paramref name="callback"/> in every iteration in which a write to <paramref name="handle"/> would not block.
    /// One writer for each handle: adding another replaces it (rule 27).
    /// </summary>
    /// <exception cref="NotSupportedException">The loop's poller cannot watch this kind of handle.</exception>
    public void AddWriter(SafeHandle handle, Action callback) => AddCallback(handle, PollInterest.Write, callback);

    /// <summary>Stops watching for writes; a callback that is ready already does not run.</summary>
    /// <returns>Whether there was a writer.</returns>
    public bool RemoveWriter(SafeHandle handle) => Unwatch(handle, PollInterest.Write);

    // One callback for each direction that is ready, a handle's read before its write (rule 27).
    private void TakeReadyHandles()
    {
        foreach (var found in _polled)
        {
            var watch = (HandleWatch)found.Token;
            if ((found.Ready & PollInterest.Read) != 0)
            {
                watch.Reader?.OnReady(this);
            }

            if ((found.Ready & PollInterest.Write) != 0)
            {
                watch.Writer?.OnReady(this);
            }
        }

        _polled.Clear();
    }

    private void AddCallback(SafeHandle handle, PollInterest direction, Action callback)
    {
        ArgumentNullException.ThrowIfNull(handle);
        ArgumentNullException.ThrowIfNull(callback);
        Watch(handle, direction, new CallbackWatcher(callback, CaptureFlow()));
    }

    /// <summary>Tells <paramref name="watcher"/> in every iteration in which the handle is ready; it takes the place of another.</summary>
    internal void Watch(SafeHandle handle, PollInterest direction, HandleWatcher watcher)
    {
        CheckOpen();
        CheckThread();
        if (!_watches.TryGetValue(handle, out var watch))
        {
            watch = new HandleWatch();
        }

        _poller.Register(handle, watch.Interest | direction, watch);
        _watches[handle] = watch;
        watch.Set(direction, watcher);
    }

    /// <summary>Watches one direction no more.</summary>
    internal bool Unwatch(SafeHandle handle, PollInterest direction)
    {
        ArgumentNullException.ThrowIfNull(handle);
        CheckThread();
        if (!_watches.TryGetValue(handle, out var watch) || (watch.Interest & direction) == 0)
        {
            return false;
        }

        watch.Set(direction, null);
        _poller.Register(handle, watch.Interest, watch);
        if (watch.Interest == PollInterest.None)
        {
            _watches.Remove(handle);
        }

        return true;
    }
}
