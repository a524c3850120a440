namespace Sim.Core;

/// <summary>
/// What went wrong in a task group: the failures of its tasks in the order in which they ended, that of the body last. A
/// group even for one (rule 79).
/// </summary>
public sealed class TaskGroupException : AggregateException
{
    /// <summary>A group of failures.</summary>
    public TaskGroupException(string message, IEnumerable<Exception> failures)
        : base(message, failures)
    {
    }
}
