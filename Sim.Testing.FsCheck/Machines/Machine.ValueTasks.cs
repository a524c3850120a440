using System.Runtime.CompilerServices;
using FsCheck;
using Sim.World;

namespace Sim.Testing.FsCheck;

/// <summary>The same for calls that return a value task. An async lambda is a task: it takes the others.</summary>
public sealed partial record Machine<TSystem, TState>
{
    /// <summary>Adds an operation with an argument and a result.</summary>
    /// <param name="name">Its name in tables.</param>
    /// <param name="argument">Draws the argument; for several, a tuple.</param>
    /// <param name="run">Calls it on the object.</param>
    /// <param name="model">What it should do.</param>
    /// <param name="key">To which part of the object it belongs: then the model's state is that of one part.</param>
    /// <param name="shrink">Smaller arguments; without, those that its generator may draw.</param>
    [OverloadResolutionPriority(-1)]
    public Machine<TSystem, TState> Operation<TArgument, TResult>(
        string name,
        Gen<TArgument> argument,
        Func<TSystem, TArgument, ValueTask<TResult>> run,
        Func<TState, TArgument, ModelStep<TState, TResult>> model,
        Func<TArgument, object?>? key = null,
        Func<TArgument, IEnumerable<TArgument>>? shrink = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Operation(name, argument, (system, value) => run(system, value).AsTask(), model, key, shrink);
    }

    /// <summary>Adds an operation with an argument and without a result.</summary>
    /// <param name="name">Its name in tables.</param>
    /// <param name="argument">Draws the argument; for several, a tuple.</param>
    /// <param name="run">Calls it on the object.</param>
    /// <param name="model">What it should do.</param>
    /// <param name="key">To which part of the object it belongs: then the model's state is that of one part.</param>
    /// <param name="shrink">Smaller arguments; without, those that its generator may draw.</param>
    [OverloadResolutionPriority(-1)]
    public Machine<TSystem, TState> Operation<TArgument>(
        string name,
        Gen<TArgument> argument,
        Func<TSystem, TArgument, ValueTask> run,
        Func<TState, TArgument, ModelStep<TState>> model,
        Func<TArgument, object?>? key = null,
        Func<TArgument, IEnumerable<TArgument>>? shrink = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Operation(name, argument, (system, value) => run(system, value).AsTask(), model, key, shrink);
    }

    /// <summary>Adds an operation without an argument.</summary>
    /// <param name="name">Its name in tables.</param>
    /// <param name="run">Calls it on the object.</param>
    /// <param name="model">What it should do.</param>
    [OverloadResolutionPriority(-1)]
    public Machine<TSystem, TState> Operation<TResult>(
        string name, Func<TSystem, ValueTask<TResult>> run, Func<TState, ModelStep<TState, TResult>> model)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Operation(name, system => run(system).AsTask(), model);
    }

    /// <summary>Adds an operation without an argument and without a result.</summary>
    /// <param name="name">Its name in tables.</param>
    /// <param name="run">Calls it on the object.</param>
    /// <param name="model">What it should do.</param>
    [OverloadResolutionPriority(-1)]
    public Machine<TSystem, TState> Operation(string name, Func<TSystem, ValueTask> run, Func<TState, ModelStep<TState>> model)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Operation(name, system => run(system).AsTask(), model);
    }
}
