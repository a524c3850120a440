namespace Sim.Core;

// What is kept is sent by nobody's task, a slice at a time: so how much is kept is known to a slice.
public sealed partial class ConnectionWriter
{
    private const int Slice = 16 * 1024;
    private const int LossesInSilence = 4;

    private AsyncEvent? _isFlushed;

    /// <summary>Waits until nothing is kept.</summary>
    /// <exception cref="NetworkException">The connection is lost.</exception>
    internal async ValueTask FlushAsync()
    {
        if (_isSending)
        {
            _isFlushed ??= new AsyncEvent(new WaitWords($"the sending of what was written to {RemoteEndPoint}"));
            _isFlushed.Clear();
            await _isFlushed.WaitAsync();
        }

        ThrowIfFailed();
    }

    private void BeginSending()
    {
        _isSending = true;
        var sending = SendAllAsync();
        if (sending.IsFaulted)
        {
            // A mistake in here; it is told to the handler like that of any callback.
            sending.GetAwaiter().GetResult();
        }
    }

    private async Task SendAllAsync()
    {
        try
        {
            while (_buffer.Count > 0)
            {
                var slice = _buffer.Memory[..Math.Min(Slice, _buffer.Count)];
                await _connection.SendAsync(slice);
                _buffer.Drop(slice.Length);
                Resume();
            }
        }
        catch (NetworkException failure)
        {
            _failure = failure;
        }
        catch (ObjectDisposedException)
        {
            // Broken off on this side.
        }

        _isSending = false;
        OnSent();
    }

    private void OnSent()
    {
        if (_failure is not null || _buffer.Count > 0)
        {
            // Nothing of it will ever go.
            IsClosing = true;
            _buffer.Clear();
            Lose();
        }
        else if (IsClosing)
        {
            Lose();
        }
        else if (_endsAfterwards)
        {
            EndDirection();
        }

        _isFlushed?.Set();
    }

    private void Pause()
    {
        if (_buffer.Count > HighWater)
        {
            _hasRoom.Clear();
        }
    }

    private void Resume()
    {
        if (_buffer.Count <= LowWater && !_hasRoom.IsSet)
        {
            _hasRoom.Set();
        }
    }

    private void EndDirection()
    {
        try
        {
            _connection.ShutdownSend();
        }
        catch (ObjectDisposedException)
        {
            // It has ended already.
        }
    }

    // asyncio's connection_lost: once, and nothing is sent after it. What had come before the loss can still be read.
    private void Lose()
    {
        if (_isLost.IsSet)
        {
            return;
        }

        if (_failure is null)
        {
            _connection.Dispose();
        }

        _isLost.Set();
        _hasRoom.Set();
    }

    private void CountLostWrite()
    {
        if (++_writesAfterLoss > LossesInSilence)
        {
            _loop.WriteLog($"{_loop.Time} {_writesAfterLoss} writes to {RemoteEndPoint} were dropped: "
                + $"the connection is {(_failure is null ? "closed" : "lost")}. "
                + $"Await {nameof(DrainAsync)} after writing: it says so.");
        }
    }
}
