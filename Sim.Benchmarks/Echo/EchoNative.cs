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

    /// <summary>How many words an event has: a mask, perhaps a gap, and two words of our own.</summary>
    public static readonly int Stride = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 3 : 4;

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

    /// <summary>Asks to be told when a descriptor can be read, under the key.</summary>
    public static void Watch(int epoll, int descriptor, uint key)
    {
        var change = stackalloc uint[4];
        change[0] = In;
        change[Stride - 2] = key;
        change[Stride - 1] = 0;
        if (EpollControl(epoll, Add, descriptor, change) != 0)
        {
            throw new InvalidOperationException("Epoll refuses a socket.");
        }
    }
}
