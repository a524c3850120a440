#region queue-test
using System.Collections.Immutable;
using FsCheck.Fluent;
using Samples;
using Sim.Testing.FsCheck;
using Sim.World;

namespace Sim.Tests;

public class JobQueueTests
{
    [SimProperty]
    public IMachine TheQueue_IsLinearizable() => Machine
        .Of(() => new MendedJobQueue(), initial: ImmutableQueue<int>.Empty)
        .Operation("put", Gen.Choose(1, 9), (queue, job) => queue.PutAsync(job), (jobs, job) => jobs.Enqueue(job))
        .Operation(
            "take",
            queue => queue.TakeAsync(),
            jobs => jobs.IsEmpty ? ModelStep.Waits : (jobs.Dequeue(), jobs.Peek()));
}
#endregion
