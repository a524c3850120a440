#region queue-test
using System.Collections.Immutable;
using FsCheck.Fluent;
using Sim.Core;
using Sim.Testing.FsCheck;
using Sim.World;

namespace Sim.Tests;

public class JobQueueTests
{
    [SimProperty]
    public IMachine TheQueue_IsLinearizable() => Machine
        .Of(() => new AsyncQueue<int>(), initial: ImmutableQueue<int>.Empty)
        .Operation("put", Gen.Choose(1, 9), (queue, job) => queue.PutAsync(job), (jobs, job) => jobs.Enqueue(job))
        .Operation(
            "take",
            queue => queue.GetAsync(),
            jobs => jobs.IsEmpty ? ModelStep.Waits : (jobs.Dequeue(), jobs.Peek()));
}
#endregion
