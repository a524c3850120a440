using FsCheck;
using FsCheck.Fluent;
using Sim.Core;
using Sim.Testing.FsCheck;

namespace Sim.Properties;

/// <summary>Runs of timing programs, and properties that compare their logs and show the first difference.</summary>
internal static class Logs
{
    public static IReadOnlyList<TimingEntry> OnVirtualTime(TimingProgram program)
    {
        using var loop = Asyncio.NewVirtualEventLoop(new LoopOptions { Log = static line => throw new InvalidOperationException(line) });
        return program.RunOn(loop);
    }

    public static Property AreEqual<T>(IReadOnlyList<T> expected, IReadOnlyList<T> actual) =>
        FirstDifference(expected, actual) is { } difference ? false.Label(difference) : true.ToProperty();

    public static string? FirstDifference<T>(IReadOnlyList<T> expected, IReadOnlyList<T> actual)
    {
        for (var i = 0; i < Math.Max(expected.Count, actual.Count); i++)
        {
            var (want, have) = (At(expected, i), At(actual, i));
            if (want != have)
            {
                return $"line {i + 1}: expected {want}, but was {have}";
            }
        }

        return null;
    }

    private static string At<T>(IReadOnlyList<T> log, int index) => index < log.Count ? $"'{log[index]}'" : "the end";
}
