using System.Collections.Immutable;
using Sim.World;

namespace Sim.Testing.FsCheck;

/// <summary>
/// An object, its operations, and what each should do. Several tasks call the operations at once; what they saw is recorded and
/// held against the model: there must be one order of the calls that explains all of it. Immutable; each call adds an operation.
/// </summary>
/// <typeparam name="TSystem">The object under test.</typeparam>
/// <typeparam name="TState">A state of the model.</typeparam>
public sealed partial record Machine<TSystem, TState> : IMachine
{
    internal Machine(Func<TSystem> create, TState initial) => (Create, Initial) = (create, initial);

    /// <summary>How many tasks call at once, at most.</summary>
    public int Tasks { get; init; } = 3;

    /// <summary>How many operations each task calls, at most.</summary>
    public int OperationsPerTask { get; init; } = 4;

    /// <summary>
    /// After this much virtual time without any work left, a call that has not returned is one that waits; after sixty times as much
    /// or ten thousand steps where timers are pending, because a call may be asleep. If the model says that
    /// it need not wait, it is a failure.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether an operation that ended with this exception may have taken effect all the same, at once or later, as when a reply is
    /// lost. By default never: an exception is a result like others, and what was cancelled has had no effect.
    /// </summary>
    public Func<Exception, bool> MayHaveTakenEffect { get; init; } = static _ => false;

    internal Func<TSystem> Create { get; }

    internal TState Initial { get; }

    internal ImmutableArray<MachineOperation<TSystem, TState>> Operations { get; init; } = [];

    Subject IMachine.ToSubject(string name)
    {
        if (Operations.IsEmpty || Tasks < 1 || OperationsPerTask < 1)
        {
            throw new ScenarioException(
                $"The machine of {name} has {Operations.Length} operations for {Tasks} tasks: it needs at least one of each.");
        }

        var workloads = new Workloads<TSystem, TState>(this);
        var run = new MachineRun<TSystem, TState>(this);
        return new Subject(
            name,
            workloads.Generator(),
            data => workloads.Shrink((Workload)data),
            data => run.RunAsync((Workload)data),
            static data => data.ToString()!);
    }

    /// <summary>
    /// Checks that the operations are linearizable, outside of a test runner. In NUnit, return the machine from a method that is
    /// marked <c>[SimProperty]</c> instead: then a failure can be replayed by its line.
    /// </summary>
    /// <param name="options">How it is checked.</param>
    /// <param name="name">The name in the text of a failure.</param>
    /// <exception cref="PropertyFalsifiedException">They are not; the message is the whole text.</exception>
    public void Check(PropertyOptions? options = null, string name = "machine")
    {
        var report = new PropertySearch(((IMachine)this).ToSubject(name), options ?? new PropertyOptions()).Run();
        if (!report.AsExpected)
        {
            throw new PropertyFalsifiedException(report.ToText("."));
        }
    }
}
