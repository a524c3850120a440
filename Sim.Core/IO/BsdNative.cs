using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sim.Core;

/// <summary>
/// The calls into the kernel of macOS and FreeBSD that the kqueue poller makes, with their numbers: those of
/// <c>bsd/sys/event.h</c> of XNU and <c>sys/sys/event.h</c> of FreeBSD 12 and later, on 64-bit machines. They are the same
/// but for the two that say so.
/// </summary>
internal static unsafe partial class BsdNative
{
    public const int NoEntry = 2; // ENOENT
    public const int Interrupted = 4; // EINTR
    public const int BadDescriptor = 9; // EBADF
    public const int Invalid = 22; // EINVAL
    public const int BrokenPipe = 32; // EPIPE

    public const short Read = -1; // EVFILT_READ
    public const short Write = -2; // EVFILT_WRITE

    public const ushort Add = 0x1; // EV_ADD
    public const ushort Delete = 0x2; // EV_DELETE
    public const ushort Clear = 0x20; // EV_CLEAR: told once for each trigger

    public const uint Trigger = 0x0100_0000; // NOTE_TRIGGER

    /// <summary>EVFILT_USER: -10 on macOS, -11 on FreeBSD.</summary>
    public static short User => OperatingSystem.IsFreeBSD() ? (short)-11 : (short)-10;

    /// <summary>
    /// sizeof(struct kevent): ident, filter, flags, fflags, data and udata make 32 bytes, in which nothing is padded, so that
    /// the pack(4) of macOS changes nothing; FreeBSD has four more words (ext).
    /// </summary>
    public static int EventSize => sizeof(Event) + (OperatingSystem.IsFreeBSD() ? 4 * sizeof(ulong) : 0);

    /// <summary>A new queue. A child of fork does not inherit it, so it needs no flag to be closed.</summary>
    [LibraryImport("libc", EntryPoint = "kqueue", SetLastError = true)]
    public static partial SafeFileHandle QueueCreate();

    /// <param name="queue">A descriptor of <see cref="QueueCreate"/>.</param>
    /// <param name="changes">Applied first.</param>
    /// <param name="changeCount">How many.</param>
    /// <param name="events">Receives what is ready.</param>
    /// <param name="capacity">For how many there is room; with none, the call does not wait, and a change that fails makes it fail.</param>
    /// <param name="timeout">How long to wait; null = until something is ready.</param>
    [LibraryImport("libc", EntryPoint = "kevent", SetLastError = true)]
    public static partial int QueueCall(
        SafeHandle queue, byte* changes, int changeCount, byte* events, int capacity, KernelTime* timeout);

    /// <summary>The part of struct kevent that both systems have.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Event
    {
        /// <summary>The descriptor, or a number of our own.</summary>
        public nint Ident;

        /// <summary>What is watched of it.</summary>
        public short Filter;

        /// <summary>What to do; in answers, what has happened.</summary>
        public ushort Flags;

        /// <summary>Flags of the filter.</summary>
        public uint Notes;

        /// <summary>How much there is to read, or room to write.</summary>
        public nint Data;

        /// <summary>Handed back unchanged.</summary>
        public nint Mark;
    }
}
