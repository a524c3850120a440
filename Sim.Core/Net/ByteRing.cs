namespace Sim.Core;

/// <summary>Bytes in the order in which they came, up to a limit; memory grows with what is in it.</summary>
internal sealed class ByteRing(int limit)
{
    private const int Smallest = 256;

    private byte[] _bytes = [];
    private int _start;

    public int Count { get; private set; }

    public int Room => limit - Count;

    /// <summary>Adds bytes at the end; there must be room.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Grow(Count + bytes.Length);
        var end = (_start + Count) % _bytes.Length;
        var head = Math.Min(bytes.Length, _bytes.Length - end);
        bytes[..head].CopyTo(_bytes.AsSpan(end));
        bytes[head..].CopyTo(_bytes);
        Count += bytes.Length;
    }

    /// <summary>Takes the first bytes out; so many must be there.</summary>
    public void Take(Span<byte> buffer)
    {
        var head = Math.Min(buffer.Length, _bytes.Length - _start);
        _bytes.AsSpan(_start, head).CopyTo(buffer);
        _bytes.AsSpan(0, buffer.Length - head).CopyTo(buffer[head..]);
        Drop(buffer.Length);
    }

    /// <summary>Drops the first bytes.</summary>
    public void Drop(int count)
    {
        Count -= count;
        _start = Count == 0 ? 0 : (_start + count) % _bytes.Length;
    }

    /// <summary>Keeps the first bytes and drops the rest.</summary>
    public void Truncate(int count) => Count = count;

    private void Grow(int needed)
    {
        if (needed <= _bytes.Length)
        {
            return;
        }

        var count = Count;
        var larger = new byte[Math.Min(limit, Math.Max(needed, Math.Max(Smallest, _bytes.Length * 2L)))];
        if (count > 0)
        {
            Take(larger.AsSpan(0, count));
        }

        (_bytes, _start, Count) = (larger, 0, count);
    }
}
