using System.Diagnostics;
using System.Globalization;
using Sim.Core;

namespace Sim.Benchmarks;

/// <summary>
/// What it costs to hand work to a loop from other threads: a million calls by each of eight threads at once, none lost and those of
/// each in its order; and how long it takes until a loop that sleeps in the kernel runs the call that wakes it.
/// </summary>
internal static class ThreadSafeEntry
{
    private const int Threads = 8, Each = 1_000_000, Wakes = 20_000;

    public static int Write(IReadOnlyList<string> arguments, TextWriter report)
    {
        report.WriteLine("## Work from other threads");
        report.WriteLine();
        report.WriteLine("On real time, with the poller of this platform. Wall time, not processor time.");
        report.WriteLine();
        report.WriteLine("| | |");
        report.WriteLine("| --- | --- |");
        var one = HandIn(threads: 1, Each);
        var (all, lost, misplaced) = HandIn(Threads, Each);
        Line($"{Each:N0} CallSoonThreadSafe by one thread", $"{Results.Number(one.Nanoseconds)} ns a call, run");
        Line(
            $"{Threads} × {Each:N0} CallSoonThreadSafe at once",
            $"{Results.Number(all)} ns a call, run; lost {lost}, out of order {misplaced}");
        var latencies = Wake();
        Line(
            $"wake of a loop that sleeps, {Wakes:N0} times",
            $"half within {Micros(latencies, 50)}, 99 % within {Micros(latencies, 99)}, the worst {Micros(latencies, 100)}");
        report.WriteLine();
        return lost == 0 && misplaced == 0 ? 0 : 1;

        void Line(FormattableString what, FormattableString how) => report.WriteLine(
            $"| {what.ToString(CultureInfo.InvariantCulture)} | {how.ToString(CultureInfo.InvariantCulture)} |");
    }

    private static (double Nanoseconds, long Lost, long Misplaced) HandIn(int threads, int each)
    {
        using var loop = Asyncio.NewEventLoop();
        var seen = new int[threads];
        var misplaced = 0L;
        var start = 0L;
        var workers = Enumerable.Range(0, threads).Select(number => new Thread(() =>
        {
            for (var i = 0; i < each; i++)
            {
                var mine = i;
                loop.CallSoonThreadSafe(() => misplaced += seen[number]++ == mine ? 0 : 1);
            }
        })).ToList();
        // The last to go ends the run: all calls of the others stand before its own.
        var closer = new Thread(() =>
        {
            workers.ForEach(static worker => worker.Join());
            loop.CallSoonThreadSafe(loop.Stop);
        });
        loop.CallSoon(() =>
        {
            start = Stopwatch.GetTimestamp();
            workers.ForEach(static worker => worker.Start());
            closer.Start();
        });
        loop.RunForever();
        var took = Stopwatch.GetElapsedTime(start);
        var calls = (long)threads * each;
        return (took.TotalNanoseconds / calls, calls - seen.Sum(static count => (long)count), misplaced);
    }

    // One at a time, and the loop has time to fall asleep before the next.
    private static TimeSpan[] Wake()
    {
        using var loop = Asyncio.NewEventLoop();
        var latencies = new TimeSpan[Wakes];
        using var arrived = new SemaphoreSlim(0);
        var caller = new Thread(() =>
        {
            for (var i = 0; i < Wakes; i++)
            {
                var number = i;
                Thread.SpinWait(2_000);
                var start = Stopwatch.GetTimestamp();
                loop.CallSoonThreadSafe(() =>
                {
                    latencies[number] = Stopwatch.GetElapsedTime(start);
                    arrived.Release();
                });
                arrived.Wait();
            }

            loop.CallSoonThreadSafe(loop.Stop);
        });
        loop.CallSoon(caller.Start);
        loop.RunForever();
        caller.Join();
        Array.Sort(latencies);
        return latencies;
    }

    private static string Micros(TimeSpan[] sorted, int percent) =>
        string.Create(CultureInfo.InvariantCulture, $"{sorted[Math.Max(0, (sorted.Length * percent / 100) - 1)].TotalMicroseconds:F1} µs");
}
