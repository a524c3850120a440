namespace Sim.Testing;

/// <summary>
/// Numbered pieces of work, shared out to threads in the order of their numbers, and what came of them in the same order: who
/// reads it cannot tell how many threads there were.
/// </summary>
internal static class Workers
{
    /// <summary>
    /// What comes of the pieces from <paramref name="first"/> to <paramref name="end"/> - 1. When the token is cancelled, no
    /// more are begun, and those that are begun come out. Who stops reading before stops the threads; an exception of a piece
    /// is thrown where its turn would be.
    /// </summary>
    /// <param name="threads">How many threads; with one, the work is done on the thread that reads, a piece when it is read.</param>
    /// <param name="first">The first number.</param>
    /// <param name="end">The number behind the last.</param>
    /// <param name="hire">Makes the worker of a thread, numbered from 0, on that thread.</param>
    /// <param name="isLast">Whether nobody will want what is behind this one.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static IEnumerable<T> InOrder<T>(
        int threads, int first, int end, Func<int, IWorker<T>> hire, Func<T, bool> isLast, CancellationToken cancellationToken)
    {
        threads = Math.Min(threads, end - first);
        return threads > 1
            ? new Crew<T>(threads, first, end, hire, isLast, cancellationToken).Read()
            : Alone(first, end, hire, cancellationToken);
    }

    private static IEnumerable<T> Alone<T>(int first, int end, Func<int, IWorker<T>> hire, CancellationToken cancellationToken)
    {
        if (first >= end)
        {
            yield break;
        }

        using var worker = hire(0);
        for (var number = first; number < end && !cancellationToken.IsCancellationRequested; number++)
        {
            yield return worker.Do(number);
        }
    }
}
