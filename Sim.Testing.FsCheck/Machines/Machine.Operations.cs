using FsCheck;
using FsCheck.Fluent;
using Sim.World;

namespace Sim.Testing.FsCheck;

public sealed partial record Machine<TSystem, TState>
{
    /// <summary>Adds an operation with an argument and a result.</summary>
    /// <param name="name">Its name in tables.</param>
    /// <param name="argument">Draws the argument; for several, a tuple.</param>
    /// <param name="run">Calls it on the object.</param>
    /// <param name="model">
    /// What it should do: <c>(next state, result)</c>, <see cref="ModelStep.Waits"/>, or <see cref="ModelStep.Throws{TException}"/>.
    /// </param>
    /// <param name="key">
    /// To which part of the object it belongs, such as the key of a map: then the model's state is that of one part.
    /// </param>
    /// <param name="shrink">Smaller arguments; without, those that its generator may draw, and those of earlier calls.</param>
    public Machine<TSystem, TState> Operation<TArgument, TResult>(
        string name,
        Gen<TArgument> argument,
        Func<TSystem, TArgument, Task<TResult>> run,
        Func<TState, TArgument, ModelStep<TState, TResult>> model,
        Func<TArgument, object?>? key = null,
        Func<TArgument, IEnumerable<TArgument>>? shrink = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(model);
        return Add(
            name,
            argument,
            async (system, value) => await run(system, value),
            (state, value) => ToStep(model(state, value)),
            key,
            shrink);
    }

    /// <summary>Adds an operation with an argument and without a result.</summary>
    /// <param name="name">Its name in tables.</param>
    /// <param name="argument">Draws the argument; for several, a tuple.</param>
    /// <param name="run">Calls it on the object.</param>
    /// <param name="model">
    /// What it should do: the next state, <see cref="ModelStep.Waits"/>, or <see cref="ModelStep.Throws{TException}"/>.
    /// </param>
    /// <param name="key">To which part of the object it belongs: then the model's state is that of one part.</param>
    /// <param name="shrink">Smaller arguments; without, those that its generator may draw, and those of earlier calls.</param>
    public Machine<TSystem, TState> Operation<TArgument>(
        string name,
        Gen<TArgument> argument,
        Func<TSystem, TArgument, Task> run,
        Func<TState, TArgument, ModelStep<TState>> model,
        Func<TArgument, object?>? key = null,
        Func<TArgument, IEnumerable<TArgument>>? shrink = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(model);
        return Add(
            name,
            argument,
            async (system, value) =>
            {
                await run(system, value);
                return null;
            },
            (state, value) => ToStep(model(state, value)),
            key,
            shrink);
    }

    /// <summary>Adds an operation without an argument.</summary>
    /// <param name="name">Its name in tables.</param>
    /// <param name="run">Calls it on the object.</param>
    /// <param name="model">
    /// What it should do: <c>(next state, result)</c>, <see cref="ModelStep.Waits"/>, or <see cref="ModelStep.Throws{TException}"/>.
    /// </param>
    public Machine<TSystem, TState> Operation<TResult>(
        string name, Func<TSystem, Task<TResult>> run, Func<TState, ModelStep<TState, TResult>> model)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(model);
        return Operation(name, Gen.Constant(Command.NoArgument), (system, _) => run(system), (state, _) => model(state));
    }

    /// <summary>Adds an operation without an argument and without a result.</summary>
    /// <param name="name">Its name in tables.</param>
    /// <param name="run">Calls it on the object.</param>
    /// <param name="model">
    /// What it should do: the next state, <see cref="ModelStep.Waits"/>, or <see cref="ModelStep.Throws{TException}"/>.
    /// </param>
    public Machine<TSystem, TState> Operation(string name, Func<TSystem, Task> run, Func<TState, ModelStep<TState>> model)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(model);
        return Operation(name, Gen.Constant(Command.NoArgument), (system, _) => run(system), (state, _) => model(state));
    }

    private static ModelStep<TState, object?> ToStep(in ModelStep<TState> step) =>
        step.Otherwise is { } otherwise ? otherwise : (step.State!, null);

    private static ModelStep<TState, object?> ToStep<TResult>(in ModelStep<TState, TResult> step) =>
        step.Otherwise is { } otherwise ? otherwise : (step.State!, step.Result);

    private Machine<TSystem, TState> Add<TArgument>(
        string name,
        Gen<TArgument> argument,
        Func<TSystem, TArgument, Task<object?>> run,
        Func<TState, TArgument, ModelStep<TState, object?>> model,
        Func<TArgument, object?>? key,
        Func<TArgument, IEnumerable<TArgument>>? shrink)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(argument);
        return this with
        {
            Operations = Operations.Add(new MachineOperation<TSystem, TState>(
                name,
                argument.Select(static value => (object?)value),
                value => shrink is null ? [] : shrink((TArgument)value!).Select(static smaller => (object?)smaller),
                (system, value) => run(system, (TArgument)value!),
                (state, value) => model(state, (TArgument)value!),
                value => key?.Invoke((TArgument)value!))),
        };
    }
}
