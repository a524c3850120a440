using System.Runtime.InteropServices;

namespace Sim.Core;

// What connects a socket, and what moves its bytes. The latter is called once or twice for each message, so by plain numbers: the
// connection that owns the descriptor closes it on the loop thread, and calls nothing afterwards.
internal static unsafe partial class LinuxNative
{
    public const int TryAgain = 11; // EAGAIN, EWOULDBLOCK
    public const int BrokenPipe = 32; // EPIPE
    public const int NetworkDown = 100; // ENETDOWN
    public const int NetworkUnreachable = 101; // ENETUNREACH
    public const int ConnectionAborted = 103; // ECONNABORTED
    public const int ConnectionReset = 104; // ECONNRESET
    public const int NoBuffers = 105; // ENOBUFS
    public const int NotConnected = 107; // ENOTCONN
    public const int TimedOut = 110; // ETIMEDOUT
    public const int ConnectionRefused = 111; // ECONNREFUSED
    public const int HostUnreachable = 113; // EHOSTUNREACH
    public const int InProgress = 115; // EINPROGRESS

    public const int NoSignal = 0x4000; // MSG_NOSIGNAL

    public const int DuplicateCloseOnExec = 1030; // F_DUPFD_CLOEXEC

    private const int DescriptorResource = 7; // RLIMIT_NOFILE

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int socket, byte* buffer, nint size, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int socket, byte* bytes, nint size, int flags);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(SafeHandle socket, byte* address, uint size);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Duplicate(SafeHandle descriptor, int operation, int atLeast);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    /// <summary>How many descriptors this process may have; <see cref="int.MaxValue"/> if there is no limit that matters.</summary>
    public static int DescriptorLimit()
    {
        var limits = stackalloc ulong[2];
        return GetLimits(DescriptorResource, limits) == 0 && limits[0] < int.MaxValue ? (int)limits[0] : int.MaxValue;
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimits(int resource, ulong* limits);
}
