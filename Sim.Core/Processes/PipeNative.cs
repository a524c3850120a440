using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>
/// The calls into the Linux kernel for pipes that never block. The numbers hold for every 64-bit architecture of Linux that
/// .NET runs on; other systems have others, and pass a third argument of fcntl otherwise.
/// </summary>
internal static unsafe partial class PipeNative
{
    private const int GetFlags = 3; // F_GETFL
    private const int SetFlags = 4; // F_SETFL
    private const int NonBlocking = 0x800; // O_NONBLOCK
    private const int Interrupted = 4; // EINTR
    private const int WouldBlock = 11; // EAGAIN
    private const int BrokenPipe = 32; // EPIPE

    public static bool IsSupported => OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>From now on calls say that they would block instead of blocking: for all who have this end of the pipe.</summary>
    public static void StopBlocking(SafeHandle pipe)
    {
        var flags = Control(pipe, GetFlags, 0);
        if (flags < 0 || Control(pipe, SetFlags, flags | NonBlocking) < 0)
        {
            throw Failed("Preparing a pipe", Marshal.GetLastPInvokeError());
        }
    }

    /// <returns>How many bytes; 0 = the end, -1 = nothing is there.</returns>
    /// <exception cref="IOException">The system refuses it.</exception>
    public static int Read(SafeHandle pipe, Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            while (true)
            {
                var count = Read(pipe, bytes, buffer.Length);
                if (count >= 0)
                {
                    return (int)count;
                }

                var error = Marshal.GetLastPInvokeError();
                if (error == WouldBlock)
                {
                    return -1;
                }

                if (error != Interrupted)
                {
                    throw Failed("Reading from a pipe", error);
                }
            }
        }
    }

    /// <returns>How many bytes were taken; -1 = there is no room, -2 = nobody reads any more.</returns>
    /// <exception cref="IOException">The system refuses it.</exception>
    public static int Write(SafeHandle pipe, ReadOnlySpan<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            while (true)
            {
                var count = Write(pipe, bytes, buffer.Length);
                if (count >= 0)
                {
                    return (int)count;
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    case Interrupted:
                        break;
                    case WouldBlock:
                        return -1;
                    case BrokenPipe:
                        return -2;
                    case var error:
                        throw Failed("Writing to a pipe", error);
                }
            }
        }
    }

    private static IOException Failed(string what, int error) =>
        new($"{what} failed {Places.Here()}: {Marshal.GetPInvokeErrorMessage(error)} (error {error}).");

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeHandle pipe, int command, int argument);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeHandle pipe, byte* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeHandle pipe, byte* buffer, nint count);
}
