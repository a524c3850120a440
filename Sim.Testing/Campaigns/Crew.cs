using System.Runtime.ExceptionServices;

namespace Sim.Testing;

/// <summary>The threads behind <see cref="Workers"/>, and what they have done that nobody has read yet.</summary>
internal sealed class Crew<T>(
    int threads, int first, int end, Func<int, IWorker<T>> hire, Func<T, bool> isLast, CancellationToken cancellationToken)
{
    /// <summary>How far a thread may be ahead of the reader: a slow piece holds up so many others, and so much is kept in memory.</summary>
    private const int Ahead = 64;

    private readonly object _gate = new();
    private readonly Done?[] _done = new Done?[threads * Ahead];
    private int _end = end;
    private int _next = first;
    private int _read = first;
    private int _working = threads;
    private bool _isAwaited;
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
            var batch = new Queue<Done>();
            while (Take(batch))
            {
                while (batch.TryDequeue(out var done))
                {
                    done.Error?.Throw();
                    yield return done.Result!;
                }
            }
        }
        finally
        {
            lock (_gate)
            {
                _end = 0;
                Monitor.PulseAll(_gate);
            }

            foreach (var thread in crew)
            {
                thread.Join();
            }
        }
    }

    // Takes all that has become ready in a row: with many short pieces the reader comes to the gate once for several.
    private bool Take(Queue<Done> batch)
    {
        lock (_gate)
        {
            while (_done[_read % _done.Length] is null)
            {
                _notHired?.Throw();
                if (_working == 0)
                {
                    return false;
                }

                _isAwaited = true;
                Monitor.Wait(_gate);
            }

            _isAwaited = false;
            while (_done[_read % _done.Length] is { } done)
            {
                batch.Enqueue(done);
                _done[_read++ % _done.Length] = null;
            }

            Monitor.PulseAll(_gate);
            return true;
        }
    }

    private void Work(int number)
    {
        try
        {
            using var worker = hire(number);
            for (var piece = Next(null, 0); piece >= 0;)
            {
                piece = Next(Do(worker, piece), piece);
            }
        }
        catch (Exception error)
        {
            lock (_gate)
            {
                _notHired ??= ExceptionDispatchInfo.Capture(error);
                _end = 0;
            }
        }

        lock (_gate)
        {
            _working--;
            Monitor.PulseAll(_gate);
        }
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

    // Hands in one piece and takes the next; -1 when there is none.
    private int Next(Done? done, int piece)
    {
        lock (_gate)
        {
            if (done is not null)
            {
                _done[piece % _done.Length] = done;
                if (done.Error is not null || isLast(done.Result!))
                {
                    _end = Math.Min(_end, piece + 1);
                }

                if (_isAwaited && piece == _read)
                {
                    Monitor.PulseAll(_gate);
                }
            }

            while (_next < _end && _next - _read >= _done.Length && !cancellationToken.IsCancellationRequested)
            {
                Monitor.Wait(_gate);
            }

            return _next < _end && !cancellationToken.IsCancellationRequested ? _next++ : -1;
        }
    }

    private sealed record Done(T? Result, ExceptionDispatchInfo? Error);
}
