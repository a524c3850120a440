using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sim.Core;

/// <summary>
/// One epoll instance with the timer that ends its waits and the one buffer in which its answers arrive. It knows
/// descriptors and event masks; what they mean is the poller's business. Loop thread only.
/// </summary>
internal sealed unsafe class EpollSet : IDisposable
{
    // The descriptor number under which answers of the set's own timer arrive: no descriptor has it.
    private const uint TimerKey = uint.MaxValue;
    private const int Capacity = 256;

    // struct epoll_event is a mask and eight bytes of our own. It is packed on x64 only; elsewhere, in musl as in
    // glibc, the eight bytes are aligned. In words: mask, key, generation, or mask, nothing, key, generation.
    private static readonly bool _packed = RuntimeInformation.ProcessArchitecture == Architecture.X64;
    private static readonly int _stride = _packed ? 3 : 4;
    private static readonly int _key = _packed ? 1 : 2;

    private readonly uint[] _events = GC.AllocateArray<uint>(Capacity * _stride, pinned: true);
    private readonly SafeFileHandle _epoll;
    private readonly SafeFileHandle? _timer;
    private bool _armed;

    public EpollSet(EpollTimer timer)
    {
        _epoll = Opened(LinuxNative.EpollCreate(LinuxNative.CloseOnExec), "epoll_create1");
        if (timer == EpollTimer.Pwait2 || (timer == EpollTimer.Automatic && HasPwait2())) return;
        var flags = LinuxNative.CloseOnExec | LinuxNative.NonBlocking;
        _timer = Opened(LinuxNative.TimerCreate(LinuxNative.MonotonicClock, flags), "timerfd_create");
        Watch(_timer, TimerKey, 0);
    }

    /// <summary>The timer in use: never <see cref="EpollTimer.Automatic"/>.</summary>
    public EpollTimer Timer => _timer is null ? EpollTimer.Pwait2 : EpollTimer.TimerFd;

    /// <summary>Whether the kernel and the C library have epoll_pwait2.</summary>
    public bool HasPwait2()
    {
        try
        {
            // Old kernels say ENOSYS, and some containers' filters say EPERM to every call they do not know.
            var none = default(KernelTime);
            fixed (uint* events = _events) return LinuxNative.EpollWait(_epoll, events, Capacity, &none, 0) >= 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Adds, modifies or removes; the answer is 0 or the error number.</summary>
    public int Control(int operation, SafeHandle handle, uint mask, uint key, uint generation)
    {
        var change = stackalloc uint[4];
        change[0] = mask;
        change[_key] = key;
        change[_key + 1] = generation;
        try
        {
            return LinuxNative.EpollControl(_epoll, operation, handle, change) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
        catch (ObjectDisposedException) when (handle.IsClosed)
        {
            // Another thread has closed it, a moment ago.
            return LinuxNative.BadDescriptor;
        }
    }

    /// <summary>Adds a descriptor of the poller's own, to be told when it can be read.</summary>
    public void Watch(SafeHandle own, uint key, uint generation)
    {
        var error = Control(LinuxNative.Add, own, LinuxNative.In, key, generation);
        if (error != 0) throw Failed("epoll_ctl", error);
    }

    /// <summary>Waits up to <paramref name="ticks"/> of 100 ns; returns how many answers there are, 0 if interrupted.</summary>
    public int Wait(long ticks)
    {
        fixed (uint* events = _events)
        {
            var count = ticks > 0 && _timer is null ? WaitExactly(events, ticks) : WaitWithTimer(events, ticks);
            if (count >= 0) return count;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == LinuxNative.Interrupted ? 0 : throw Failed("epoll_wait", error);
    }

    /// <summary>The answer at a place; its key is null for the set's own timer.</summary>
    public (uint Mask, uint? Key, uint Generation) this[int place]
    {
        get
        {
            var answer = _events.AsSpan(place * _stride, _stride);
            var key = answer[_key];
            return (answer[0], key == TimerKey ? null : key, answer[_key + 1]);
        }
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _epoll.Dispose();
    }

    /// <summary>The descriptor, or the reason why the kernel gave none.</summary>
    public static SafeFileHandle Opened(SafeFileHandle descriptor, string call) =>
        descriptor.IsInvalid ? throw Failed(call, Marshal.GetLastPInvokeError()) : descriptor;

    private int WaitExactly(uint* events, long ticks)
    {
        var timeout = new KernelTime(ticks);
        return LinuxNative.EpollWait(_epoll, events, Capacity, &timeout, 0);
    }

    private int WaitWithTimer(uint* events, long ticks)
    {
        // Setting the timer also takes back an expiry that has not been read, so it is never read at all.
        if (ticks > 0) Arm(ticks);
        else if (_armed) Arm(0);
        return LinuxNative.EpollWait(_epoll, events, Capacity, ticks == 0 ? 0 : -1);
    }

    private void Arm(long ticks)
    {
        var setting = stackalloc KernelTime[] { default, new(ticks) };
        if (LinuxNative.TimerSet(_timer!, 0, setting, null) != 0) throw Failed("timerfd_settime", Marshal.GetLastPInvokeError());
        _armed = ticks != 0;
    }

    private static IOException Failed(string call, int error)
    {
        var reason = new Win32Exception(error);
        return new($"The kernel refused {call}: {reason.Message} (error {error}).", reason);
    }
}
