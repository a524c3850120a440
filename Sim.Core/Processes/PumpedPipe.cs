using System.Net;

namespace Sim.Core;

/// <summary>
/// An end of a pipe that the loop's poller cannot watch: its stream reads and writes on threads of the pool, a piece at a time, and
/// what comes of it is brought to the loop. Bytes that have come for a receive that is not there any more are kept for the next.
/// </summary>
/// <param name="loop">The loop.</param>
/// <param name="stream">The pipe; belongs to this.</param>
/// <param name="other">Who is at the other end.</param>
/// <param name="isWrite">Which end.</param>
internal sealed class PumpedPipe(EventLoop loop, Stream stream, EndPoint other, bool isWrite) : PipeConnection(loop, other, isWrite)
{
    private readonly byte[] _piece = new byte[16 * 1024];
    private readonly ByteRing _arrived = new(AheadLimit);
    private bool _isMoving;
    private bool _readsAhead;
    private bool _isAtEnd;
    private bool _isClosing;
    private Exception? _failure;

    // What has come before anybody waited is told to nobody again.
    protected override bool HasArrived => _isAtEnd || _failure is not null || _arrived.Count > 0;

    public override void ReadAhead()
    {
        _readsAhead = true;
        ReadOn();
    }

    protected override bool TryRead(Span<byte> buffer, out int count)
    {
        count = Math.Min(buffer.Length, _arrived.Count);
        _arrived.Take(buffer[..count]);
        if (_readsAhead)
        {
            ReadOn();
        }

        return count > 0 || _isAtEnd || (_failure is null ? false : throw Failed());
    }

    protected override bool TryWrite(ReadOnlySpan<byte> bytes, out int count)
    {
        count = 0;
        if (_failure is not null)
        {
            throw Failed();
        }

        if (_isMoving)
        {
            return false;
        }

        count = Math.Min(bytes.Length, _piece.Length);
        bytes[..count].CopyTo(_piece);
        Move(WriteAsync(count));
        return true;
    }

    protected override void WatchReads() => ReadOn();

    protected override void WatchWrites()
    {
        // The end of the write that is under way wakes.
    }

    protected override void UnwatchReads()
    {
        // A read that is under way cannot be called back: what it brings is for the next receive.
    }

    protected override void UnwatchWrites()
    {
    }

    protected override void EndSending() => Close();

    protected override void Release(bool isAbort) => Close();

    private void ReadOn()
    {
        if (!IsWrite && !_isMoving && !_isAtEnd && !_isClosing && _failure is null && _arrived.Room >= _piece.Length)
        {
            Move(stream.ReadAsync(_piece).AsTask());
        }
    }

    private async Task<int> WriteAsync(int count)
    {
        await stream.WriteAsync(_piece.AsMemory(0, count));
        await stream.FlushAsync();
        return count;
    }

    // The stream works where it likes; its outcome is taken on the loop thread.
    private void Move(Task<int> piece)
    {
        _isMoving = true;
        piece.ContinueWith(
            moved => Loop.TryCallSoonThreadSafe(() => Take(moved)),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Take(Task<int> moved)
    {
        _isMoving = false;
        _failure = moved.Exception?.InnerException;
        if (_isClosing)
        {
            stream.Dispose();
            return;
        }

        if (IsWrite)
        {
            OnWritable();
            return;
        }

        if (_failure is not null || moved.Result == 0)
        {
            _isAtEnd = _failure is null;
            Disconnect();
        }
        else
        {
            _arrived.Add(_piece.AsSpan(0, moved.Result));
        }

        OnReadable();
        if (_readsAhead)
        {
            ReadOn();
        }
    }

    // What is being written is written to its end first.
    private void Close()
    {
        _isClosing = true;
        if (!_isMoving || !IsWrite)
        {
            stream.Dispose();
        }

        OnClosed();
    }

    private Exception Failed() => IsWrite ? BrokenPipe() : new IOException(
        $"Reading from {RemoteEndPoint} failed {Places.Here()}: {_failure!.Message}", _failure);
}
