namespace Sim.Core;

/// <content>Messages that end with a separator.</content>
public sealed partial class ConnectionReader
{
    private static readonly ReadOnlyMemory<byte>[] _newLine = ["\n"u8.ToArray()];

    /// <summary>
    /// Reads a line with its <c>\n</c>. At the end what is left, without one; nothing when nothing is left. A line that is longer
    /// than the limit is dropped, as far as it has come.
    /// </summary>
    /// <exception cref="LimitOverrunException">The line is longer than the limit.</exception>
    /// <inheritdoc cref="ReadAsync(int, CancellationToken)"/>
    public async ValueTask<byte[]> ReadLineAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await ReadUntilAsync(_newLine, cancellationToken);
        }
        catch (IncompleteReadException end)
        {
            return end.Partial.ToArray();
        }
        catch (LimitOverrunException overrun)
        {
            if (overrun.Consumed < _buffer.Count && _buffer.Span[overrun.Consumed] == (byte)'\n')
            {
                _buffer.Drop(overrun.Consumed + 1);
            }
            else
            {
                _buffer.Clear();
            }

            throw;
        }
    }

    /// <summary>Reads up to <paramref name="separator"/>, and that with it.</summary>
    /// <param name="separator">At least one byte.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is taken.</param>
    /// <exception cref="IncompleteReadException">The end came before; it has what was there.</exception>
    /// <exception cref="LimitOverrunException">More than the limit comes before the separator; all of it is left.</exception>
    /// <inheritdoc cref="ReadAsync(int, CancellationToken)"/>
    public ValueTask<byte[]> ReadUntilAsync(ReadOnlyMemory<byte> separator, CancellationToken cancellationToken = default) =>
        ReadUntilAsync([separator], cancellationToken);

    /// <summary>Reads up to whichever separator ends first, and that with it.</summary>
    /// <param name="separators">Each at least one byte.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is taken.</param>
    /// <inheritdoc cref="ReadUntilAsync(ReadOnlyMemory{byte}, CancellationToken)"/>
    public async ValueTask<byte[]> ReadUntilAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> separators, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(separators);
        ArgumentOutOfRangeException.ThrowIfZero(separators.Count, nameof(separators));
        var (shortest, longest) = (separators.Min(static one => one.Length), separators.Max(static one => one.Length));
        ArgumentOutOfRangeException.ThrowIfZero(shortest, nameof(separators));
        using var turn = TakeTurn(cancellationToken);
        for (var looked = 0; ;)
        {
            if (_buffer.Count - looked >= shortest)
            {
                if (Find(separators, looked) is var (start, end) && end > 0)
                {
                    return start <= Limit ? _buffer.Take(end) : throw Overrun("A separator is found, but behind the limit", start);
                }

                // The beginning of a separator may be there.
                looked = Math.Max(0, _buffer.Count + 1 - longest);
                if (looked > Limit)
                {
                    throw Overrun("No separator is found within the limit", looked);
                }
            }

            if (_hasEnded)
            {
                throw new IncompleteReadException(_buffer.Take(_buffer.Count), null);
            }

            await MoreAsync(cancellationToken);
        }
    }

    // The one that ends first; of those the first in the list.
    private (int Start, int End) Find(IReadOnlyList<ReadOnlyMemory<byte>> separators, int from)
    {
        var found = (Start: 0, End: 0);
        foreach (var separator in separators)
        {
            var at = _buffer.Span[from..].IndexOf(separator.Span);
            if (at >= 0 && (found.End == 0 || from + at + separator.Length < found.End))
            {
                found = (from + at, from + at + separator.Length);
            }
        }

        return found;
    }

    private LimitOverrunException Overrun(string what, int consumed) => new(
        $"{what} of {Limit} bytes {Places.Here()}, in what comes from {_connection.RemoteEndPoint}. "
        + "The other side speaks another protocol, or the limit is too small.",
        consumed);
}
