using System.Collections.Concurrent;
using Sim.Testing;

namespace Sim.Cli;

/// <summary>
/// The scenarios of a target once more for each further worker, each time loaded anew, so that workers have no static state in
/// common. A copy stays for as long as the tool runs. Any thread.
/// </summary>
/// <param name="load">Loads the scenarios.</param>
internal sealed class TargetCopies(Func<IReadOnlyList<Scenario>> load)
{
    private readonly ConcurrentDictionary<int, Lazy<IReadOnlyList<Scenario>>> _ofWorkers = [];

    /// <summary>The scenario, with copies for workers.</summary>
    public Scenario Offer(Scenario scenario) => scenario with
    {
        ForWorker = worker => ScenarioCatalog.Find(Of(worker), scenario.Name),
    };

    private IReadOnlyList<Scenario> Of(int worker) =>
        _ofWorkers.GetOrAdd(worker, _ => new Lazy<IReadOnlyList<Scenario>>(load)).Value;
}
