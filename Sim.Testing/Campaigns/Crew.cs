using System.Runtime.ExceptionServices;

namespace Sim.Testing;

/// <summary>
/// The threads behind <see cref="Workers"/>, and what they have done that nobody has read yet. Pieces may take a microsecond:
/// threads take and hand in without a lock, and the reader looks every now and then instead of being woken for each.
/// </summary>
internal sealed class Crew<T>(
    int threads, int first, int end, Func<int, IWorker<T>> hire, Func<T, bool> isLast, CancellationToken cancellationToken)
{
    /// <summary>How far the threads may be ahead of the reader: as far as short pieces come while it does not look.</summary>
    private const int AheadOfReader = 1_024;

    /// <summary>After how long the reader looks again.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(2);

    private readonly object _gate = new();
    private readonly Done?[] _done = new Done?[threads * AheadOfReader];
    private int _end = end;
    private int _next = first - 1;
    private int _read = first;
    private int _working = threads;
    private ExceptionDispatchInfo? _notHired;

    /// <summary>Starts the threads, and ends them when the reader stops.</summary>
    public IEnumerable<T> Read()
    {
        var crew = new Thread[_working];
        for (var i = 0; i < crew.Length; i++)
        {
            var worker = i;
#pragma warning disable RS0030 // No loop runs here: each of these threads runs simulations, a loop of its own for each.
            crew[i] = new Thread(() => Work(worker)) { IsBackground = true, Name = $"worker {worker}" };
            crew[i].Start();
#pragma warning restore RS0030
        }

        try
        {
            while (WaitForNext())
            {
                while (Take() is { } done)
                {
                    done.Error?.Throw();
                    yield return done.Result!;
                }
            }
        }
        finally
        {
            Stop(0);
            foreach (var thread in crew)
            {
                thread.Join();
            }
        }
    }

    private bool WaitForNext()
    {
        lock (_gate)
        {
            while (Volatile.Read(ref _done[_read % _done.Length]) is null)
            {
                _notHired?.Throw();
                if (_working == 0)
                {
                    return false;
                }

                Monitor.Wait(_gate, _pause);
            }

            return true;
        }
    }

    private Done? Take()
    {
        ref var place = ref _done[_read % _done.Length];
        if (Volatile.Read(ref place) is not { } done)
        {
            return null;
        }

        // The place is free before the threads may know that it is.
        place = null;
        Volatile.Write(ref _read, _read + 1);
        return done;
    }

    private void Work(int number)
    {
        try
        {
            using var worker = hire(number);
            while (!cancellationToken.IsCancellationRequested && Interlocked.Increment(ref _next) is var piece && WaitForAPlace(piece))
            {
                var done = Do(worker, piece);
                if (done.Error is not null || isLast(done.Result!))
                {
                    Stop(piece + 1);
                }

                Volatile.Write(ref _done[piece % _done.Length], done);
            }
        }
        catch (Exception error)
        {
            lock (_gate)
            {
                _notHired ??= ExceptionDispatchInfo.Capture(error);
            }

            Stop(0);
        }

        lock (_gate)
        {
            _working--;
            Monitor.PulseAll(_gate);
        }
    }

    // The reader is far behind, or a slow piece holds it up. False if nobody wants the piece any more.
    private bool WaitForAPlace(int piece)
    {
        while (piece - Volatile.Read(ref _read) >= _done.Length && Volatile.Read(ref _end) > piece)
        {
            lock (_gate)
            {
                Monitor.Wait(_gate, _pause);
            }
        }

        return Volatile.Read(ref _end) > piece;
    }

    private static Done Do(IWorker<T> worker, int piece)
    {
        try
        {
            return new Done(worker.Do(piece), null);
        }
        catch (Exception error)
        {
            return new Done(default, ExceptionDispatchInfo.Capture(error));
        }
    }

    // Nobody wants what is at this number or behind it.
    private void Stop(int end)
    {
        lock (_gate)
        {
            _end = Math.Min(_end, end);
        }
    }

    private sealed record Done(T? Result, ExceptionDispatchInfo? Error);
}
