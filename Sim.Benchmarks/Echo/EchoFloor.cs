using System.Net.Sockets;

namespace Sim.Benchmarks;

/// <summary>
/// The least that an echo server on epoll can cost: no loop, no tasks, no names; one receive and one send for each event. What
/// it needs is the kernel's part, which no server can do without.
/// </summary>
internal static unsafe class EchoFloor
{
    private const int Capacity = 256;
    private const int BufferSize = 4096;

    /// <summary>Serves for ever.</summary>
    public static void Serve(Socket listener)
    {
        var epoll = EchoNative.EpollCreate(0);
        var events = stackalloc uint[Capacity * 4];
        var buffer = stackalloc byte[BufferSize];
        var open = new Dictionary<int, Socket>();
        Watch(epoll, listener);
        while (true)
        {
            var found = EchoNative.EpollWait(epoll, events, Capacity, -1);
            for (var place = 0; place < found; place++)
            {
                var descriptor = (int)events[(place * EchoNative.Stride) + EchoNative.Stride - 2];
                if (descriptor == (int)listener.Handle)
                {
                    var socket = listener.Accept();
                    socket.NoDelay = true;
                    socket.Blocking = false;
                    open.Add((int)socket.Handle, socket);
                    Watch(epoll, socket);
                    continue;
                }

                var count = EchoNative.Receive(descriptor, buffer, BufferSize, 0);
                if (count <= 0 || EchoNative.Send(descriptor, buffer, count, 0) != count)
                {
                    open.Remove(descriptor, out var gone);
                    gone!.Dispose();
                }
            }
        }
    }

    private static void Watch(int epoll, Socket socket) => EchoNative.Watch(epoll, (int)socket.Handle, (uint)socket.Handle);
}
