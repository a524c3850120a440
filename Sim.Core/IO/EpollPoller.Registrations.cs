using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Sim.Core;

// Who is watched. The kernel files a registration under the open file and the descriptor number.
public sealed partial class EpollPoller
{
    private readonly PollTable _table = new();

    /// <inheritdoc/>
    public void Register(SafeHandle handle, PollInterest interest, object token)
    {
        PollRegistration.Check(handle, interest, token);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (interest == PollInterest.None)
        {
            // Closing has taken it out of the epoll instance already, and the number may be somebody else's by now.
            if (_table.TryTake(handle, out _) && !handle.IsClosed)
                _set.Control(LinuxNative.Remove, handle, 0, 0, PollTable.Own);
            return;
        }

        var old = _table.At(handle);
        var wanted = _table.Wanted(handle, interest, token);
        var known = wanted.Generation == old.Generation;
        if (!known || old.Interest != interest)
        {
            var error = Control(wanted, known ? LinuxNative.Modify : LinuxNative.Add);
            if (error != 0) throw Refused(handle, error);
        }

        _table.Put(wanted);
    }

    // What we remember can differ from what the kernel has: a number may have been closed and opened again behind
    // our back (dup2), or be watched through another handle object. The kernel knows, and says so.
    private int Control(in PollTable.Registration wanted, int operation)
    {
        var descriptor = (uint)wanted.Handle!.DangerousGetHandle();
        var mask = ((wanted.Interest & PollInterest.Read) != 0 ? LinuxNative.In : 0)
            | ((wanted.Interest & PollInterest.Write) != 0 ? LinuxNative.Out : 0);
        var error = _set.Control(operation, wanted.Handle, mask, descriptor, wanted.Generation);
        return error switch
        {
            LinuxNative.Exists => _set.Control(LinuxNative.Modify, wanted.Handle, mask, descriptor, wanted.Generation),
            LinuxNative.NoEntry => _set.Control(LinuxNative.Add, wanted.Handle, mask, descriptor, wanted.Generation),
            _ => error,
        };
    }

    // An answer for nobody: the handle was closed, but a duplicate of it (a child process, for one) keeps the open
    // file, and with it the registration, alive; without the descriptor nobody can remove it, and it would end every
    // wait at once. What can be done is to start afresh with those who are still open.
    private void Rebuild()
    {
        var timer = _set.Timer;
        _set.Dispose();
        _set = new EpollSet(timer);
        WatchWakeup();
        _table.Keep(registration => !registration.Handle!.IsClosed && Control(registration, LinuxNative.Add) == 0);
    }

    private static Exception Refused(SafeHandle handle, int error) => error switch
    {
        LinuxNative.BadDescriptor => PollRegistration.Closed(handle),
        LinuxNative.NotPermitted => new ArgumentException(
            $"The kernel cannot wait for this {handle.GetType().Name}: a regular file or a directory is always ready. "
            + "Read and write it directly, on another thread if it is slow.", nameof(handle)),
        LinuxNative.Invalid => new ArgumentException(
            $"The kernel refuses to wait for this {handle.GetType().Name}: it is of a kind that epoll cannot watch.",
            nameof(handle)),
        _ => new IOException($"The handle cannot be watched: {new Win32Exception(error).Message} (error {error})."),
    };
}
