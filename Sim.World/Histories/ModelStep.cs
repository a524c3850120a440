namespace Sim.World;

/// <summary>What an operation does otherwise than to return: it waits, or it throws.</summary>
/// <param name="Error">The type of the exception; null for waiting.</param>
public readonly record struct ModelStep(Type? Error)
{
    /// <summary>It waits until the state is another: it cannot come next.</summary>
    public static ModelStep Waits => new(null);

    /// <summary>It throws an exception of this type or one derived from it, and the state stays.</summary>
    public static ModelStep Throws<TException>()
        where TException : Exception => new(typeof(TException));

    /// <summary>An operation without a result leads to a state. For states that do not convert by themselves.</summary>
    public static ModelStep<TState> To<TState>(TState state) => state;
}
