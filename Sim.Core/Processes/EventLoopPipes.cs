using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>
/// Pipes under an event loop: asyncio's <c>connect_read_pipe</c> and <c>connect_write_pipe</c>. An end of a pipe is a connection of
/// one direction, with all that connections have: one call at a time, cancelling takes nothing, a full pipe makes the writer
/// wait. A <see cref="ConnectionStream"/> makes a stream of it. Loop thread only.
/// </summary>
public static class EventLoopPipes
{
    /// <summary>
    /// The reading end of a pipe, under the loop's poller. 0 bytes = all writers have closed it. Nothing is read before it is asked
    /// for. The handle belongs to the connection, and does not block any more.
    /// </summary>
    /// <param name="loop">The loop.</param>
    /// <param name="pipe">An anonymous pipe, a FIFO, a terminal: what the poller can watch.</param>
    /// <param name="name">What is at the other end, for error texts.</param>
    /// <exception cref="NotSupportedException">The loop's poller cannot watch it; the overload for a stream then can do it.</exception>
    /// <exception cref="ArgumentException">The handle is closed, or a regular file, which is always ready.</exception>
    public static IConnection ConnectReadPipe(this EventLoop loop, SafeHandle pipe, string name = "a pipe") =>
        Connect(loop, pipe, name, isWrite: false);

    /// <summary>
    /// The writing end of a pipe, under the loop's poller. When nobody reads any more, sending is a <see cref="NetworkException"/>
    /// (<c>ConnectionReset</c>). <c>ShutdownSend</c> closes it, and so does disposing: what was written can still be read.
    /// </summary>
    /// <inheritdoc cref="ConnectReadPipe(EventLoop, SafeHandle, string)"/>
    public static IConnection ConnectWritePipe(this EventLoop loop, SafeHandle pipe, string name = "a pipe") =>
        Connect(loop, pipe, name, isWrite: true);

    /// <summary>
    /// The same for a pipe that the poller cannot watch, as on Windows: the stream's own asynchronous reads, which may use threads of
    /// the pool; what they bring is taken by the loop. So it is for real time only.
    /// </summary>
    /// <param name="loop">The loop.</param>
    /// <param name="pipe">The pipe; belongs to the connection.</param>
    /// <param name="name">What is at the other end, for error texts.</param>
    public static IConnection ConnectReadPipe(this EventLoop loop, Stream pipe, string name = "a pipe") =>
        Connect(loop, pipe, name, isWrite: false);

    /// <inheritdoc cref="ConnectReadPipe(EventLoop, Stream, string)"/>
    public static IConnection ConnectWritePipe(this EventLoop loop, Stream pipe, string name = "a pipe") =>
        Connect(loop, pipe, name, isWrite: true);

    private static HandlePipe Connect(EventLoop loop, SafeHandle pipe, string name, bool isWrite)
    {
        Check(loop, pipe, name);
        if (!PipeNative.IsSupported)
        {
            throw new PlatformNotSupportedException(
                $"The handle of {name} cannot be read and written without blocking on this platform {Places.Here()}: "
                + "connect its stream instead.");
        }

        var end = new HandlePipe(loop, pipe, pipe, new PipeEndPoint(name), isWrite);
        end.OnTaken(pipe);
        return end;
    }

    private static PumpedPipe Connect(EventLoop loop, Stream pipe, string name, bool isWrite)
    {
        Check(loop, pipe, name);
        if (isWrite ? !pipe.CanWrite : !pipe.CanRead)
        {
            throw new ArgumentException(
                $"The stream of {name} cannot be {(isWrite ? "written" : "read")}: it is the other end, or closed.", nameof(pipe));
        }

        var end = new PumpedPipe(loop, pipe, new PipeEndPoint(name), isWrite);
        end.OnTaken(pipe);
        return end;
    }

    private static void Check(EventLoop loop, object pipe, string name)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(pipe);
        ArgumentNullException.ThrowIfNull(name);
        loop.CheckOpen();
        loop.CheckThread();
    }
}
