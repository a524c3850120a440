using Sim.Clock;

namespace Sim.World;

/// <summary>An exception of an async call that nobody awaited: .NET keeps it in a task that nobody has.</summary>
/// <param name="Exception">The exception.</param>
/// <param name="Run">The number of the run in which it was thrown, as told to the watch.</param>
/// <param name="Time">When, in virtual time.</param>
/// <param name="Task">In which task of the loop.</param>
public sealed record LostError(Exception Exception, int Run, Instant Time, string Task)
{
    /// <summary>The failure that reports it.</summary>
    public Failure ToFailure() => new(
        FailureKind.Unobserved,
        new LostErrorException(
            $"{Exception.GetType().Name}: {Exception.Message.Trim().TrimEnd('.')}. It was thrown in an async call that nobody "
            + "awaited: await it, or start it by Asyncio.CreateTask, so that its failure is seen where it happens.",
            Exception),
        Time,
        Task);
}
