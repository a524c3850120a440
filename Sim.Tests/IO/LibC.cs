using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Sim.Tests;

/// <summary>What the tests of the epoll poller do behind its back.</summary>
internal static class LibC
{
    public const int WindowChanged = 28; // SIGWINCH

    private const int ThreadTimeClock = 3; // CLOCK_THREAD_CPUTIME_ID
    private const int DuplicateFrom = 1030; // F_DUPFD_CLOEXEC

    // The kernel gives out the lowest free number: nobody but these tests gets one up here.
    private const int HighNumber = 800;

    /// <summary>A second handle of the socket's open file, with a number that is certain to be given out again.</summary>
    public static SafeSocketHandle DuplicateOf(Socket original, bool disposeOriginal)
    {
        var number = FileControl((int)original.Handle, DuplicateFrom, HighNumber);
        if (disposeOriginal) original.Dispose();
        return new SafeSocketHandle(number, ownsHandle: true);
    }

    /// <summary>The processor time that the calling thread has used.</summary>
    public static TimeSpan ThreadTime()
    {
        var time = new long[2];
        return ClockGetTime(ThreadTimeClock, time) == 0
            ? TimeSpan.FromSeconds(time[0]) + TimeSpan.FromTicks(time[1] / 100)
            : throw new InvalidOperationException("The kernel does not tell the thread's time.");
    }

    [DllImport("libc", EntryPoint = "pthread_self")]
    public static extern nint CurrentThread();

    [DllImport("libc", EntryPoint = "pthread_kill")]
    public static extern int Signal(nint thread, int signal);

    [DllImport("libc", EntryPoint = "fcntl")]
    private static extern int FileControl(int descriptor, int command, int argument);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int ClockGetTime(int clock, [Out] long[] secondsAndNanoseconds);
}
