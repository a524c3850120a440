using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Sim.Core;

// Who is watched. The kernel files a registration under the open file and the descriptor number; the number is given
// out again as soon as it is closed. So each registration has a generation, which comes back with every answer.
public sealed partial class EpollPoller
{
    private Registration[] _registrations = new Registration[64];
    private uint _generation = Own;
    private int _watched;

    /// <inheritdoc/>
    public void Register(SafeHandle handle, PollInterest interest, object token)
    {
        PollRegistration.Check(handle, interest, token);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (interest == PollInterest.None)
        {
            Forget(handle);
            return;
        }

        var descriptor = handle.DangerousGetHandle();
        if (descriptor is < 0 or > int.MaxValue) throw PollRegistration.Closed(handle);
        var old = descriptor < _registrations.Length ? _registrations[descriptor] : default;
        var known = ReferenceEquals(old.Handle, handle);
        var wanted = new Registration(handle, interest, token, known ? old.Generation : NextGeneration());
        if (!known || old.Interest != interest)
        {
            var error = Control(wanted, known ? LinuxNative.Modify : LinuxNative.Add);
            if (error != 0) throw Refused(handle, error);
        }

        // After the kernel's consent: an absurd number must not become an absurd array.
        if (descriptor >= _registrations.Length)
            Array.Resize(ref _registrations, Math.Max((int)descriptor + 1, _registrations.Length * 2));
        if (old.Handle is null) _watched++;
        _registrations[descriptor] = wanted;
    }

    private void Forget(SafeHandle handle)
    {
        var descriptor = handle.DangerousGetHandle();
        if (descriptor < 0 || descriptor >= _registrations.Length) return;
        ref var slot = ref _registrations[descriptor];
        if (!ReferenceEquals(slot.Handle, handle)) return;
        // Closing has taken it out of the epoll instance already, and the number may be somebody else's by now.
        if (!handle.IsClosed) _set.Control(LinuxNative.Remove, handle, 0, 0, Own);
        slot = default;
        _watched--;
    }

    private Registration? Find(uint descriptor, uint generation)
    {
        if (descriptor >= (uint)_registrations.Length) return null;
        ref var slot = ref _registrations[descriptor];
        return slot.Generation == generation && slot.Handle is { IsClosed: false } ? slot : null;
    }

    // What we remember can differ from what the kernel has: a number may have been closed and opened again behind
    // our back (dup2), or be watched through another handle object. The kernel knows, and says so.
    private int Control(in Registration wanted, int operation)
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
        foreach (ref var slot in _registrations.AsSpan())
        {
            if (slot.Handle is null) continue;
            if (!slot.Handle.IsClosed && Control(slot, LinuxNative.Add) == 0) continue;
            slot = default;
            _watched--;
        }
    }

    // Skips the poller's own generation after four thousand million registrations.
    private uint NextGeneration() => ++_generation == Own ? ++_generation : _generation;

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

    private readonly record struct Registration(SafeHandle? Handle, PollInterest Interest, object Token, uint Generation);
}
