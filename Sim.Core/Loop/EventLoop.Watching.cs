using System.Runtime.InteropServices;

namespace Sim.Core;

/// <content>Readers and writers: callbacks for handles that become ready.</content>
public partial class EventLoop
{
    // Looked up by handle, never iterated: the order of callbacks is the order of the poll.
    private readonly Dictionary<SafeHandle, HandleWatch> _watches = [];

    /// <summary>Whether nothing tells of a handle that it is ready, but sockets tell of operations that are over.</summary>
    internal bool UsesCompletions => _poller is CompletionPoller;

    /// <summary>
    /// Runs <paramref name="callback"/> in every iteration in which a read from <paramref name="handle"/> would not block.
    /// One reader for each handle: adding another replaces it (rule 27).
    /// </summary>
    /// <exception cref="NotSupportedException">The loop's poller cannot watch this kind of handle.</exception>
    public void AddReader(SafeHandle handle, Action callback) => Watch(handle, PollInterest.Read, callback);

    /// <summary>Stops watching for reads; a callback that is ready already does not run.</summary>
    /// <returns>Whether there was a reader.</returns>
    public bool RemoveReader(SafeHandle handle) => Unwatch(handle, PollInterest.Read);

    /// <summary>
    /// Runs <paramref name="callback"/> in every iteration in which a write to <paramref name="handle"/> would not block.
    /// One writer for each handle: adding another replaces it (rule 27).
    /// </summary>
    /// <exception cref="NotSupportedException">The loop's poller cannot watch this kind of handle.</exception>
    public void AddWriter(SafeHandle handle, Action callback) => Watch(handle, PollInterest.Write, callback);

    /// <summary>Stops watching for writes; a callback that is ready already does not run.</summary>
    /// <returns>Whether there was a writer.</returns>
    public bool RemoveWriter(SafeHandle handle) => Unwatch(handle, PollInterest.Write);

    // One callback for each direction that is ready, a handle's read before its write (rule 27).
    private void TakeReadyHandles()
    {
        foreach (var found in _polled)
        {
            var watch = (HandleWatch)found.Token;
            EnqueueWatcher(watch.Reader, found.Ready, PollInterest.Read);
            EnqueueWatcher(watch.Writer, found.Ready, PollInterest.Write);
        }

        _polled.Clear();
    }

    private void EnqueueWatcher(HandleWatcher? watcher, PollInterest ready, PollInterest direction)
    {
        if (watcher is not null && (ready & direction) != 0)
        {
            Enqueue(HandleWatcher.Runner, watcher, _callbacks, watcher.Flow);
        }
    }

    private void Watch(SafeHandle handle, PollInterest direction, Action callback)
    {
        ArgumentNullException.ThrowIfNull(handle);
        ArgumentNullException.ThrowIfNull(callback);
        CheckOpen();
        CheckThread();
        if (!_watches.TryGetValue(handle, out var watch))
        {
            watch = new HandleWatch();
        }

        _poller.Register(handle, watch.Interest | direction, watch);
        _watches[handle] = watch;
        watch.Set(direction, new HandleWatcher(callback, CaptureFlow()));
    }

    private bool Unwatch(SafeHandle handle, PollInterest direction)
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
