using Sim.Clock;

namespace Sim.Core;

/// <summary>
/// One direction of a connection in memory: bytes, the end and a reset, each under way for a time that is drawn, none
/// overtaking another. What is under way counts as held, so memory is bounded and who sends is slowed down. Loop thread only.
/// </summary>
internal sealed class VirtualLink(EventLoop loop, VirtualNetworkOptions options, string direction)
{
    /// <summary>How many lengths of jitter there are to draw from: few, so that a run shrinks fast.</summary>
    private const int Lengths = 11;

    /// <summary>Of how many one stalls.</summary>
    private const int Stalls = 8;

    private readonly ByteRing _bytes = new(options.BufferSize);
    private readonly Queue<Piece> _underWay = [];
    private readonly string _latencyLabel = $"latency {direction}";
    private readonly string _splitLabel = $"bytes read {direction}";
    private readonly string _roomLabel = $"room {direction}";
    private Instant _lastDue;
    private int _arrived;
    private bool _hasEnded;
    private bool _resetIsSent;
    private bool _isReaderGone;

    // A part of a send was taken, and has not arrived yet: until then there is no room for the rest.
    private bool _isNarrow;

    /// <summary>Something has arrived.</summary>
    public Action? Arrived { get; set; }

    /// <summary>Bytes were taken.</summary>
    public Action? HasRoom { get; set; }

    /// <summary>Bytes have arrived for a reader that is gone.</summary>
    public Action? CameTooLate { get; set; }

    /// <summary>Whether a reset has arrived, before or after an end.</summary>
    public bool WasReset { get; private set; }

    /// <summary>What is behind the bytes that have arrived. An end that was seen stays one.</summary>
    public LinkState State => _hasEnded ? LinkState.Ended : WasReset ? LinkState.Reset : LinkState.Open;

    /// <summary>Whether there are bytes to take now, or there is an end or a reset to be told of.</summary>
    public bool HasArrived
    {
        get
        {
            loop.Touch(this, isWrite: false);
            return _arrived > 0 || State != LinkState.Open;
        }
    }

    /// <summary>Whether nobody will read any more.</summary>
    public bool IsReaderGone
    {
        get
        {
            loop.Touch(this, isWrite: false);
            return _isReaderGone;
        }
    }

    /// <summary>A latency: what is always there, and what is drawn.</summary>
    public static TimeSpan Draw(EventLoop loop, VirtualNetworkOptions options, string label)
    {
        var steps = options.Jitter == TimeSpan.Zero ? 0 : loop.Draw(label, Lengths);
        var isStalled = options.Stall > TimeSpan.Zero && loop.Draw($"stall, {label}", Stalls) == Stalls - 1;
        var drawn = TimeSpan.FromTicks(options.Jitter.Ticks / (Lengths - 1) * steps);
        return options.Latency + drawn + (isStalled ? options.Stall : TimeSpan.Zero);
    }

    /// <summary>Sends as many bytes as there is room for.</summary>
    public int Put(ReadOnlySpan<byte> bytes)
    {
        loop.Touch(this);
        var room = _isNarrow ? 0 : Math.Min(bytes.Length, _bytes.Room);
        var count = options.SplitsWrites ? Part(room, _roomLabel) : room;
        if (count > 0)
        {
            _isNarrow = count < room;
            _bytes.Add(bytes[..count]);
            Send(new Piece(PieceKind.Bytes, count));
        }

        return count;
    }

    public void End() => Send(new Piece(PieceKind.End, 0));

    /// <summary>Breaks off: what is under way is lost. Once is enough.</summary>
    public void Reset()
    {
        if (_resetIsSent)
        {
            return;
        }

        _resetIsSent = true;
        // An end that is under way comes before it or not at all: both are seen in TCP, and the second is the simpler one.
        _underWay.Clear();
        _bytes.Truncate(_arrived);
        _lastDue = loop.Time;
        Send(new Piece(PieceKind.Reset, 0));
    }

    /// <summary>Takes what has arrived, or less if that is drawn.</summary>
    public LinkState TryTake(Span<byte> buffer, out int count)
    {
        loop.Touch(this);
        count = Math.Min(buffer.Length, _arrived);
        if (count == 0)
        {
            return State;
        }

        count = options.SplitsReads ? Part(count, _splitLabel) : count;
        _bytes.Take(buffer[..count]);
        _arrived -= count;
        HasRoom?.Invoke();
        return LinkState.Open;
    }

    /// <summary>Nobody will read any more.</summary>
    /// <returns>Whether bytes have arrived that nobody has read.</returns>
    public bool CloseReader()
    {
        loop.Touch(this);
        var isUnread = _arrived > 0;
        _isReaderGone = true;
        _bytes.Drop(_arrived);
        _arrived = 0;
        return isUnread;
    }

    private void Send(Piece piece)
    {
        loop.Touch(this);
        var due = loop.Time + Draw(loop, options, _latencyLabel);
        _lastDue = due > _lastDue ? due : _lastDue;
        _underWay.Enqueue(piece with { Due = _lastDue });
        if (_lastDue <= loop.Time)
        {
            Deliver();
        }
        else
        {
            loop.CallAt(_lastDue, Deliver);
        }
    }

    // Whichever call comes first delivers all that is due, so that a scheduler that swaps two of them swaps no bytes.
    private void Deliver()
    {
        loop.Touch(this);
        var now = loop.Time;
        while (_underWay.TryPeek(out var piece) && piece.Due <= now)
        {
            _underWay.Dequeue();
            Take(piece);
        }
    }

    private void Take(Piece piece)
    {
        if (_isNarrow && piece.Kind == PieceKind.Bytes)
        {
            _isNarrow = false;
            HasRoom?.Invoke();
        }

        switch (piece.Kind)
        {
            case PieceKind.Bytes when _isReaderGone:
                _bytes.Drop(piece.Count);
                CameTooLate?.Invoke();
                return;
            case PieceKind.Bytes:
                _arrived += piece.Count;
                break;
            case PieceKind.End:
                _hasEnded = true;
                break;
            default:
                WasReset = true;
                break;
        }

        Arrived?.Invoke();
    }

    private int Part(int count, string label) => count <= 1 ? count : loop.Draw(label, 4) switch
    {
        1 => 1,
        2 => (count + 1) / 2,
        3 => count - 1,
        _ => count,
    };

    private enum PieceKind
    {
        Bytes,
        End,
        Reset,
    }

    private readonly record struct Piece(PieceKind Kind, int Count, Instant Due = default);
}
