using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>
/// The two calls that move the bytes of a socket that does not block: on Linux straight into the kernel, which is a tenth
/// faster for small messages, elsewhere those of .NET. For the owner of the socket, until it is disposed.
/// </summary>
internal readonly unsafe struct SocketCalls(Socket socket)
{
    private readonly int _descriptor = EpollPoller.IsSupported ? (int)socket.Handle : -1;

    /// <summary>Takes what is there. Success with 0 bytes is the end, <see cref="SocketError.WouldBlock"/> = nothing yet.</summary>
    public SocketError Receive(Span<byte> buffer, out int count)
    {
        if (_descriptor < 0)
        {
            count = socket.Receive(buffer, SocketFlags.None, out var error);
            return error;
        }

        fixed (byte* start = buffer)
        {
            do
            {
                count = (int)LinuxNative.Receive(_descriptor, start, buffer.Length, 0);
            }
            while (count < 0 && Marshal.GetLastPInvokeError() == LinuxNative.Interrupted);
        }

        return Checked(ref count);
    }

    /// <summary>Gives away what there is room for, perhaps a part, or says that there is none.</summary>
    public SocketError Send(ReadOnlySpan<byte> bytes, out int count)
    {
        if (_descriptor < 0)
        {
            count = socket.Send(bytes, SocketFlags.None, out var error);
            // A socket that took a part says so in one of two ways.
            return error == SocketError.WouldBlock && count > 0 ? SocketError.Success : error;
        }

        fixed (byte* start = bytes)
        {
            do
            {
                count = (int)LinuxNative.Send(_descriptor, start, bytes.Length, LinuxNative.NoSignal);
            }
            while (count < 0 && Marshal.GetLastPInvokeError() == LinuxNative.Interrupted);
        }

        return Checked(ref count);
    }

    private static SocketError Checked(ref int count)
    {
        if (count >= 0)
        {
            return SocketError.Success;
        }

        count = 0;
        return ErrorOf(Marshal.GetLastPInvokeError());
    }

    // The same names that .NET gives to them.
    private static SocketError ErrorOf(int error) => error switch
    {
        LinuxNative.TryAgain => SocketError.WouldBlock,
        LinuxNative.BrokenPipe => SocketError.Shutdown,
        LinuxNative.ConnectionReset => SocketError.ConnectionReset,
        LinuxNative.ConnectionAborted => SocketError.ConnectionAborted,
        LinuxNative.ConnectionRefused => SocketError.ConnectionRefused,
        LinuxNative.TimedOut => SocketError.TimedOut,
        LinuxNative.HostUnreachable => SocketError.HostUnreachable,
        LinuxNative.NetworkUnreachable => SocketError.NetworkUnreachable,
        LinuxNative.NetworkDown => SocketError.NetworkDown,
        LinuxNative.NotConnected => SocketError.NotConnected,
        LinuxNative.NoBuffers => SocketError.NoBufferSpaceAvailable,
        _ => SocketError.SocketError,
    };
}
