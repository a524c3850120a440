using System.Net;

namespace Sim.Core;

// As with connections, the datagram is taken in the step that goes on: who is cancelled in between has taken none.
internal abstract partial class TriedDatagramSocket
{
    private sealed class ReceiveWait(EventLoop loop, TriedDatagramSocket socket, WaitWords reason)
        : NetworkWait<ReceivedDatagram>(loop, reason, socket._receivers)
    {
        private Memory<byte> _buffer;

        public ValueTask<ReceivedDatagram> Begin(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            _buffer = buffer;
            return Begin(cancellationToken);
        }

        protected override bool TryFinish(out ReceivedDatagram result)
        {
            Line.Leave(this);
            if (socket.IsDisposed)
            {
                throw socket.DisposedMeanwhile("a receive");
            }

            if (socket.TryReceive(_buffer.Span, out result))
            {
                return true;
            }

            socket.WatchReads();
            return false;
        }

        protected override void GiveUp()
        {
            base.GiveUp();
            socket.UnwatchReads();
        }

        protected override void Recycle()
        {
            _buffer = default;
            socket._spareReceive = this;
        }
    }

    private sealed class SendWait(EventLoop loop, TriedDatagramSocket socket, WaitWords reason)
        : NetworkWait<ValueTuple>(loop, reason, socket._senders)
    {
        private ReadOnlyMemory<byte> _datagram;
        private IPEndPoint? _remote;

        public ValueTask Begin(ReadOnlyMemory<byte> datagram, IPEndPoint remote, CancellationToken cancellationToken)
        {
            (_datagram, _remote) = (datagram, remote);
            return BeginVoid(cancellationToken);
        }

        protected override bool TryFinish(out ValueTuple result)
        {
            result = default;
            Line.Leave(this);
            if (socket.IsDisposed)
            {
                throw socket.DisposedMeanwhile("a send");
            }

            if (socket.TrySend(_datagram.Span, _remote!))
            {
                return true;
            }

            socket.WatchWrites();
            return false;
        }

        protected override void GiveUp()
        {
            base.GiveUp();
            socket.UnwatchWrites();
        }

        protected override void Recycle()
        {
            _datagram = default;
            _remote = null;
            socket._spareSend = this;
        }
    }
}
