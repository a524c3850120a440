namespace Sim.Testing.FsCheck;

/// <summary>
/// Where a linearizability test begins: <c>Machine.Of(() => new Counter(), initial: 0).Operation(…)</c>, returned by a method that
/// is marked <c>[SimProperty]</c>.
/// </summary>
public static class Machine
{
    /// <summary>A machine without operations yet.</summary>
    /// <param name="create">Makes the object under test; called at the beginning of each run, inside the simulation.</param>
    /// <param name="initial">The state of the model at the beginning: a value, never changed.</param>
    public static Machine<TSystem, TState> Of<TSystem, TState>(Func<TSystem> create, TState initial)
    {
        ArgumentNullException.ThrowIfNull(create);
        return new Machine<TSystem, TState>(create, initial);
    }
}
