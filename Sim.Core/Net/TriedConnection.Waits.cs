namespace Sim.Core;

// The bytes are moved in the step that goes on, not when they come: who is cancelled in between has taken none.
internal abstract partial class TriedConnection
{
    private sealed class ReceiveWait(EventLoop loop, TriedConnection connection, WaitWords reason)
        : NetworkWait<int>(loop, reason, connection._receivers)
    {
        private Memory<byte> _buffer;

        public ValueTask<int> Begin(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            _buffer = buffer;
            return Begin(cancellationToken);
        }

        protected override bool TryFinish(out int result)
        {
            Line.Leave(this);
            if (connection.IsDisposed)
            {
                throw connection.DisposedMeanwhile("a receive");
            }

            if (connection.TryTake(_buffer.Span, out result))
            {
                return true;
            }

            connection.WatchReads();
            return false;
        }

        protected override void GiveUp()
        {
            base.GiveUp();
            connection.UnwatchReads();
        }

        protected override void Recycle()
        {
            _buffer = default;
            connection._spareReceive = this;
        }
    }

    private sealed class SendWait(EventLoop loop, TriedConnection connection, WaitWords reason)
        : NetworkWait<ValueTuple>(loop, reason, connection._senders)
    {
        private ReadOnlyMemory<byte> _bytes;

        public ValueTask Begin(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            _bytes = bytes;
            return BeginVoid(cancellationToken);
        }

        protected override bool TryFinish(out ValueTuple result)
        {
            result = default;
            Line.Leave(this);
            if (connection.IsDisposed)
            {
                throw connection.DisposedMeanwhile("a send");
            }

            if (connection.TrySendAll(ref _bytes))
            {
                return true;
            }

            connection.WatchWrites();
            return false;
        }

        protected override void GiveUp()
        {
            base.GiveUp();
            connection.UnwatchWrites();
        }

        protected override void Recycle()
        {
            _bytes = default;
            connection._spareSend = this;
        }
    }
}
