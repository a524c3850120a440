using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Sim.Core;

// Who is watched. The kernel files each direction on its own, under the descriptor number, and forgets it when the descriptor
// is closed, whoever else has the file open.
public sealed partial class KqueuePoller
{
    private readonly PollTable _table = new();

    /// <inheritdoc/>
    public void Register(SafeHandle handle, PollInterest interest, object token)
    {
        PollRegistration.Check(handle, interest, token);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (interest == PollInterest.None)
        {
            // Closing has taken it out of the queue already, and the number may be somebody else's by now.
            if (_table.TryTake(handle, out var taken) && !handle.IsClosed) Replace(taken, taken with { Interest = PollInterest.None });
            return;
        }

        var old = _table.At(handle);
        var wanted = _table.Wanted(handle, interest, token);
        if (wanted.Generation != old.Generation || old.Interest != interest)
        {
            var error = Replace(old, wanted);
            if (error != 0) throw Refused(handle, error);
        }

        _table.Put(wanted);
    }

    // What the kernel has under this number may be more than we remember of this handle (another object watches the same
    // descriptor) or less (closed and opened again behind our back): adding replaces, and what is not there is as good as deleted.
    private int Replace(in PollTable.Registration old, in PollTable.Registration wanted)
    {
        var handle = wanted.Handle!;
        var isHeld = false;
        try
        {
            // The kernel is given a number: the handle must not be closed meanwhile, and the number given to somebody else.
            handle.DangerousAddRef(ref isHeld);
            var descriptor = handle.DangerousGetHandle();
            var error = Change(descriptor, PollInterest.Read, old, wanted);
            if (error != 0) return error;
            error = Change(descriptor, PollInterest.Write, old, wanted);
            // Refused whole: the half that was changed is as it was.
            if (error != 0) Change(descriptor, PollInterest.Read, wanted, old);
            return error;
        }
        catch (ObjectDisposedException)
        {
            return BsdNative.BadDescriptor;
        }
        finally
        {
            if (isHeld) handle.DangerousRelease();
        }
    }

    private int Change(nint descriptor, PollInterest direction, in PollTable.Registration old, in PollTable.Registration wanted)
    {
        var filter = direction == PollInterest.Read ? BsdNative.Read : BsdNative.Write;
        if ((wanted.Interest & direction) != 0) return _queue.Change(descriptor, filter, BsdNative.Add, 0, wanted.Generation);
        if ((old.Interest & direction) == 0) return 0;
        var error = _queue.Change(descriptor, filter, BsdNative.Delete, 0, PollTable.Own);
        return error == BsdNative.NoEntry ? 0 : error;
    }

    // An answer for nobody, which would end every wait at once.
    private void Stray(nint ident, short filter) => _queue.Change(ident, filter, BsdNative.Delete, 0, PollTable.Own);

    private static Exception Refused(SafeHandle handle, int error) => error switch
    {
        BsdNative.BadDescriptor => PollRegistration.Closed(handle),
        BsdNative.Invalid => new ArgumentException(
            $"The kernel refuses to wait for this {handle.GetType().Name}: it is of a kind that kqueue cannot watch. "
            + "Read and write it directly, on another thread if it is slow.", nameof(handle)),
        BsdNative.BrokenPipe => new IOException(
            $"The {handle.GetType().Name} cannot be watched for writing: nobody reads from this pipe any more (error {error})."),
        _ => new IOException($"The handle cannot be watched: {new Win32Exception(error).Message} (error {error})."),
    };
}
