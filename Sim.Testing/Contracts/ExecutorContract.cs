using Sim.Core;
using static Sim.Testing.ContractViolationException;

namespace Sim.Testing;

/// <summary>
/// What every <see cref="IExecutor"/> promises, as cases to run against an implementation: derive, say how to make one for
/// a loop, and run each of <see cref="Cases"/> as a test of your framework. Every case makes a loop and an executor of its
/// own, and fails instead of hanging.
/// </summary>
public abstract class ExecutorContract
{
    private const int Many = 200;

    /// <summary>Real time after which a case that has not come back has failed; 30 s unless overridden.</summary>
    public virtual TimeSpan TimeLimit => TimeSpan.FromSeconds(30);

    /// <summary>The cases, always in the same order.</summary>
    public IReadOnlyList<ContractCase> Cases =>
    [
        Case("Work does not run inside of Submit", NotInsideOfSubmit),
        Case("Work runs once, all of it", EachRunsOnce),
        Case("Work runs outside of any task", OutsideOfAnyTask),
        Case("Work does not see the context of who submits it", NotInTheSubmittersContext),
        Case("What work throws does not stop the work after it", AFailureStopsNothing),
        Case("Work is taken while the context does not flow", TakenWhileTheContextDoesNotFlow),
    ];

    /// <summary>Makes a loop, on which the work of <see cref="CreateExecutor"/> comes back.</summary>
    protected abstract EventLoop CreateLoop();

    /// <summary>Makes an executor for the loop. Called on the loop's thread, while it runs.</summary>
    protected abstract IExecutor CreateExecutor(EventLoop loop);

    private ContractCase Case(string name, Func<EventLoop, IExecutor, Task> body) => new(name, () => Watchdog.Run(name, TimeLimit, () =>
    {
        using var loop = CreateLoop();
        loop.RunUntilComplete(() => body(loop, CreateExecutor(loop)));
    }));

    private static async Task NotInsideOfSubmit(EventLoop loop, IExecutor executor)
    {
        var thread = Environment.CurrentManagedThreadId;
        var (submitting, inside) = (true, false);
        var ran = loop.CreateFuture<ValueTuple>();
        executor.Submit(() =>
        {
            inside = Environment.CurrentManagedThreadId == thread && submitting;
            loop.CallSoonThreadSafe(() => ran.TrySetResult(default));
        });
        submitting = false;
        await ran;
        Require(!inside, "the work ran before Submit returned.");
    }

    private static async Task EachRunsOnce(EventLoop loop, IExecutor executor)
    {
        var counts = new int[Many];
        await AllRun(loop, executor, i => Interlocked.Increment(ref counts[i]));
        // An echo round: what comes back a second time has had the time of as much work.
        await AllRun(loop, executor, static _ => { });
        Require(counts.All(static count => count == 1), $"of {Many} pieces of work {counts.Count(static count => count != 1)} ran more than once.");
    }

    private static async Task OutsideOfAnyTask(EventLoop loop, IExecutor executor)
    {
        var inTask = 0;
        await AllRun(loop, executor, _ =>
        {
            if (EventLoop.Running is not null && Asyncio.CurrentTask() is not null)
            {
                Interlocked.Increment(ref inTask);
            }
        });
        Require(inTask == 0, "the work ran as part of the task that submitted it: cancelling that would stop it.");
    }

    private static async Task NotInTheSubmittersContext(EventLoop loop, IExecutor executor)
    {
        var local = new AsyncLocal<string?> { Value = "submitter" };
        var seen = 0;
        await AllRun(loop, executor, _ =>
        {
            if (local.Value is not null)
            {
                Interlocked.Increment(ref seen);
            }
        });
        Require(seen == 0, "the work saw an AsyncLocal value of who submitted it.");
    }

    private static async Task AFailureStopsNothing(EventLoop loop, IExecutor executor)
    {
        // What the library submits throws nothing, so the executor sees no failure; the future does.
        var failing = loop.RunInExecutorAsync<int>(static () => throw new FormatException("expected"), executor);
        await AllRun(loop, executor, static _ => { });
        try
        {
            await failing;
        }
        catch (FormatException)
        {
            return;
        }

        throw new ContractViolationException("the failure of work did not reach who waits for it.");
    }

    private static async Task TakenWhileTheContextDoesNotFlow(EventLoop loop, IExecutor executor)
    {
        Future<ValueTuple> work;
        using (ExecutionContext.SuppressFlow())
        {
            work = loop.RunInExecutorAsync(static () => { }, executor);
            Require(ExecutionContext.IsFlowSuppressed(), "Submit gave the context back its flow.");
        }

        await work;
    }

    // Work of any thread ends with a call to the loop; the last one ends the wait. What runs twice comes back twice and counts
    // once.
    private static async Task AllRun(EventLoop loop, IExecutor executor, Action<int> work)
    {
        var left = Many;
        var returned = new bool[Many];
        var all = loop.CreateFuture<ValueTuple>();
        for (var i = 0; i < Many; i++)
        {
            var mine = i;
            executor.Submit(() =>
            {
                work(mine);
                loop.CallSoonThreadSafe(() =>
                {
                    left -= returned[mine] ? 0 : 1;
                    returned[mine] = true;
                    if (left == 0)
                    {
                        all.TrySetResult(default);
                    }
                });
            });
        }

        await all;
    }
}
