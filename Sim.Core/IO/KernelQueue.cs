using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sim.Core;

/// <summary>One kqueue and the one buffer in which its answers arrive.</summary>
internal sealed unsafe class KernelQueue : IKernelQueue
{
    private const int Capacity = 256;

    private readonly int _size = BsdNative.EventSize;
    private readonly byte[] _events;
    private readonly SafeFileHandle _queue;

    public KernelQueue()
    {
        _events = GC.AllocateArray<byte>(Capacity * _size, pinned: true);
        _queue = BsdNative.QueueCreate();
        if (_queue.IsInvalid) throw Failed("kqueue", Marshal.GetLastPInvokeError());
    }

    public short UserFilter => BsdNative.User;

    public int Change(nint ident, short filter, ushort flags, uint notes, uint mark)
    {
        var change = stackalloc byte[_size];
        new Span<byte>(change, _size).Clear();
        *(BsdNative.Event*)change = new() { Ident = ident, Filter = filter, Flags = flags, Notes = notes, Mark = (nint)mark };
        if (BsdNative.QueueCall(_queue, change, 1, null, 0, null) == 0) return 0;
        var error = Marshal.GetLastPInvokeError();
        // A signal strikes after the changes, which come first.
        return error == BsdNative.Interrupted ? 0 : error;
    }

    public int Wait(long ticks)
    {
        var timeout = new KernelTime(Math.Max(ticks, 0));
        fixed (byte* events = _events)
        {
            var count = BsdNative.QueueCall(_queue, null, 0, events, Capacity, ticks < 0 ? null : &timeout);
            if (count >= 0) return count;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == BsdNative.Interrupted ? 0 : throw Failed("kevent", error);
    }

    public (nint Ident, short Filter, uint Mark) this[int place]
    {
        get
        {
            var answer = MemoryMarshal.Read<BsdNative.Event>(_events.AsSpan(place * _size));
            return (answer.Ident, answer.Filter, (uint)answer.Mark);
        }
    }

    public void Dispose() => _queue.Dispose();

    private static IOException Failed(string call, int error)
    {
        var reason = new Win32Exception(error);
        return new($"The kernel refused {call}: {reason.Message} (error {error}).", reason);
    }
}
