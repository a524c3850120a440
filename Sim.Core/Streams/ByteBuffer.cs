namespace Sim.Core;

/// <summary>
/// Bytes in a row: added at the end, taken from the front. What it has handed out stays where it is until it is taken, so that
/// a send or a receive may hold it meanwhile. Empty, it holds no large memory.
/// </summary>
internal sealed class ByteBuffer
{
    private const int Smallest = 4096;
    private const int LargestKept = 64 * 1024;

    private byte[] _bytes = [];
    private int _start;
    private int _end;

    public int Count => _end - _start;

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(_start, Count);

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(_start, Count);

    /// <summary>Room at the end, at least so much; nothing is in it until <see cref="Added"/> says so.</summary>
    public Memory<byte> Room(int least)
    {
        if (_bytes.Length - _end < least)
        {
            // Never in place: somebody may hold the old bytes.
            var larger = new byte[Math.Max(Math.Max(Smallest, Count + least), Math.Min(Count * 2, Array.MaxLength))];
            Span.CopyTo(larger);
            (_bytes, _start, _end) = (larger, 0, Count);
        }

        return _bytes.AsMemory(_end);
    }

    /// <summary>So many bytes were put into the room.</summary>
    public void Added(int count) => _end += count;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length).Span);
        _end += bytes.Length;
    }

    /// <summary>So many bytes at the front are not needed any more.</summary>
    public void Drop(int count)
    {
        _start += count;
        if (_start == _end)
        {
            _start = _end = 0;
            if (_bytes.Length > LargestKept)
            {
                _bytes = [];
            }
        }
    }

    public byte[] Take(int count)
    {
        var taken = Span[..count].ToArray();
        Drop(count);
        return taken;
    }

    public void Clear() => Drop(Count);
}
