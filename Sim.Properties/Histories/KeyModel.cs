using Sim.World;

namespace Sim.Properties;

/// <summary>The store by its keys: the state is the number of one key.</summary>
public sealed class KeyModel : ISequentialModel<int, StoreOperation>
{
    public int Initial => 0;

    public static ModelStep<int, object?> Apply(int state, StoreOperation operation) => operation switch
    {
        StoreOperation.Put { Value: < 0 } => ModelStep.Throws<ArgumentException>(),
        StoreOperation.Put put => (put.Value, null),
        StoreOperation.Take => state == 0 ? ModelStep.Waits : (0, state),
        _ => (state, state),
    };

    ModelStep<int, object?> ISequentialModel<int, StoreOperation>.Apply(int state, StoreOperation operation) => Apply(state, operation);

    public object? PartOf(StoreOperation operation) => operation.Key;

    public bool MayHaveTakenEffect(StoreOperation operation, Exception error) => error is TimeoutException;
}
