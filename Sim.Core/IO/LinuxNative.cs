using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sim.Core;

/// <summary>
/// The calls into the Linux kernel that the epoll poller makes, with their numbers. The numbers hold for every 64-bit
/// architecture that .NET runs on. Safe handles are passed as such: a call never sees a descriptor that was closed
/// meanwhile and given to somebody else.
/// </summary>
internal static unsafe partial class LinuxNative
{
    public const int NotPermitted = 1; // EPERM
    public const int NoEntry = 2; // ENOENT
    public const int Interrupted = 4; // EINTR
    public const int BadDescriptor = 9; // EBADF
    public const int Exists = 17; // EEXIST
    public const int Invalid = 22; // EINVAL
    public const int NoSuchCall = 38; // ENOSYS

    public const uint In = 0x1; // EPOLLIN
    public const uint Out = 0x4; // EPOLLOUT
    public const uint Error = 0x8; // EPOLLERR, always reported
    public const uint HangUp = 0x10; // EPOLLHUP, always reported

    public const int Add = 1; // EPOLL_CTL_ADD
    public const int Remove = 2; // EPOLL_CTL_DEL
    public const int Modify = 3; // EPOLL_CTL_MOD

    public const int MonotonicClock = 1; // CLOCK_MONOTONIC
    public const int CloseOnExec = 0x80000; // EPOLL_CLOEXEC, EFD_CLOEXEC, TFD_CLOEXEC
    public const int NonBlocking = 0x800; // EFD_NONBLOCK, TFD_NONBLOCK

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial SafeFileHandle EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(SafeHandle epoll, int operation, SafeHandle handle, uint* change);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(SafeHandle epoll, uint* events, int capacity, int milliseconds);

    [LibraryImport("libc", EntryPoint = "epoll_pwait2", SetLastError = true)]
    public static partial int EpollWait(SafeHandle epoll, uint* events, int capacity, KernelTime* timeout, nint signals);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial SafeFileHandle EventCreate(uint count, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeHandle handle, ulong* value, nint size);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeHandle handle, ulong* value, nint size);

    [LibraryImport("libc", EntryPoint = "timerfd_create", SetLastError = true)]
    public static partial SafeFileHandle TimerCreate(int clock, int flags);

    /// <param name="timer">A descriptor of <see cref="TimerCreate"/>.</param>
    /// <param name="flags">0: the setting counts from now.</param>
    /// <param name="setting">Two times: the interval, then the first expiry; zero stops the timer.</param>
    /// <param name="old">Null: the old setting is not wanted.</param>
    [LibraryImport("libc", EntryPoint = "timerfd_settime", SetLastError = true)]
    public static partial int TimerSet(SafeHandle timer, int flags, KernelTime* setting, KernelTime* old);
}
