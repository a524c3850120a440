using System.Runtime.InteropServices;

namespace Sim.Benchmarks;

/// <summary>
/// The calls into the Linux kernel that the client makes: none of the library's own, so that the client is the same whatever
/// the library does. The client owns its descriptors until the end, so plain numbers do.
/// </summary>
internal static unsafe partial class EchoNative
{
    public const int Add = 1; // EPOLL_CTL_ADD
    public const uint In = 0x1; // EPOLLIN

    [LibraryImport("libc", EntryPoint = "epoll_create1")]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl")]
    public static partial int EpollControl(int epoll, int operation, int descriptor, uint* change);

    [LibraryImport("libc", EntryPoint = "epoll_wait")]
    public static partial int EpollWait(int epoll, uint* events, int capacity, int milliseconds);

    [LibraryImport("libc", EntryPoint = "recv")]
    public static partial nint Receive(int descriptor, byte* buffer, nint size, int flags);

    [LibraryImport("libc", EntryPoint = "send")]
    public static partial nint Send(int descriptor, byte* bytes, nint size, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    public static partial int SetAffinity(int thread, nint size, ulong* processors);
}
