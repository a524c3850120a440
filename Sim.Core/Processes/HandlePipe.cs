using System.Net;
using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>An end of a pipe that never blocks, under the loop's poller.</summary>
internal sealed class HandlePipe : PipeConnection
{
    private readonly SafeHandle _handle;
    private readonly IDisposable _owner;
    private readonly SocketWatch _watch;
    private ByteRing? _ahead;
    private bool _isAtEnd;

    /// <param name="loop">The loop; its poller must be able to watch the handle.</param>
    /// <param name="handle">The end of the pipe.</param>
    /// <param name="owner">What is to be disposed in order to close it; belongs to this, if this does not throw.</param>
    /// <param name="other">Who is at the other end.</param>
    /// <param name="isWrite">Which end.</param>
    public HandlePipe(EventLoop loop, SafeHandle handle, IDisposable owner, EndPoint other, bool isWrite)
        : base(loop, other, isWrite)
    {
        (_handle, _owner) = (handle, owner);
        // Refused at once, not at the first wait: a poller says what it cannot watch.
        if (isWrite)
        {
            loop.AddWriter(handle, static () => { });
            loop.RemoveWriter(handle);
        }
        else
        {
            loop.AddReader(handle, static () => { });
            loop.RemoveReader(handle);
        }

        PipeNative.StopBlocking(handle);
        _watch = new SocketWatch(loop, handle, isWrite ? PollInterest.Write : PollInterest.Read, IsWanted, OnReady);
    }

    // What was read ahead, or has ended, the poller does not tell again.
    protected override bool HasArrived => _isAtEnd || _ahead is { Count: > 0 };

    private bool WantsAhead => _ahead is { Room: > 0 } && !_isAtEnd;

    public override void ReadAhead()
    {
        if (_ahead is null && !IsDisposed && !_isAtEnd)
        {
            _ahead = new ByteRing(AheadLimit);
            if (HasReceiver)
            {
                // What comes now is for that one.
                _watch.Begin();
            }
            else
            {
                FillAhead();
            }
        }
    }

    protected override bool TryRead(Span<byte> buffer, out int count)
    {
        if (_ahead is { Count: > 0 } ahead)
        {
            count = Math.Min(buffer.Length, ahead.Count);
            ahead.Take(buffer[..count]);
            if (WantsAhead)
            {
                _watch.Begin();
            }

            return true;
        }

        count = _isAtEnd ? 0 : PipeNative.Read(_handle, buffer);
        if (count == 0)
        {
            End();
        }

        return count >= 0;
    }

    protected override bool TryWrite(ReadOnlySpan<byte> bytes, out int count)
    {
        count = PipeNative.Write(_handle, bytes);
        return count == -2 ? throw BrokenPipe() : count >= 0;
    }

    protected override void WatchReads() => _watch.Begin();

    protected override void WatchWrites() => _watch.Begin();

    protected override void UnwatchReads()
    {
        if (!WantsAhead && !IsWrite)
        {
            _watch.End();
        }
    }

    protected override void UnwatchWrites()
    {
        if (IsWrite)
        {
            _watch.End();
        }
    }

    protected override void EndSending() => Close();

    protected override void Release(bool isAbort) => Close();

    private void Close()
    {
        if (!Loop.IsClosed)
        {
            _watch.End();
        }

        _owner.Dispose();
        OnClosed();
    }

    private bool IsWanted() => IsWrite ? HasSender : HasReceiver || WantsAhead;

    private void OnReady()
    {
        if (IsWrite)
        {
            OnWritable();
        }
        else if (HasReceiver)
        {
            OnReadable();
        }
        else
        {
            FillAhead();
        }
    }

    private void FillAhead()
    {
        Span<byte> piece = stackalloc byte[4096];
        while (WantsAhead)
        {
            int count;
            try
            {
                count = PipeNative.Read(_handle, piece[..Math.Min(piece.Length, _ahead!.Room)]);
            }
            catch (IOException)
            {
                // The next receive finds it again, and tells.
                _ahead = null;
                Disconnect();
                return;
            }

            if (count < 0)
            {
                _watch.Begin();
                return;
            }

            if (count == 0)
            {
                End();
                return;
            }

            _ahead!.Add(piece[..count]);
        }
    }

    private void End()
    {
        _isAtEnd = true;
        _watch.End();
        Disconnect();
    }
}
