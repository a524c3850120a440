using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>Connecting a socket that does not block.</summary>
internal static class SocketConnecting
{
    /// <summary>Connects over the internet protocol.</summary>
    /// <exception cref="SocketException">It failed.</exception>
    public static async ValueTask ToAsync(EventLoop loop, Socket socket, IPEndPoint address, CancellationToken cancellationToken)
    {
        var place = OpenEnds.Add(loop, new Attempt(address), socket);
        try
        {
            await ConnectAsync(loop, socket, address, cancellationToken);
        }
        finally
        {
            OpenEnds.Remove(place);
        }
    }

    private static async ValueTask ConnectAsync(
        EventLoop loop, Socket socket, IPEndPoint address, CancellationToken cancellationToken)
    {
        if (loop.UsesCompletions)
        {
            await ConnectCompletion.RunAsync(loop, socket, address, cancellationToken);
        }
        else if (IsBegunQuietly(socket, address))
        {
            // Asked again, the system says how it has ended, and .NET learns that the socket is connected.
            do
            {
                await WritableAsync(loop, socket, address, cancellationToken);
            }
            while (!IsConnected(socket, address));
        }
        else if (!IsConnected(socket, address))
        {
            await WritableAsync(loop, socket, address, cancellationToken);
            var error = (SocketError)(int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
            if (error != SocketError.Success)
            {
                throw new SocketException((int)error);
            }
        }
    }

    /// <summary>Connects to a Unix-domain socket: that succeeds or fails at once, and a full queue is a failure.</summary>
    /// <exception cref="SocketException">It failed.</exception>
    public static ValueTask ToPath(Socket socket, EndPoint path)
    {
        try
        {
            socket.Connect(path);
            return ValueTask.CompletedTask;
        }
        catch (SocketException nobody) when (nobody.SocketErrorCode is SocketError.WouldBlock or SocketError.AddressNotAvailable)
        {
            // No room in the queue, and no file at the path.
            return ValueTask.FromException(new SocketException((int)SocketError.ConnectionRefused));
        }
    }

    // .NET throws when a connect goes on, which is what it does on a socket that does not block; so on Linux the call itself.
    // Anything else than "goes on" is left to .NET to repeat and to put into its words.
    private static unsafe bool IsBegunQuietly(Socket socket, IPEndPoint address)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        var target = address.Serialize();
        fixed (byte* bytes = target.Buffer.Span)
        {
            return LinuxNative.Connect(socket.SafeHandle, bytes, (uint)target.Size) < 0
                && Marshal.GetLastPInvokeError() == LinuxNative.InProgress;
        }
    }

    // A connect on a socket that does not block says that it would: .NET throws that.
    private static bool IsConnected(Socket socket, IPEndPoint address)
    {
        try
        {
            socket.Connect(address);
            return true;
        }
        catch (SocketException pending) when (pending.SocketErrorCode
            is SocketError.WouldBlock or SocketError.InProgress or SocketError.AlreadyInProgress)
        {
            return false;
        }
    }

    // Writable = connected or failed; the socket knows which.
    private static async ValueTask WritableAsync(EventLoop loop, Socket socket, IPEndPoint address, CancellationToken cancellationToken)
    {
        var isWritable = new AsyncEvent(new WaitWords($"a connection to {address}"));
        loop.AddWriter(socket.SafeHandle, isWritable.Set);
        try
        {
            await isWritable.WaitAsync(cancellationToken);
        }
        finally
        {
            loop.RemoveWriter(socket.SafeHandle);
        }
    }

    // What is still open, when the loop closes before it has answered.
    private sealed class Attempt(IPEndPoint address)
    {
        public override string ToString() => $"a connection to {address} that is being made";
    }
}
