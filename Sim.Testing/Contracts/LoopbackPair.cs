using System.Net;
using System.Net.Sockets;

namespace Sim.Testing;

/// <summary>Two connected, non-blocking TCP sockets on this machine.</summary>
internal sealed class LoopbackPair : IDisposable
{
    private readonly byte[] _chunk = new byte[64 * 1024];

    public LoopbackPair()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        Near = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Near.Connect(listener.LocalEndPoint!);
        Far = listener.Accept();
        Far.NoDelay = true;
        Near.Blocking = Far.Blocking = false;
    }

    /// <summary>The end that is watched.</summary>
    public Socket Near { get; }

    /// <summary>The end that makes the other one ready.</summary>
    public Socket Far { get; }

    /// <summary>The near end becomes readable.</summary>
    public void SendToNear() => Far.Send(_chunk.AsSpan(0, 1));

    /// <summary>Reads what has arrived at an end.</summary>
    public void Drain(Socket end)
    {
        while (end.Receive(_chunk, SocketFlags.None, out var error) > 0 && error == SocketError.Success)
        {
        }
    }

    /// <summary>Writes from the near end until it takes no more.</summary>
    public void FillFromNear()
    {
        while (Near.Send(_chunk, SocketFlags.None, out var error) > 0 && error == SocketError.Success)
        {
        }
    }

    /// <summary>The far end breaks off the connection.</summary>
    public void Reset()
    {
        Far.LingerState = new LingerOption(enable: true, seconds: 0);
        Far.Dispose();
    }

    public void Dispose()
    {
        Near.Dispose();
        Far.Dispose();
    }
}
