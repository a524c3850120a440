using Sim.World;

namespace Sim.Testing.FsCheck;

/// <summary>The operations of a machine as a sequential model.</summary>
internal sealed class MachineModel<TSystem, TState>(Machine<TSystem, TState> machine) : ISequentialModel<TState, Command>
{
    public TState Initial => machine.Initial;

    public ModelStep<TState, object?> Apply(TState state, Command operation) =>
        machine.Operations[operation.Operation].Apply(state, operation.Argument);

    public object? PartOf(Command operation) => machine.Operations[operation.Operation].Key(operation.Argument);

    public bool MayHaveTakenEffect(Command operation, Exception error) => machine.MayHaveTakenEffect(error);
}
