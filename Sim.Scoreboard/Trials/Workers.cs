using System.Runtime.ExceptionServices;

namespace Sim.Scoreboard;

/// <summary>Threads that share out numbered pieces of work; what a piece does must not depend on any other.</summary>
internal static class Workers
{
    /// <summary>Does all pieces from 0 to <paramref name="pieces"/> - 1, each once; the first failure is thrown when all threads have ended.</summary>
    public static void Run(int threads, int pieces, Action<int> work)
    {
        var next = -1;
        ExceptionDispatchInfo? failure = null;
        var workers = new Thread[Math.Clamp(threads, 1, Math.Max(1, pieces))];
        for (var i = 0; i < workers.Length; i++)
        {
            workers[i] = new Thread(DoPieces);
            workers[i].Start();
        }

        foreach (var worker in workers)
        {
            worker.Join();
        }

        failure?.Throw();

        void DoPieces()
        {
            try
            {
                for (var piece = Interlocked.Increment(ref next); piece < pieces && failure is null; piece = Interlocked.Increment(ref next))
                {
                    work(piece);
                }
            }
            catch (Exception error)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(error), null);
            }
        }
    }
}
