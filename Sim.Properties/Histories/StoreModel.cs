using System.Collections.Immutable;
using Sim.World;

namespace Sim.Properties;

/// <summary>The store as a whole: the state is the number of each key.</summary>
public sealed class StoreModel : ISequentialModel<ImmutableArray<int>, StoreOperation>
{
    public const int Keys = 2;

    public ImmutableArray<int> Initial { get; } = [0, 0];

    public ModelStep<ImmutableArray<int>, object?> Apply(ImmutableArray<int> state, StoreOperation operation)
    {
        var step = KeyModel.Apply(state[operation.Key], operation);
        return step.Otherwise is { } otherwise ? otherwise : (state.SetItem(operation.Key, step.State), step.Result);
    }

    public bool MayHaveTakenEffect(StoreOperation operation, Exception error) => error is TimeoutException;
}
