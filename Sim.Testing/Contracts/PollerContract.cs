using Sim.Clock;
using Sim.Core;

namespace Sim.Testing;

/// <summary>
/// What every <see cref="IPoller"/> promises, as cases to run against an implementation: derive, say how to make one
/// and what it can do, and run each of <see cref="Cases"/> as a test of your framework. Every case makes a poller of
/// its own, uses it on one thread, disposes it, and fails instead of hanging.
/// </summary>
/// <example>
/// With NUnit: <c>static IEnumerable&lt;ContractCase&gt; Cases() => new MyPollerContract().Cases;</c> and
/// <c>[TestCaseSource(nameof(Cases))] public void KeepsTheContract(ContractCase demand) => demand.Run();</c>
/// </example>
public abstract partial class PollerContract
{
    /// <summary>Whether real handles can be registered. If not, registering one must be refused.</summary>
    public virtual bool WatchesHandles => true;

    /// <summary>Whether time passes by itself. If not, a wait must bring the clock to the deadline exactly.</summary>
    public virtual bool TimeIsReal => true;

    /// <summary>
    /// Whether a wait without a deadline sleeps until another thread wakes it. If not, it must be reported as
    /// <see cref="PollOutcome.Stalled"/>. Unless overridden, this is <see cref="TimeIsReal"/>.
    /// </summary>
    public virtual bool SleepsWithoutDeadline => TimeIsReal;

    /// <summary>Real time after which a case that has not come back has failed; 30 s unless overridden.</summary>
    public virtual TimeSpan TimeLimit => TimeSpan.FromSeconds(30);

    /// <summary>The cases that apply, always in the same order.</summary>
    public IReadOnlyList<ContractCase> Cases =>
    [
        .. All().Where(demand => demand.Applies).Select(demand => new ContractCase(demand.Name, () => Try(demand))),
    ];

    /// <summary>Makes a poller with the clock whose instants are its deadlines. Called once per case, on its thread.</summary>
    protected abstract (IClock Clock, IPoller Poller) Create();

    private IEnumerable<Demand> All() => [.. OnTime(), .. OnWakes(), .. OnHandles(), .. OnLife()];

    private void Try(Demand demand) => Watchdog.Run(demand.Name, TimeLimit, () =>
    {
        var (clock, poller) = Create();
        using (poller) demand.Body(new PollerProbe(clock, poller, TimeIsReal));
    });

    private readonly record struct Demand(string Name, Action<PollerProbe> Body, bool Applies = true);
}
