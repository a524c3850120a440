using FsCheck;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sim.Core;
using Sim.Testing.FsCheck;
using Sim.Testing.Hosting;
using Sim.World;

namespace Sim.Properties;

/// <summary>A host in a simulation, with any services under any schedule.</summary>
[Properties(Arbitrary = [typeof(ScheduleArbitraries)], MaxTest = 100, QuietOnSuccess = true)]
public class HostLaws
{
    [Property]
    public bool ServicesEnd_EachBeforeTheOneThatWasStartedBeforeIt(NonNegativeInt[] kinds, Schedule schedule)
    {
        var (run, log) = Run(kinds, schedule.ToStrategy());
        var ended = log.Where(static entry => Equals(entry["What"], "has ended")).Select(static entry => entry["Service"]);
        return run.Passed && run.LeftTasks.Count == 0 && ended.SequenceEqual(Enumerable.Range(0, kinds.Length).Reverse().Cast<object>());
    }

    [Property]
    public bool EachEntry_IsALineOfTheTrace_InOrder_AlsoWhenTimePassesByItself(NonNegativeInt[] kinds, long seed)
    {
        var (run, log) = Run(kinds, new StarveStrategy(seed, RunProfile.Empty));
        var lines = run.Trace.Events.Where(static happened => happened.Kind == TraceEventKind.Note).Select(static happened => $"{happened.Time} {happened.Text}");
        return run.Passed && lines.SequenceEqual(log.Select(static entry => $"{entry.Time} \"{entry}\""));
    }

    [Property]
    public bool SameDecisions_SameTrace(NonNegativeInt[] kinds, long seed)
    {
        var first = Run(kinds, new RandomStrategy(seed)).Report;
        return first.Trace.Hash == Run(kinds, first.ToStrategy()).Report.Trace.Hash;
    }

    private static (RunReport Report, IReadOnlyList<SimulationLogEntry> Log) Run(NonNegativeInt[] kinds, IStrategy strategy)
    {
        IReadOnlyList<SimulationLogEntry> log = [];
        var run = Simulation.Run(
            async () =>
            {
                var services = new ServiceCollection();
                foreach (var (kind, number) in kinds.Select(static (kind, number) => ((kind.Get % 20) + 1, number)))
                {
                    services.AddSingleton(provider => LoggedServices.Make(
                        number, kind, provider.GetRequiredService<EventLoop>(), provider.GetRequiredService<TimeProvider>(),
                        provider.GetRequiredService<ILogger<HostLaws>>()));
                }

                await using var host = await SimulationHost.StartAsync(services);
                log = host.Log.Entries;
                await Asyncio.SleepAsync(TimeSpan.FromMinutes(1));
            },
            new SimulationOptions { Strategy = strategy });
        return (run, log);
    }
}
