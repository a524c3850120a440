using Sim.Testing;
using Sim.Testing.FsCheck;
using Sim.World;

namespace Sim.Properties;

/// <summary>Timing programs inside of simulations, so that a strategy decides what runs next.</summary>
internal static class Programs
{
    /// <summary>One simulated run of a program, and its log.</summary>
    public static (RunReport Report, IReadOnlyList<TimingEntry> Log) Simulate(TimingProgram program, IStrategy strategy)
    {
        var log = new List<TimingEntry>();
        var report = ScenarioOf(program, log).Run(strategy);
        return report.Passed ? (report, log) : throw new InvalidOperationException(report.Failure!.Message, report.Failure.Exception);
    }

    /// <summary>The program as a scenario, its log in the trace.</summary>
    public static Scenario ScenarioOf(TimingProgram program, List<TimingEntry>? log = null) => new("program", async () =>
    {
        var simulation = Simulation.Current;
        await program.Start(simulation.Loop, line =>
        {
            log?.Add(line);
            simulation.Note($"{line.Who} {line.What}");
        });
    });

    /// <summary>The program as a scenario that fails when the order is not that of first in, first out.</summary>
    public static Scenario OrderedScenarioOf(TimingProgram program)
    {
        var expected = Order(Logs.OnVirtualTime(program));
        return new Scenario("ordered", async () =>
        {
            var log = new List<TimingEntry>();
            await program.Start(Simulation.Current.Loop, log.Add);
            if (Order(log) != expected)
            {
                throw new ArithmeticException("Another order.");
            }
        });
    }

    private static string Order(IReadOnlyList<TimingEntry> log) => string.Join('\n', log.Select(static line => $"{line.Who} {line.What}"));
}
