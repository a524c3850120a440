using System.Reflection;
using Sim.World;

namespace Sim.Testing;

/// <summary>Something that must hold under every schedule: a named piece of async code that throws when it does not.</summary>
/// <param name="Name">The name in reports and replay lines.</param>
/// <param name="Body">The code. It is called once for each run, each time inside a new simulation.</param>
public sealed record Scenario(string Name, Func<Task> Body)
{
    /// <summary>
    /// Why the scenario must fail: it holds a planted bug, so that finding it is as expected and not finding it is the
    /// failure. Null for a scenario that must hold.
    /// </summary>
    public string? MustFail { get; init; }

    /// <summary>What a failure calls it: the name, unless that is more than a person wants to read.</summary>
    public string Title { get => field ?? Name; init; }

    /// <summary>For a scenario whose body was given data: what a failure says of them, in sentences; null if there are none.</summary>
    public string? Data { get; init; }

    /// <summary>Below the replay lines: other ways to the same failure, each a line that ends itself; empty as a rule.</summary>
    public string OtherWays { get; init; } = "";

    /// <summary>The <c>--filter</c> by which the test runner finds the scenario, as a word for a shell.</summary>
    public string TestFilter { get; init; } = ShellWord.Of($"Name={Name}");

    /// <summary>Whether <c>sim</c> finds the scenario in its assembly; if not, only a test runner can replay it.</summary>
    public bool IsListed { get; init; } = true;

    /// <summary>Whether a failing run can be pinned by <see cref="SimReplayAttribute"/> on the method.</summary>
    public bool IsPinnable { get; init; } = true;

    /// <summary>The limits of its runs; the strategy is the campaign's.</summary>
    public SimulationOptions Options { get; init; } = new();

    /// <summary>
    /// The method in which its code begins, if <see cref="Body"/> only calls it: static state that this can come to is watched.
    /// </summary>
    public MethodInfo? Code { get; init; }

    /// <summary>Runs that failed once: they are made first in each campaign, and must hold. Not for a scenario that must fail.</summary>
    public IReadOnlyList<PinnedRun> Pinned { get; init; } = [];

    /// <summary>
    /// For campaigns with several workers: the same scenario in a copy of its code with static state of its own, for each worker
    /// but the first, by the worker's number. Always the same for a number; called on any thread. Null = all share one.
    /// </summary>
    public Func<int, Scenario>? ForWorker { get; init; }

    /// <summary>The scenario as the worker with this number runs it.</summary>
    internal Scenario OfWorker(int worker) => worker == 0 || ForWorker is null ? this : ForWorker(worker);

    /// <summary>Makes one run.</summary>
    /// <param name="strategy">Decides.</param>
    /// <param name="patient">Whether a run that stalls waits a moment for work that may come back from another thread.</param>
    /// <param name="records">Whether the run writes a trace and gives its decisions labels.</param>
    public RunReport Run(IStrategy strategy, bool patient = true, bool records = true) =>
        Simulation.Run(Body, Options with
        {
            Strategy = strategy,
            Records = records,
            Patience = patient ? Options.Patience : TimeSpan.Zero,
        });

    /// <summary>Why a run of it fails, found by some hundred runs more.</summary>
    /// <param name="failing">A run that failed, shrunk if possible.</param>
    /// <param name="cancellationToken">Ends it after the run that is being made.</param>
    /// <returns>Null if it does not fail again in the same way: what is not repeated cannot be compared.</returns>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public Explanation? Explain(RunReport failing, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(failing);
        return failing.Failure?.Kind is null or FailureKind.Nondeterministic or FailureKind.Escaped
            ? null
            : new Explainer(RunNext).Explain(failing);

        RunReport RunNext(IStrategy strategy, bool records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Run(strategy, patient: false, records);
        }
    }

    /// <summary>The same for a report that goes out without it if it is ended.</summary>
    internal Explanation? ExplainUnlessEnded(RunReport failing, CancellationToken cancellationToken)
    {
        try
        {
            return Explain(failing, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
