using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Sim.Benchmarks;

/// <summary>
/// The client, the same for all servers: one thread, epoll and sockets without anything in between. On each of its connections
/// one request is under way at any time. It checks what comes back.
/// </summary>
internal sealed unsafe class EchoClient : IDisposable
{
    /// <summary>The length of a message, in bytes.</summary>
    public const int MessageSize = 64;

    private const int Capacity = 1024;

    private static readonly TimeSpan _lookTime = TimeSpan.FromMicroseconds(50);

    private readonly int _epoll = EchoNative.EpollCreate(0);
    private readonly List<Socket> _sockets = [];
    private int _patience = 1;
    private int _sleeps;
    private readonly int[] _descriptors;
    private readonly long[] _sentAt;
    private readonly long[] _numbers;
    private readonly int[] _received;

    /// <summary>Connects.</summary>
    /// <param name="port">Where the server listens.</param>
    /// <param name="active">On how many connections it asks.</param>
    /// <param name="idle">How many more are open and silent.</param>
    public EchoClient(int port, int active, int idle)
    {
        _descriptors = new int[active];
        _sentAt = new long[active];
        _numbers = new long[active];
        _received = new int[active];
        for (var i = 0; i < active + idle; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            _sockets.Add(socket);
            socket.Connect(IPAddress.Loopback, port);
            // A reset at the end leaves no port behind that waits for a minute.
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            if (i < active)
            {
                socket.Blocking = false;
                _descriptors[i] = (int)socket.Handle;
                EchoNative.Watch(_epoll, _descriptors[i], (uint)i);
            }
        }
    }

    /// <summary>Asks for so long, and waits for the last answers.</summary>
    /// <returns>How many were answered in time, and after how many seconds the last of those was.</returns>
    public (long Count, double Seconds) Run(TimeSpan duration, EchoLatencies latencies)
    {
        var events = stackalloc uint[Capacity * 4];
        var buffer = stackalloc byte[MessageSize * 2];
        var start = Stopwatch.GetTimestamp();
        var (end, last, count, underWay) = (start + (long)(duration.TotalSeconds * Stopwatch.Frequency), start, 0L, _descriptors.Length);
        for (var i = 0; i < _descriptors.Length; i++)
        {
            Ask(i, buffer);
        }

        while (underWay > 0)
        {
            var found = Wait(events);
            if (found == 0)
            {
                throw new InvalidOperationException($"The server owes {underWay} answers and has been silent for ten seconds.");
            }

            for (var place = 0; place < found; place++)
            {
                var i = (int)events[(place * EchoNative.Stride) + EchoNative.Stride - 2];
                if (!IsAnswered(i, buffer))
                {
                    continue;
                }

                var now = Stopwatch.GetTimestamp();
                if (now > end)
                {
                    underWay--;
                    continue;
                }

                latencies.Add((long)((now - _sentAt[i]) * (1e9 / Stopwatch.Frequency)));
                (last, count) = (now, count + 1);
                Ask(i, buffer);
            }
        }

        return (count, Stopwatch.GetElapsedTime(start, last).TotalSeconds);
    }

    public void Dispose()
    {
        _sockets.ForEach(static socket => socket.Dispose());
        _ = EchoNative.Close(_epoll);
    }

    // It looks for a while before it sleeps: otherwise its own waking up would be a good part of what is measured. Where that
    // is in vain, because both have one processor, it is done ever more seldom.
    private int Wait(uint* events)
    {
        if (--_sleeps <= 0)
        {
            var start = Stopwatch.GetTimestamp();
            do
            {
                if (EchoNative.EpollWait(_epoll, events, Capacity, 0) is > 0 and var found)
                {
                    _patience = 1;
                    return found;
                }
            }
            while (Stopwatch.GetElapsedTime(start) < _lookTime);
            // Others need the processor if that took much longer than it should have.
            _patience = Stopwatch.GetElapsedTime(start) > _lookTime * 2 ? 1024 : Math.Min(_patience * 2, 1024);
            _sleeps = _patience;
        }

        return EchoNative.EpollWait(_epoll, events, Capacity, 10_000);
    }

    private void Ask(int i, byte* buffer)
    {
        // Each message is another one: an answer to an old one does not pass.
        new Span<byte>(buffer, MessageSize).Fill((byte)i);
        *(long*)buffer = ++_numbers[i];
        _sentAt[i] = Stopwatch.GetTimestamp();
        if (EchoNative.Send(_descriptors[i], buffer, MessageSize, 0) != MessageSize)
        {
            throw new InvalidOperationException("The server has broken off the connection, or a message did not fit into an empty socket.");
        }
    }

    private bool IsAnswered(int i, byte* buffer)
    {
        var have = _received[i];
        var count = (int)EchoNative.Receive(_descriptors[i], buffer, MessageSize * 2, 0);
        if (count <= 0 || have + count > MessageSize)
        {
            throw new InvalidOperationException($"Instead of an answer there was {(count <= 0 ? "the end or an error" : "too much")}.");
        }

        if (have == 0 && count >= sizeof(long) && *(long*)buffer != _numbers[i])
        {
            throw new InvalidOperationException("The server has answered with something else.");
        }

        _received[i] = have + count == MessageSize ? 0 : have + count;
        return _received[i] == 0;
    }
}
