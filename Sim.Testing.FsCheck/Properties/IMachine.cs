namespace Sim.Testing.FsCheck;

/// <summary>
/// An object together with its operations and their sequential model: what a <c>[SimProperty]</c> returns to have it checked.
/// Made by <see cref="Machine.Of"/>.
/// </summary>
public interface IMachine
{
    /// <summary>The property that the operations are linearizable.</summary>
    internal Subject ToSubject(string name);
}
