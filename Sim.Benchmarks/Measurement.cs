using System.Diagnostics;
using System.Globalization;

namespace Sim.Benchmarks;

/// <summary>What was measured of one workload in a process of its own.</summary>
/// <param name="Nanoseconds">Processor time of one operation: the median of the rounds.</param>
/// <param name="PeakBytes">The most memory that the process had.</param>
internal readonly record struct Measurement(double Nanoseconds, long PeakBytes)
{
    private const int Rounds = 5;

    // A round: much longer than the steps in which the system counts processor time.
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Runs a workload in this process: twice to warm up, then a few rounds. What is measured is processor time, of all threads of
    /// the process, so that what else the machine does counts less.
    /// </summary>
    public static Measurement Of(int operations, Action run)
    {
        // The code of a round is made fast while the first one runs, and is used from the next one on.
        run();
        run();
        var times = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var (start, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var turns = 0;
            do
            {
                run();
                turns++;
            }
            while (Stopwatch.GetElapsedTime(start) < _shortest);

            times[round] = (Environment.CpuUsage.TotalTime - before).TotalNanoseconds / operations / turns;
        }

        Array.Sort(times);
        using var self = Process.GetCurrentProcess();
        return new Measurement(times[Rounds / 2], self.PeakWorkingSet64);
    }

    /// <summary>Starts a program that prints one line, and reads it. What it says to standard error is passed on.</summary>
    public static Measurement Read(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true };
        using var child = Process.Start(start)!;
        var line = child.StandardOutput.ReadToEnd().Trim();
        child.WaitForExit();
        if (child.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {child.ExitCode}: {line}");
        }

        var words = line.Split(' ');
        return new Measurement(double.Parse(words[0], CultureInfo.InvariantCulture), long.Parse(words[1], CultureInfo.InvariantCulture));
    }

    /// <summary>The line that <see cref="Read"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Nanoseconds:F2} {PeakBytes}");
}
