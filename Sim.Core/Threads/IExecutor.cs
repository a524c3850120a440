namespace Sim.Core;

/// <summary>
/// Runs work somewhere else than in the steps of a loop: what blocks or computes for long and must not hold the loop up.
/// </summary>
/// <remarks>
/// The contract, which <c>ExecutorContract</c> of <c>Sim.Testing</c> tries on an implementation:
/// <list type="bullet">
/// <item><description>What was submitted runs once, and never inside of <see cref="Submit"/>.</description></item>
/// <item><description>In which order, how many at a time and on which threads is the executor's affair.</description></item>
/// <item><description>It runs outside of any task, and in the executor's own execution context, not the submitter's.</description></item>
/// <item><description>Refusing is throwing from <see cref="Submit"/>; what was refused never runs.</description></item>
/// <item><description>Whoever made an executor disposes of it; a loop does not.</description></item>
/// </list>
/// </remarks>
public interface IExecutor
{
    /// <summary>Takes work, to run it soon. Called on the thread of the loop; does not block it.</summary>
    /// <param name="work">What to run. What the library submits throws nothing.</param>
    void Submit(Action work);
}
