using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Timeouts, groups, gathers and streams where user code comes in between: from a token, an eager task, another thread.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class CombinatorEdgeTests(LoopKind kind) : LoopFixture(kind)
{
    [Test]
    public void ATokenRegistration_ThatReschedulesAnExpiredTimeout_IsRefused_AndNothingStrikesLater()
    {
        Run(async () =>
        {
            Exception? refused = null;
            await Assert.ThatAsync(
                () => Asyncio.TimeoutAsync(Soon, async scope =>
                {
                    Asyncio.CurrentTask()!.CancellationToken.Register(() => refused = Assert.Catch(() => scope.Reschedule(Loop.Time + Soon)));
                    await Asyncio.SleepAsync(TimeSpan.FromHours(1));
                }).AsTask(),
                Throws.TypeOf<TimeoutException>());
            Assert.That(refused, Is.TypeOf<LoopException>());
            await Asyncio.SleepAsync(Soon * 3);
        });
    }

    [Test]
    public void TheTokenOfATimeout_InterruptsACallOfDotNet() => Run(async () =>
    {
        var never = new TaskCompletionSource();
        await Assert.ThatAsync(
            () => Asyncio.TimeoutAsync(Soon, scope => never.Task.WaitAsync(scope.CancellationToken)).AsTask(), Throws.TypeOf<TimeoutException>());
        await Asyncio.TimeoutAsync(TimeSpan.FromHours(1), scope =>
        {
            Assert.That(scope.CancellationToken.IsCancellationRequested, Is.False, "each timeout has a token of its own");
            return Task.CompletedTask;
        });
    });

    [Test]
    public void TheTokenOfAGroup_IsCancelledWithIt() => Run(async () =>
    {
        var never = new TaskCompletionSource();
        await Assert.ThatAsync(
            () => TaskGroup.RunAsync(async group =>
            {
                _ = group.CreateTask(() => never.Task.WaitAsync(group.CancellationToken));
                _ = group.CreateTask(() => throw new FormatException());
                await Asyncio.SleepAsync(TimeSpan.FromHours(1));
            }).AsTask(),
            Throws.TypeOf<TaskGroupException>());
    });

    [Test]
    public void ARegistrationThatFails_KeepsNobodyInTheGroupFromBeingTold()
    {
        Run(() => TaskGroup.RunAsync(async group =>
        {
            group.CancellationToken.Register(() => throw new FormatException("registration"));
            _ = group.CreateTask(() => Asyncio.SleepAsync(TimeSpan.FromHours(1)));
            await Asyncio.YieldAsync();
            group.Cancel();
        }).AsTask());
        Assert.That(TakeError().Exception.Message, Is.EqualTo("registration"));
    }

    [Test]
    public void AnEagerChild_ThatCancelsItsOwnGroup_IsCancelledToo() => Run(() => TaskGroup.RunAsync(group =>
    {
        _ = group.CreateTask(
            async () =>
            {
                group.Cancel();
                await Asyncio.SleepAsync(TimeSpan.FromHours(1));
            },
            eager: true);
        return Task.CompletedTask;
    }).AsTask());

    [Test]
    public void CancellingAGroup_FromAnotherThread_IsRefused_AndChangesNothing()
    {
        Assert.That(
            () => Run(() => TaskGroup.RunAsync(async group =>
            {
                Assert.That(OnOtherThread(group.Cancel), Is.TypeOf<ForeignThreadException>());
                Asyncio.CurrentTask()!.Cancel();
                await Asyncio.SleepAsync(TimeSpan.FromHours(1));
            }).AsTask()),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void TheSecondFailureOfABody_IsToldToTheHandler()
    {
        Run(async () =>
        {
            await Assert.ThatAsync(
                () => Asyncio.TimeoutAsync(TimeSpan.FromHours(1), _ => Task.WhenAll(FailAsync("one"), FailAsync("two"))).AsTask(),
                Throws.TypeOf<FormatException>().With.Message.EqualTo("one"));

            static async Task FailAsync(string text)
            {
                await Asyncio.YieldAsync();
                throw new FormatException(text);
            }
        });
        Assert.That(TakeError().Exception.Message, Is.EqualTo("two"));
    }

    [Test]
    public void GathersOfGathers_AreCancelledWithoutRecursion()
    {
        var leaf = Loop.CreateFuture<int>();
        Future outer = leaf;
        for (var i = 0; i < 100_000; i++)
        {
            outer = Asyncio.GatherAsync([outer]);
        }

        var text = outer.ToString();
        Assert.That(text, Is.Not.Null);
        Assert.That(outer.Cancel(), Is.True);
        Assert.That(leaf.IsCancelled, Is.True);
        Iterate(100_001);
        Assert.That(outer.Exception, Is.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void ACancelledWaitForTheNext_LosesNoneOfACompletionStream() => Run(async () =>
    {
        Future<int>[] futures = [Loop.CreateFuture<int>(), Loop.CreateFuture<int>()];
        await using var stream = Asyncio.AsCompleted(futures).GetAsyncEnumerator();
        await Assert.ThatAsync(
            () => Asyncio.TimeoutAsync(Soon, async _ => await stream.MoveNextAsync()).AsTask(), Throws.TypeOf<TimeoutException>());
        futures[1].SetResult(1);
        futures[0].SetResult(0);
        Assert.That(await stream.MoveNextAsync() && await stream.Current == 1, Is.True);
        Assert.That(await stream.MoveNextAsync() && await stream.Current == 0, Is.True);
        Assert.That(await stream.MoveNextAsync(), Is.False);
    });
}
